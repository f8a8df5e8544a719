"""The portals of one province lead to each other.

Why: A citizen who landed on the wrong portal finds the right one by a link, not by a search engine
that may show a false one first.
Whom it hurts: Everyone who does not know which body is responsible.
Mend: The theme links all portals of the registry; put a missing one there. On another site link the
main portal on every component's home page, and all components on the main portal's.
Limits: Knows the family only of sites that a registry names; of others a person must say which.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={
        "missing": "The home page has no link to the portal {host}.",
        "unknown": "Which portals this one must link is not known.",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    home = snapshot.home
    if home is None:
        return
    if not snapshot.site.kin:
        yield snapshot.wants_review("unknown")
        return
    linked = {
        urlsplit(home.resolve(link.get("href"))).hostname: link
        for link in home.tree.xpath("//a[@href]")
    }
    for address in snapshot.site.kin:
        host = urlsplit(address).hostname or address
        if host in linked:
            yield home.passes(linked[host])
        else:
            yield home.fails(None, "missing", host=host)
