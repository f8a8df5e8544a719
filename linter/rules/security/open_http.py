"""The address with http leads on to the one with https.

Why: Who types the name or follows an old link comes by http and stays there, readable to everyone
on the way (RFC 9110, section 4.2.2; OWASP: cryptographic failures).
Whom it hurts: Everyone who comes by an old link, a bookmark or a printed address.
Mend: Let every http address answer with status 301 and the same address with https.
Limits: Known of sites in the inventory only, by a GET of the home page. A server that closes its
http door is in order. Names of this machine are not judged.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.hosts import is_local_name
from linter.model import Snapshot
from linter.page import Observation, safe_join
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "warning",
    messages={
        "stays": "http://{host}/ shows a page instead of leading to https.",
        "elsewhere": "http://{host}/ leads to {address}, which is not https.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    home = urlsplit(snapshot.site.url)
    host = home.netloc
    if is_local_name(home.hostname or ""):
        return
    if home.scheme == "http":  # by http we came in, and were not led on
        other = snapshot.doors.get(f"https://{host}/")
        if other is not None and other.status and snapshot.home is not None:
            yield snapshot.fails("stays", host=host)
        return
    door = snapshot.doors.get(f"http://{host}/")
    if door is None or door.status >= 500:
        return
    target = safe_join(door.url, door.headers.get("location", ""))
    if not 300 <= door.status < 400:
        yield snapshot.fails("stays", host=host) if door.status in (200, 206) else snapshot.passes()
    elif urlsplit(target).scheme == "https":
        yield snapshot.passes()
    else:
        yield snapshot.fails("elsewhere", host=host, address=target[:120])
