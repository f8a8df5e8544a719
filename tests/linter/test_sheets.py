"""What style sheets hide is no fault, and what they write is a name: with and without a browser."""

from __future__ import annotations

from datetime import date

import pytest

from linter.judge import Bench, judge
from linter.model import Snapshot
from linter.page import Page, Rendered
from linter.rules.catalogue import all_rules
from linter.semantics import is_exposed, name_of
from linter.terms import Outcome, Site

URL = "https://vi-du.mau.gov.vn/"
SHEET = "<style>.h{display:none}.v{visibility:hidden}.w::before{content:'\\1F4BE Lưu'}</style>"


def page_of(body: str, **rendered: object) -> Page:
    seen = Rendered(probes=rendered) if rendered else None
    html = f'<html lang="vi"><head><title>Mẫu</title>{SHEET}</head><body>{body}</body></html>'
    return Page(URL, html.encode(), rendered=seen)


def fails(page: Page, rule: str) -> int:
    check = all_rules()[rule].page_check
    assert check
    return sum(one.outcome is Outcome.FAIL for one in check(page))


@pytest.mark.parametrize(
    ("rule", "body", "expected"),
    [
        ("button-name", "<button></button>", 1),
        ("button-name", '<button class="h"></button>', 0),
        ("button-name", '<div class="v"><button></button></div>', 0),
        ("button-name", '<button class="h" style="display: block"></button>', 1),
        ("button-name", '<button><b class="h">Lưu</b></button>', 1),
        ("button-name", '<button class="w"></button>', 0),
        ("button-name", "<dialog><button></button></dialog><div inert><button></button></div>", 0),
        ("image-alt", '<img class="h" src="a.png">', 0),
        ("empty-heading", '<h2 class="h"></h2>', 0),
        ("field-label", '<input class="h"><span id="a" class="h">Tên</span>', 0),
        ("field-label", '<input aria-labelledby="a"><span id="a" class="h">Tên</span>', 0),
    ],
)
def test_the_pages_own_sheets_are_read_without_a_browser(
    rule: str, body: str, expected: int
) -> None:
    assert fails(page_of(body), rule) == expected


def test_what_a_page_is_read_for_is_not_hidden_for_good() -> None:
    page = page_of('<div class="h"><main class="v"><h1>Tin</h1><p class="h">x</p></main></div>')
    shown = [is_exposed(one) for one in page.outline.pick("main", "h1", "p")]
    assert shown == [True, True, False]


def test_a_browser_knows_better_than_the_pages_own_sheets() -> None:
    """A script has opened the first button; a sheet of another file hides the second."""
    body = '<button class="h"></button><button class="x"></button>'
    place = {"path": "/html[1]/body[1]/button[2]", "id": "", "class": "x", "text": ""}
    page = page_of(body, shown={"unseen": [place], "written": []})
    assert [is_exposed(button) for button in page.outline.pick("button")] == [True, False]


def test_an_element_that_scripts_have_moved_is_not_taken_for_another() -> None:
    place = {"path": "/html[1]/body[1]/button[1]", "id": "other", "class": "", "text": ""}
    page = page_of("<button></button>", shown={"unseen": [place], "written": []})
    assert is_exposed(page.outline.pick("button")[0])


def test_letters_of_icon_fonts_are_no_name() -> None:
    place = {"path": "/html[1]/body[1]/button[1]", "id": "", "class": "", "text": "\uf0c7"}
    page = page_of("<button></button>", shown={"unseen": [], "written": [place]})
    assert name_of(page.outline.pick("button")[0]) == ""


def test_a_probe_that_failed_leaves_the_pages_own_sheets() -> None:
    page = page_of('<button class="h"></button>', shown={"failed": "browser-error"})
    assert fails(page, "button-name") == 0


def test_rules_that_do_not_ask_say_nothing_of_hidden_parts_either() -> None:
    """Planted links are told all the same: who hides them does so on purpose."""
    link = '<a href="https://casino.example/" style="display: none">casino</a>'
    body = (
        f'<p id="a">x</p><div class="h"><p id="a">y</p></div><p id="b">x</p><p id="b">y</p>{link}'
    )
    site = Snapshot(Site("vi-du", URL), (page_of(body),))
    static = {rule.id: rule for rule in all_rules().values() if rule.engine == "static"}
    report = judge(site, Bench(static, (), date(2015, 12, 18)))
    said = [(one.rule, one.snippet) for one in report.findings]
    assert [shown for rule, shown in said if rule == "duplicate-id"] == ['<p id="b">']
    assert "planted-link" in [rule for rule, _ in said]


def test_sound_from_a_hidden_player_is_heard() -> None:
    page = page_of('<div class="h"><audio src="a.mp3" autoplay></audio></div>')
    site = Snapshot(Site("vi-du", URL), (page,))
    report = judge(site, Bench({"autoplay": all_rules()["autoplay"]}, (), date(2015, 12, 18)))
    assert [one.rule for one in report.findings] == ["autoplay"]


def test_a_title_that_a_script_writes_is_one() -> None:
    check = all_rules()["page-title"].page_check
    assert check
    source = b"<html lang='vi'><head></head><body><p>x</p></body></html>"
    shown = Rendered(html="<html><head><title>Tin</title></head><body><p>x</p></body></html>")
    assert [one.outcome for one in check(Page(URL, source))] == [Outcome.FAIL]
    assert [one.outcome for one in check(Page(URL, source, rendered=shown))] == [Outcome.PASS]
