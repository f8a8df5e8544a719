"""The site answers over HTTPS.

Why: Over plain HTTP everyone on the way reads what a citizen sends and changes what he reads
(RFC 9110, section 4.2.2; OWASP: cryptographic failures).
Whom it hurts: Everyone, and most of all who sends personal data.
Mend: Get a certificate for the name, and let the server answer at port 443.
Limits: Known of sites in the inventory only, by a GET of the home page. Names of this machine are
not judged.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from linter.hosts import is_local_name
from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule


@site_rule("error", messages={"closed": "{host} does not answer over HTTPS."})
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    home = urlsplit(snapshot.site.url)
    if not snapshot.doors or is_local_name(home.hostname or ""):
        return
    if home.scheme == "https":
        yield snapshot.passes()
        return
    door = snapshot.doors.get(f"https://{home.netloc}/")
    if door is not None:
        yield snapshot.passes() if door.status else snapshot.fails("closed", host=home.netloc)
