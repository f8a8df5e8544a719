"""Which Chromium is here: asked once, and again when its file is another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linter.browser.chromium import find_programs
from linter.browser.program import installed_version, is_too_old, version_of


def install(folder: Path, says: str, name: str = "chromium-headless-shell") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.unlink(missing_ok=True)
    path.write_text(f'#!/bin/sh\necho x >> "{folder}/asked"\necho "{says}"\n')
    path.chmod(0o755)
    version_of.cache_clear()  # as in another process
    return path


def test_chromium_is_asked_again_only_when_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, kept = tmp_path / "programs", tmp_path / "browser.json"
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    install(programs, "Chromium 150.0.1.1 built on Debian")
    for _ in range(2):
        version_of.cache_clear()
        assert installed_version(kept) == "Chromium 150.0.1.1 (headless shell)"
    assert (programs / "asked").read_text().count("x") == 1
    install(programs, "Chromium 151.0.1.1")
    assert installed_version(kept) == "Chromium 151.0.1.1 (headless shell)"
    kept.write_text("{")
    assert installed_version(kept) == "Chromium 151.0.1.1 (headless shell)"


@pytest.mark.parametrize(
    ("name", "says", "version"),
    [
        ("chromium", "Chromium 151.0.1.1 built on Debian", "Chromium 151.0.1.1"),
        ("google-chrome", "Google Chrome 151.0.7.2 ", "Google Chrome 151.0.7.2"),
        (
            "chrome-headless-shell",
            "Google Chrome for Testing 151.0.7.2",
            "Google Chrome for Testing 151.0.7.2 (headless shell)",
        ),
    ],
)
def test_a_version_says_which_browser_and_its_number(
    tmp_path: Path, name: str, says: str, version: str
) -> None:
    assert version_of(install(tmp_path, says, name)) == version


def test_the_shell_is_taken_before_a_browser_with_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "Chromium 151.0.1.1", "chromium")
    install(tmp_path, "Chromium 151.0.1.1", "chromium-headless-shell")
    install(tmp_path, "ChromeDriver 151.0.1.1", "chromedriver")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_programs().chromium == tmp_path / "chromium-headless-shell"


def test_no_chromium_has_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_version(tmp_path / "browser.json") == ""


@pytest.mark.parametrize(
    ("version", "old"), [("Chromium 90.0.1", True), ("Chromium 121.0", False), ("Chromium", False)]
)
def test_versions_are_compared_by_their_first_number(version: str, old: bool) -> None:
    assert is_too_old(version) is old
