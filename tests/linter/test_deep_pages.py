"""Pages whose elements stand deep within one another: judged in time, or said to be too deep."""

from __future__ import annotations

import time
from datetime import date

import pytest

from linter.facts.all import READERS
from linter.findings import Report
from linter.judge import Bench, judge
from linter.model import Snapshot
from linter.page import DEEPEST, Page
from linter.rules.catalogue import all_rules
from linter.terms import Severity, Site, Verdict

SITE = Site("vi-du", "https://vi-du.mau.gov.vn/")
RULES = {rule.id: rule for rule in all_rules().values() if rule.engine == "static"}
HEAD = "<!DOCTYPE html><html lang=vi><title>Mẫu</title><body><nav><a href=/a>Tin</a></nav>"
# What is opened, what is closed, and what stands in the middle.
NESTS = {
    "div": ("<div>", "</div>", "chữ"),
    "unclosed font": ("<p><font>", "", "chữ"),
    "table": ("<table><tr><td>", "</td></tr></table>", "chữ"),
    "list": ("<ul><li>- một<br>- hai", "</li></ul>", ""),
    "link": ("<span>", "</span>", "<a href=x>tại đây</a>"),
    "link around": ("<a href=x><span>", "</span></a>", "tại đây"),
    "quote": ("<blockquote>", "</blockquote>", "<p>PDF <a href=x>PDF</a></p>"),
    "label": ("<label>", "</label>", "<input>"),
    "fieldset": ("<fieldset><legend>Mẫu</legend>", "</fieldset>", "<input>"),
    "drawing": ("<svg><g>", "</g></svg>", "<title>Mẫu</title>"),
    "microdata": ("<div itemscope itemtype=x itemprop=y>", "</div>", "chữ"),
    "error": ("<div class=error>", "</div>", "<input>lỗi"),
    "rows": ("<div role=table><div>", "</div></div>", "<div role=row><div role=cell>a"),
}
# Of the process's time; each took tens of seconds, or for ever, before it was mended.
SECONDS = 5


def report_on(nest: tuple[str, str, str], depth: int) -> Report:
    opened, closed, inner = nest
    times = 1 + depth // (closed.count("</") or opened.count("<"))
    html = HEAD + opened * times + inner + closed * times + "<p>Cuối trang"
    page = Page(SITE.url, html.encode())
    start = time.process_time()
    report = judge(Snapshot(SITE, (page,)), Bench(RULES, (), date(2015, 12, 18), Severity.ERROR))
    for read in READERS.values():
        read(Snapshot(SITE, (Page(SITE.url, html.encode()),)))
    assert time.process_time() - start < SECONDS
    return report


@pytest.mark.parametrize("nest", NESTS.values(), ids=list(NESTS))
def test_a_page_as_deep_as_browsers_nest_is_judged(nest: tuple[str, str, str]) -> None:
    report = report_on(nest, DEEPEST - 20)
    assert [f.params for f in report.findings if f.message == "rule-broke"] == []
    assert report.judged == 1


@pytest.mark.parametrize("depth", [DEEPEST + 1, 3_000, 100_000])
@pytest.mark.parametrize("name", ["div", "table", "list", "quote"])
def test_a_deeper_page_could_not_be_told(name: str, depth: int) -> None:
    report = report_on(NESTS[name], depth)
    assert report.verdict is Verdict.COULD_NOT_TELL
    assert report.findings == ()
    [page] = report.pages
    assert (page.verdict, page.why) == (Verdict.COULD_NOT_TELL, "too-deep")


def test_what_is_too_deep_is_still_there_to_be_linked_to() -> None:
    deep = Page(SITE.url + "sau/", ("<div>" * 600).encode())
    home = Page(SITE.url, f"{HEAD}<p>Xem <a href=/sau/>trang sâu</a>.".encode())
    snapshot = Snapshot(SITE, (home, deep), complete=True)
    report = judge(snapshot, Bench(RULES, (), date(2015, 12, 18), Severity.ERROR))
    assert not [f for f in report.findings if f.rule == "broken-link" and "sau" in f.snippet]
    assert (report.planned, report.judged) == (2, 1)
