"""Which Chromium is here: asked once, and again when its file is another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linter.browser.program import installed_version, is_too_old, version_of


def install(folder: Path, version: str) -> None:
    folder.mkdir(exist_ok=True)
    path = folder / "chromium"
    path.unlink(missing_ok=True)
    path.write_text(f'#!/bin/sh\necho x >> "{folder}/asked"\necho "Chromium {version} built"\n')
    path.chmod(0o755)
    version_of.cache_clear()  # as in another process


def test_chromium_is_asked_again_only_when_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, kept = tmp_path / "programs", tmp_path / "browser.json"
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    install(programs, "150.0.1.1")
    for _ in range(2):
        version_of.cache_clear()
        assert installed_version(kept) == "Chromium 150.0.1.1"
    assert (programs / "asked").read_text().count("x") == 1
    install(programs, "151.0.1.1")
    assert installed_version(kept) == "Chromium 151.0.1.1"
    kept.write_text("{")
    assert installed_version(kept) == "Chromium 151.0.1.1"


def test_no_chromium_has_no_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert installed_version(tmp_path / "browser.json") == ""


@pytest.mark.parametrize(
    ("version", "old"), [("Chromium 90.0.1", True), ("Chromium 121.0", False), ("Chromium", False)]
)
def test_versions_are_compared_by_their_first_number(version: str, old: bool) -> None:
    assert is_too_old(version) is old
