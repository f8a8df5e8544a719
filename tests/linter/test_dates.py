"""Dates as pages write them, and what evidence of all kinds comes to together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.facts.days import read_day, read_http_day
from linter.model import Appearance, Snapshot
from linter.page import Observation, Page
from linter.rules.law.late_item import Params as LateParams
from linter.rules.law.late_item import rule as late_item
from linter.rules.law.stale_section import Params as StaleParams
from linter.rules.law.stale_section import rule as stale_section
from linter.terms import Outcome, Site

DAY = date(2015, 12, 18)
SITE = Site("vi-du", "https://vi-du.tiengiang.gov.vn/", "component", "department")
HOME = Page(
    SITE.url,
    "<html><nav><a href=/tin-tuc/>Tin tức</a><a href=/van-ban/>Văn bản</a></nav>".encode(),
)
DAYS = st.dates(date(2015, 10, 1), DAY)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "fault"),
    [
        ("17/12/2015", "2015-12-17", "2015-12-17", ""),
        ("Thứ Năm, 17.12.2015 08:30", "2015-12-17", "2015-12-17", ""),
        ("Mỹ Tho, ngày 7 tháng 2 năm 2015", "2015-02-07", "2015-02-07", ""),
        ("2015-12-16T23:30:00+07:00", "2015-12-16", "2015-12-16", ""),
        ("2015-12-16T17:00:00Z", "2015-12-17", "2015-12-17", ""),
        ("2015-12-17T01:00:00+0900", "2015-12-16", "2015-12-16", ""),
        ("2015-12-16T16:59", "2015-12-16", "2015-12-16", ""),
        ("2015-12-16 17:00:00", "2015-12-16", "2015-12-17", ""),
        ("2015-12-16T99:00:00Z", "2015-12-16", "2015-12-16", ""),
        ("29/02/2012", "2012-02-29", "2012-02-29", ""),
        ("29/02/2015", "", "", "no-such-day"),
        ("2015-13-01", "", "", "no-such-day"),
        ("0000-00-00", "", "", "no-such-day"),
        ("01/01/1900", "", "", "too-old"),
        ("31/12/1944", "", "", "too-old"),
        ("01/01/1945", "1945-01-01", "1945-01-01", ""),
        ("0001-01-01T00:00:00", "", "", "too-old"),
        ("1970-01-01T00:00:00Z", "", "", "unset"),
        ("1969-12-31T16:00:00-08:00", "", "", "unset"),
        ("1970-01-02", "1970-01-02", "1970-01-02", ""),
        ("9999-12-31T23:59:59Z", "9999-12-31", "9999-12-31", ""),
        ("9999-12-31T23:59:59-11:00", "9999-12-31", "9999-12-31", ""),
        ("9999-12-31 23:59:59", "9999-12-31", "9999-12-31", ""),
        ("2015-02-29T08:00:00+07:00", "", "", "no-such-day"),
        ("2015-12-16T10:00:00+99:99", "2015-12-16", "2015-12-16", ""),
    ],
)
def test_dates_are_read_in_vietnamese_time(
    text: str, earliest: str, latest: str, fault: str
) -> None:
    written = read_day(text)
    assert written is not None
    assert written.fault == fault
    if not fault:
        assert (written.earliest.isoformat(), written.latest.isoformat()) == (earliest, latest)


@pytest.mark.parametrize("text", ["", "Tin mới", "073 3990 020", "1/2", "192.168.1.1"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_day(text) is None


def test_dates_of_feeds_have_a_zone() -> None:
    written = read_http_day("Wed, 16 Dec 2015 18:00:00 GMT")
    assert written is not None
    assert written.earliest == date(2015, 12, 17)
    assert read_http_day("hôm qua") is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Sun, 29 Feb 2015 08:00:00 +0700", "no-such-day"),
        ("Wed, 29 Feb 2012 08:00:00 +0700", ""),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "unset"),
        ("Mon, 01 Jan 1900 00:00:00 GMT", "too-old"),
        ("Fri, 31 Dec 9999 23:59:59 -1100", ""),
    ],
)
def test_dates_of_feeds_that_cannot_be_are_told(text: str, fault: str) -> None:
    written = read_http_day(text)
    assert written is not None
    assert written.fault == fault


@given(st.text(max_size=60))
def test_reading_never_crashes(text: str) -> None:
    for written in (read_day(text), read_http_day(text)):
        assert written is None or written.fault or written.earliest <= written.latest


@given(st.from_regex(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?"))
def test_reading_what_looks_like_a_date_never_crashes(text: str) -> None:
    read_day(text)


def news(evidence: Iterable[Appearance]) -> Snapshot:
    """A news section with one item, and what others know of when that came to be."""
    body = "<article><h1>Xã tổ chức tiếp công dân</h1></article>"
    pages = (
        HOME,
        Page(SITE.url + "tin-tuc/", b"<main>"),
        Page(SITE.url + "tin-tuc/a/", body.encode()),
    )
    return Snapshot(SITE, pages, appeared={SITE.url + "tin-tuc/a/": tuple(evidence)})


@st.composite
def appearances(draw: st.DrawFn) -> Appearance:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    shape = draw(st.sampled_from(["exact", "span", "until", "since"]))
    if shape == "exact":
        end = start
    if shape == "until":
        start = date.min
    if shape == "since":
        end = date.max
    return Appearance(draw(st.sampled_from(["manifest", "git", "seen"])), start, end)


def outcome(observations: Iterable[Observation]) -> Outcome:
    (only,) = observations
    return only.outcome


FRESHNESS = [Outcome.FAIL, Outcome.REVIEW, Outcome.PASS]


@settings(max_examples=300, deadline=None)
@given(st.lists(appearances(), min_size=1, max_size=4), appearances(), st.integers(0, 10))
def test_more_evidence_never_makes_a_site_staler(
    known: list[Appearance], more: Appearance, most: int
) -> None:
    if all(one.latest == date.max for one in known):
        return  # nothing bounds the day: that is no date yet, and a person looks
    params = StaleParams("news", most)
    before = outcome(stale_section.site_check(news(known), params, DAY))
    after = outcome(stale_section.site_check(news([*known, more]), params, DAY))
    assert FRESHNESS.index(after) >= FRESHNESS.index(before)


@settings(deadline=None)
@given(st.lists(appearances(), min_size=1, max_size=4), st.integers(0, 10))
def test_a_stale_section_is_not_fresh_again_later(known: list[Appearance], most: int) -> None:
    params = StaleParams("news", most)
    now = outcome(stale_section.site_check(news(known), params, DAY))
    later = outcome(stale_section.site_check(news(known), params, DAY + timedelta(days=9)))
    if now is Outcome.FAIL:
        assert later is Outcome.FAIL


def document(signed: date, evidence: Iterable[Appearance]) -> Snapshot:
    body = f"<h1>12/QĐ-UBND: Quyết định</h1><p>Ngày ký: {signed:%d/%m/%Y}</p>"
    pages = (HOME, Page(SITE.url + "van-ban/qd/", body.encode()))
    return Snapshot(SITE, pages, appeared={SITE.url + "van-ban/qd/": tuple(evidence)})


@settings(max_examples=300, deadline=None)
@given(DAYS, st.lists(appearances(), min_size=1, max_size=4))
def test_late_is_said_only_where_every_exact_witness_says_so(
    signed: date, known: list[Appearance]
) -> None:
    params = LateParams("documents", "signed", 2, working=True)
    (said,) = late_item.site_check(document(signed, known), params, DAY)
    if said.outcome is Outcome.FAIL and said.message == "late":
        due = date.fromisoformat(str(said.params["due"]))
        assert any(one.earliest > due for one in known)
        assert not any(one.latest <= due for one in known)
        assert int(said.params["late"]) >= 0
