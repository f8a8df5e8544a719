"""The site is reached over HTTPS.

Why: Without it everyone on the way can read what a citizen sends and change what he reads.
Whom it hurts: Everyone, and most of all who sends personal data.
Mend: Get a certificate for the name, and let http lead to https.
Limits: Goes by the addresses of the pages; the server's settings are not looked at. Addresses of
this machine are not judged.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={"plain": "{count} pages were read over http, not https."},
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    parts = [urlsplit(page.url) for page in snapshot.html_pages]
    public = [part for part in parts if part.hostname and not _is_local(part.hostname)]
    plain = sum(part.scheme == "http" for part in public)
    if plain:
        yield snapshot.fails("plain", count=plain)
    elif public:
        yield snapshot.passes()


def _is_local(host: str) -> bool:
    return host == "localhost" or host.endswith(".localhost") or host.startswith("127.")
