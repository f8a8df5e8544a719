"""The site links to no host that it never linked to before, unless someone meant it to.

Why: A planted link looks like any other; that it is new is what gives it away.
Whom it hurts: Citizens who follow it; the agency.
Mend: Ask who put the link there. If it is meant, the next audit knows it; if not, delete it and
look for how it came in.
Limits: Only for sites that were audited before. The state's hosts and well-known platforms are not
asked about.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.hosts import links_to_strangers, registered
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "warning",
    messages={"new": "The site now links to {host}, for the first time."},
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    if snapshot.known_hosts is None:
        return
    known = {registered(host) for host in snapshot.known_hosts}
    told: set[str] = set()
    for page in snapshot.html_pages:
        for link, host in links_to_strangers(page):
            body = registered(host)
            if body in known:
                yield page.passes(link)
            elif body not in told:
                told.add(body)
                yield page.fails(link, "new", host=host)
