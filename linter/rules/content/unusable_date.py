"""The date of an item is a day that has been.

Why: A date that cannot be right says nothing: whether the item is new, or was late, stays unknown.
Whom it hurts: Everyone who must know since when something holds.
Mend: Write the date as 18/12/2015, or in <time datetime="2015-12-18"> with the zone +07:00 where
there is a time of day.
Mend in Markdown: Write the date as 18/12/2015 in the text, as 2015-12-18 in the keys at the head of
the document.
Limits: Looks at the dates by which items say when they were signed, approved, asked or published;
not at days that a text only mentions. What is written in the future or long ago a person must see.
"""

from collections.abc import Iterator
from datetime import date

from linter.facts.dates import claims
from linter.facts.days import FIRST_YEAR
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "warning",
    messages={
        "future": "“{text}” lies after {as_of:weekday}, the day of judgement.",
        "too-old": "“{text}” lies before {year}, when the state was founded.",
        "no-such-day": "“{text}” is no day of the calendar.",
        "unset": "“{text}” is what programs write where they know no date.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, as_of: date) -> Iterator[Observation]:
    for dated in claims(snapshot):
        if dated.written is None:
            continue
        fault = dated.written.fault or ("future" if dated.earliest > as_of else "")
        if fault:
            certain = fault == "no-such-day"
            tell = dated.page.fails if certain else dated.page.wants_review
            yield tell(
                dated.element,
                fault,
                text=dated.written.text,
                as_of=as_of.isoformat(),
                year=FIRST_YEAR,
            )
        else:
            yield dated.page.passes(dated.element)
