"""The site's certificate is one that browsers trust.

Why: A browser warns everyone off a site with a bad certificate, and who learns to click the warning
away clicks it away at a swindler's too (RFC 9110, section 4.3.4).
Whom it hurts: Everyone; who is careful does not get in at all.
Mend: Get a certificate for this very name from an authority that browsers trust, send it with the
authority's own (the whole chain), and renew it by a program.
Limits: Known of sites in the inventory only. Whom browsers trust is taken from the machine of the
audit; where it has no such list, nothing can be told.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "error",
    messages={
        "expired": "The certificate of {host} was valid until {expires:date} only.",
        "other-host": "The certificate of {host} is for another name ({error}).",
        "self-signed": "The certificate of {host} is signed by nobody but itself.",
        "untrusted": "Browsers do not trust the certificate of {host} ({error}).",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    shown = snapshot.certificate
    if shown is None:
        return
    if shown.problem == "unknown":
        yield snapshot.untested("certificate-unknown", host=shown.host, error=shown.error)
    elif shown.problem:
        expires = shown.expires.isoformat() if shown.expires else ""
        more: dict[str, str] = {"host": shown.host, "error": shown.error, "expires": expires}
        yield snapshot.fails(shown.problem, **more)
    else:
        yield snapshot.passes()
