"""What an earlier visit proves of the pages of a later one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from linter.model import Appearance, Snapshot, Unreached
from linter.page import Page
from linter.sites.appeared import seen_since
from linter.terms import Site

SITE = Site("vi-du", "https://vi-du.tiengiang.gov.vn/")
OLD, NEW = Page(SITE.url, b"<p>"), Page(SITE.url + "moi/", b"<p>")
THEN = Snapshot(SITE, (OLD,), taken_at=datetime(2015, 5, 19, 18, 0, tzinfo=UTC))
NOW = Snapshot(SITE, (OLD, NEW), taken_at=datetime(2015, 5, 21, 1, 0, tzinfo=UTC))


def test_a_page_that_an_earlier_visit_had_not_came_between_the_two() -> None:
    known = seen_since(THEN, NOW).appeared
    assert known == {
        OLD.url: (Appearance("seen", date.min, date(2015, 5, 20)),),  # past midnight in Vietnam
        NEW.url: (Appearance("seen", date(2015, 5, 20), date(2015, 5, 21)),),
    }


def test_a_visit_that_missed_something_proves_nothing_of_what_it_had_not() -> None:
    missed = replace(THEN, unreached=(Unreached(SITE.url + "x/", "too-slow"),))
    assert list(seen_since(missed, NOW).appeared) == [OLD.url]


def test_a_visit_without_a_day_or_after_this_one_proves_nothing() -> None:
    assert seen_since(replace(THEN, taken_at=None), NOW) == NOW
    assert seen_since(NOW, THEN) == THEN
