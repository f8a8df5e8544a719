"""The page with known faults: every probe and axe-core are proven alive, or the run is void."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from linter.browser import known_faults
from linter.browser import render as rendering
from linter.browser.axe import PreloadedAxe
from linter.browser.axe_script import find_axe
from linter.browser.chromium import View, close_browsers, find_programs, take_browser
from linter.browser.known_faults import FAULTS, ORIGIN, canary_answers, missed_faults
from linter.browser.render import Order, gather
from linter.browser.serve import Loopback
from linter.judge import Bench, judge
from linter.model import Canary, Snapshot
from linter.page import Rendered
from linter.rules.catalogue import all_rules
from linter.terms import Verdict

PAGE = '<!DOCTYPE html><html lang="vi"><title>Mẫu</title><h1>Mẫu</h1><p>Nội dung.</p></html>'


@pytest.fixture(scope="module")
def seen() -> Iterator[Rendered]:
    """What a browser that works finds on the canary."""
    close_browsers()
    browser = take_browser(find_programs(), offline=True)
    browser.show(View())
    page = PreloadedAxe(browser, find_axe())
    page.inject()
    with Loopback(ORIGIN, canary_answers, many=False) as site:
        yield gather(page, site.look_at(f"{ORIGIN}/index.html"), Order())
    browser.close()


def test_every_fault_is_found_by_a_browser_that_works(seen: Rendered) -> None:
    assert missed_faults(seen) == []


def test_every_probe_has_its_fault(seen: Rendered) -> None:
    assert set(FAULTS) == set(seen.probes)


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("broken", ["silent", "failed", "gone"])
def test_a_probe_that_breaks_is_missed(seen: Rendered, name: str, broken: str) -> None:
    """It finds nothing, says that it failed, or is not there."""
    probes = dict(seen.probes)
    if broken == "gone":
        del probes[name]
    elif broken == "failed":
        probes[name] = {"failed": "browser-error"}
    else:
        probes[name] = {key: type(value)() for key, value in probes[name].items()}
    assert missed_faults(replace(seen, probes=probes)) == [name]


def test_an_axe_that_finds_nothing_is_missed(seen: Rendered) -> None:
    silent = {**seen.axe, "violations": []}
    assert "color-contrast" in missed_faults(replace(seen, axe=silent))


def test_an_axe_that_looks_into_no_frame_is_missed(seen: Rendered) -> None:
    results = [
        {**result, "nodes": [node for node in result["nodes"] if ">>>" not in node["css"]]}
        for result in seen.axe["violations"]
    ]
    found = replace(seen, axe={**seen.axe, "violations": results})
    assert missed_faults(found) == ["image-alt in a frame"]


def browser_rules_judge(snapshot: Snapshot) -> Verdict:
    rules = {rule.id: rule for rule in all_rules().values() if rule.engine == "browser"}
    return judge(snapshot, Bench(rules, (), date(2026, 1, 1))).verdict


@pytest.mark.parametrize("broken", ["no style sheet", "a silent probe"])
def test_a_missed_canary_voids_the_run(
    tmp_path: Path,
    show_folder: Callable[..., Snapshot],
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
) -> None:
    """Such as with a browser that loads no style sheet and so finds no faint text."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(PAGE, "utf-8")
    close_browsers()
    if broken == "no style sheet":
        monkeypatch.setattr(
            rendering,
            "canary_answers",
            lambda url: None if url.endswith(".css") else canary_answers(url),
        )
    else:
        usual = rendering.run_probes
        monkeypatch.setattr(
            rendering, "run_probes", lambda *given: {**usual(*given), "labels": {"nodes": []}}
        )
    seen = show_folder(tmp_path, cache=tmp_path / "cache")
    assert seen.canary is Canary.MISSED
    assert {page.rendered.failed for page in seen.pages if page.rendered} == {"canary-missed"}
    assert browser_rules_judge(seen) is Verdict.COULD_NOT_TELL
    assert not (tmp_path / "cache").exists()
    close_browsers()


def test_a_browser_shows_the_canary_once(
    tmp_path: Path, show_folder: Callable[..., Snapshot], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later sites of the run find the browser proven, in another view it is proven anew."""
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    close_browsers()
    shown: list[Rendered] = []

    def count(found: Rendered) -> list[str]:
        shown.append(found)
        return known_faults.missed_faults(found)

    monkeypatch.setattr(rendering, "missed_faults", count)
    for view, expected in ((View(), 1), (View(), 1), (View(width=400), 2)):
        assert show_folder(tmp_path, view=view).canary is Canary.SEEN
        assert len(shown) == expected
