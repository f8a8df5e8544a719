"""Every browser rule of ours against its folder of examples, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linter.judge import Bench, judge
from linter.model import Canary, Snapshot
from linter.page import Observation, Page
from linter.rules.catalogue import all_rules
from linter.terms import Outcome, Site

ADDRESS = "https://vi-du.tiengiang.gov.vn/"
FOLDER = Path(__file__).parents[2] / "rules"
RULES = {
    rule.id: rule
    for rule in all_rules().values()
    if rule.engine == "browser" and rule.family != "axe"
}


@pytest.mark.parametrize("rule_id", RULES)
def test_browser_rule(rule_id: str, show_folder: Callable[..., Snapshot]) -> None:
    check = RULES[rule_id].page_check
    assert check is not None
    snapshot = show_folder(FOLDER / rule_id)
    assert snapshot.canary is Canary.SEEN
    names = [page.url.rsplit("/", 1)[1] for page in snapshot.pages]
    for kind in ("fail-", "pass-", "inapplicable-"):
        assert any(name.startswith(kind) for name in names), f"{rule_id} lacks {kind}*"
    for name, page in zip(names, snapshot.pages, strict=True):
        assert page.rendered is not None
        assert not page.rendered.failed, (name, page.rendered)
        if name.startswith("clean-"):
            assert _alarms(page) == [], name
        else:
            _judge(name, page, list(check(page)), RULES[rule_id].messages)


def test_each_fail_page_has_its_clean_twin() -> None:
    for rule_id in RULES:
        names = {path.name for path in (FOLDER / rule_id).glob("*.html")}
        twins = {name.replace("fail-", "clean-", 1) for name in names if name.startswith("fail-")}
        assert twins == {name for name in names if name.startswith("clean-")}, rule_id


def _alarms(page: Page) -> list[tuple[str, str, str]]:
    """What any rule, axe-core's too, says of a page that is mended."""
    rules = {rule.id: rule for rule in all_rules().values() if rule.engine != "law"}
    alone = Snapshot(Site("vi-du", ADDRESS), (page,), canary=Canary.SEEN)
    report = judge(alone, Bench(rules, (), date(2015, 12, 18)))
    return [(finding.rule, finding.message, finding.snippet) for finding in report.findings]


def _judge(name: str, page: Page, seen: list[Observation], messages: Any) -> None:
    for outcome in (Outcome.FAIL, Outcome.REVIEW):
        guilty = [o.target for o in seen if o.outcome is outcome]
        expected = page.tree.xpath(f"//*[@data-expect='{outcome}']")
        assert len(guilty) == len(expected), (name, [(o.target, o.message) for o in seen])
        assert set(guilty) == set(expected), name
    outcomes = {o.outcome for o in seen}
    if name.startswith("pass-"):
        assert outcomes == {Outcome.PASS}, name
    if name.startswith("inapplicable-"):
        assert not seen, name
    for observation in seen:
        if observation.outcome in (Outcome.FAIL, Outcome.REVIEW):
            assert "{" not in messages[observation.message].format(**observation.params)


def test_two_traps_that_hand_the_focus_to_and_fro_are_no_way_out(show: Callable[..., Page]) -> None:
    """Which of the two holds it when the walk ends is chance; that one does is none."""
    back = 'onblur="setTimeout(() => this.focus(), 10)"'
    buttons = f"<button {back}>Mở</button><button>Giữa</button><button {back}>Đóng</button>"
    for _ in range(3):
        page = show(f'<!DOCTYPE html><html lang="vi"><title>Mẫu</title>{buttons}</html>')
        assert page.rendered is not None
        assert page.rendered.probes["keyboard"]["held"] is not None


FRAMED = (
    "<!DOCTYPE html><html lang='vi'><title>Trong</title><header>Đầu</header><main><h1>Trong</h1>"
    "{more}</main></html>"
)


@pytest.mark.parametrize(("more", "expected"), [("", []), ("<main>x</main>", ["axe/landmark-"])])
def test_landmarks_of_a_frame_are_not_the_pages_own(
    show: Callable[..., Page], more: str, expected: list[str]
) -> None:
    """Two on the page itself are too many all the same."""
    frame = f'<iframe title="Bản đồ" width="400" height="300" srcdoc="{FRAMED}"></iframe>'
    page = show(
        '<!DOCTYPE html><html lang="vi"><title>Ngoài</title><header>Đầu</header>'
        f"<main><h1>Ngoài</h1>{frame}</main>{more}</html>"
    )
    said = {rule[:13] for rule, _, _ in _alarms(page) if "landmark" in rule}
    assert sorted(said) == expected
