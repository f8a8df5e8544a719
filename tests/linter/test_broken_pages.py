"""Random and broken HTML through every static rule and every reader of facts: no crash, no hang."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.facts.all import READERS
from linter.judge import Bench, judge
from linter.model import Snapshot
from linter.page import Page
from linter.rules.catalogue import all_rules
from linter.terms import Severity, Site

URL = "https://vi-du.mau.gov.vn/"
RULES = {rule.id: rule for rule in all_rules().values() if rule.engine == "static"}
TAGS = """a img p div span h1 h2 h6 table tr td th caption ul ol li dl dt form input select option
label button textarea iframe frame frameset svg math title base meta link script style template
noscript video audio track source object details summary html head body main nav header footer
marquee blink br time area map center font plaintext""".split()
NAMES = """id class style href src alt title lang dir role tabindex type name value for content
http-equiv charset target rel media datetime colspan rowspan headers scope action aria-label
aria-labelledby aria-hidden aria-describedby onclick hidden autoplay srcdoc usemap""".split()
VALUES = [
    *("", " ", "#", "#x", "x", "x y x", "javascript:", "http://[", "//", "//[::1", "mailto:", "?"),
    *("data:,", "vi", "en-", "-", "\u0000", "\ufffe", "%", "%zz", "http://a:b:c/", "0;url=", "-1"),
    *("2015-13-45", "9" * 400, "display:none;", ":;:", "{", "url(", "text/html; charset=", "utf-7"),
    *("width=device-width,", "tại đây", "ảnh.jpg", "٣", "１", "²", "a" * 20_000),
]
TEXTS = st.one_of(
    st.sampled_from([*VALUES, "Số 1/QĐ-UBND ngày 30/02/2015", "- một", "29/2", "ABC XYZ " * 50]),
    st.text(max_size=30),
)
ATTRIBUTES = st.lists(st.tuples(st.sampled_from(NAMES), TEXTS), max_size=4)


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A start tag, an end tag that may belong to none, text, or what is none of these."""
    kind = draw(st.integers(0, 5))
    tag = draw(st.sampled_from(TAGS))
    if kind <= 2:
        quote = draw(st.sampled_from(['"', "'", "", '"']))
        attributes = "".join(f" {n}={quote}{v}{quote}" for n, v in draw(ATTRIBUTES))
        return f"<{tag}{attributes}{draw(st.sampled_from(['>', '/>', '>', '']))}"
    if kind == 3:
        return f"</{tag}>"
    if kind == 4:
        return draw(TEXTS)
    odd = [
        "<!--",
        "-->",
        "<![CDATA[",
        "<?php",
        "&#0;",
        "&#x110000;",
        "<!DOCTYPE",
        "<",
        "\x08",
        "\0",
    ]
    return draw(st.sampled_from(odd))


def report_on(body: bytes, content_type: str = "text/html") -> list[str]:
    """What broke: the judge catches and tells it, the readers' errors are raised here."""
    page = Page(URL, body, headers={"content-type": content_type})
    snapshot = Snapshot(Site("vi-du", URL), (page,))
    report = judge(snapshot, Bench(RULES, (), date(2015, 12, 18), Severity.ERROR))
    for read in READERS.values():
        read(Snapshot(Site("vi-du", URL), (Page(URL, body),)))
    return [str(dict(f.params)) for f in report.findings if f.message == "rule-broke"]


@settings(
    max_examples=150,
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(st.lists(pieces(), max_size=30).map("".join))
def test_no_page_breaks_a_rule(html: str) -> None:
    assert report_on(html.encode("utf-8", "surrogatepass")) == []


@settings(
    max_examples=60,
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
@given(
    st.lists(
        st.tuples(st.lists(pieces(), min_size=1, max_size=3).map("".join), st.integers(1, 700)),
        min_size=1,
        max_size=3,
    )
)
def test_no_repetition_of_pieces_breaks_a_rule(pairs: list[tuple[str, int]]) -> None:
    html = "".join(piece[:200] * times for piece, times in pairs)
    assert report_on(html.encode("utf-8", "surrogatepass")) == []


@settings(max_examples=60, deadline=timedelta(seconds=10), derandomize=True)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda t: t.encode("utf-16"))),
    st.sampled_from(["text/html", "text/html; charset=utf-16", "text/html; charset=x-khong-co"]),
)
def test_no_bytes_break_a_rule(body: bytes, content_type: str) -> None:
    assert report_on(b"<html><body><p>" + body + b"<a href='" + body, content_type) == []
