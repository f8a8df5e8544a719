"""The licence that an aggregated site shows has its day and authority, and still holds.

Why: An expired licence is none; who reads the site must be able to check it.
Whom it hurts: Readers who trust the site because it shows a number.
Mend: Renew the licence and write number, day of issue and authority on the home page.
Limits: Where no end is stated, the longest time that the law allows counts from the day of issue.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.days import exact_day
from linter.facts.identity import licences
from linter.facts.items import words
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule
from linter.vietnamese import fold


@dataclass(frozen=True)
class Params:
    """A licence lasts at most `years`."""

    years: int


@site_rule(
    "error",
    params=Params,
    messages={
        "incomplete": "The licence {number} is shown without its day of issue or its authority.",
        "expired": "The licence {number} ended on {end:date}.",
    },
)
def rule(snapshot: Snapshot, params: Params, as_of: date) -> Iterator[Observation]:
    for fact in licences(snapshot)[:1]:
        assert fact.element is not None
        text = text_of(fact.element)
        issued = exact_day(text)
        named = any(word in fold(text) for word in ("do ", "cap", "issued by"))
        if issued is None or not named:
            yield fact.page.fails(fact.element, "incomplete", number=fact.value)
            continue
        end = _stated_end(text) or _years_later(issued, params.years)
        if end < as_of:
            yield fact.page.fails(fact.element, "expired", number=fact.value, end=end.isoformat())
        else:
            yield fact.page.passes(fact.element)


def _stated_end(text: str) -> date | None:
    folded = fold(text)
    for pattern in words()["expires"]:
        match = re.search(pattern, folded)
        if match:
            return exact_day(folded[match.end() :])
    return None


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
