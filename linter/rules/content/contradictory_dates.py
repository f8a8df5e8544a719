"""What a site says of the day of an item agrees with what others say of it.

Why: A document dated back looks as if a deadline had been kept, and citizens were bound unknowing.
Whom it hurts: Everyone whose time to object or to apply ran from that day.
Mend: Write the day on which the item was really put online. Where it was moved from an older site,
say so in the item.
Mend in Markdown: Write into the key published the day on which the item was really put online.
Where it was moved from an older site, say so in the text.
Limits: Whether a date was written back on purpose no program can tell: a person must look. A
difference of one day is none, for clocks and time zones differ.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from linter.facts.dates import KINDS, Dated, Item, items
from linter.facts.sections import sections
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule

_TOLERANCE = timedelta(days=1)
# Kinds of evidence that see a page come to be, rather than being told.
_WITNESSES = ("manifest", "git", "seen")
# Kinds of evidence that stand on the item's own page: where these differ, the page is wrong.
_OWN = ("json-ld", "meta", "label")


@site_rule(
    "warning",
    messages={
        "differ": "“{title}” is dated {early:weekday} by {one:word}, and {late:weekday} by"
        " {other:word}.",
        "back-dated": "“{title}” is dated {early:weekday} by {one:word}, but was not there before"
        " {late:weekday} by {other:word}.",
        "post-dated": "“{title}” is dated {late:weekday} by {other:word}, but was already there by"
        " {early:weekday} by {one:word}.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, as_of: date) -> Iterator[Observation]:
    for section in sections(snapshot):
        for item in items(snapshot, section):
            known = [d for d in item.evidence if d.known_by(as_of)]
            if len(known) > 1:
                yield _compare(item, known)


def _compare(item: Item, known: list[Dated]) -> Observation:
    pairs = ((one, other) for a, b in combinations(known, 2) for one, other in ((a, b), (b, a)))
    apart = [
        (one, other)
        for one, other in pairs
        if one.latest < date.max
        and other.earliest > date.min
        and other.earliest - one.latest > _TOLERANCE
    ]
    if not apart:
        return item.page.passes(item.element)
    one, other = max(apart, key=lambda pair: pair[1].earliest - pair[0].latest)
    message = "differ"
    if other.kind in _WITNESSES:
        message = "back-dated"
    elif one.earliest == date.min or one.kind in _WITNESSES:
        message = "post-dated"
    place = next((d.element for d in (one, other) if d.element is not None), item.element)
    tell = item.page.fails if one.kind in _OWN and other.kind in _OWN else item.page.wants_review
    return tell(
        place,
        message,
        title=item.title,
        early=one.latest.isoformat(),
        late=other.earliest.isoformat(),
        one=KINDS[one.kind],
        other=KINDS[other.kind],
    )
