"""The site's certificate is renewed well before its last day.

Why: On the day after the last one every browser warns everyone off the site.
Whom it hurts: Everyone, suddenly; most often on a day off.
Mend: Renew it now, and let a program renew it from then on.
Limits: Known of sites in the inventory only; counted from the day on which the site was seen.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule

# Programs renew a month before the end; where half of that is over, none is at work.
_LEFT = 15


@site_rule(
    "warning",
    messages={"soon": "The certificate of {host} ends on {expires:date}, in {days} days."},
)
def rule(snapshot: Snapshot, _params: NoParams, as_of: date) -> Iterator[Observation]:
    shown = snapshot.certificate
    if shown is None or shown.expires is None or shown.problem == "expired":
        return
    left = (shown.expires - (snapshot.taken_at.date() if snapshot.taken_at else as_of)).days
    if left < _LEFT:
        expires = shown.expires.isoformat()
        yield snapshot.fails("soon", host=shown.host, expires=expires, days=left)
    else:
        yield snapshot.passes()
