"""The portal's address follows the rule for bodies of its kind.

Why: Citizens tell a state portal from a fraud by its address; one that breaks the pattern teaches
them to trust any.
Whom it hurts: Everyone whom a false portal could deceive.
Mend: Ask the province for the right name below its own domain, and let the old address lead there.
Limits: Addresses of this machine and bare IP addresses say nothing of the public name. Of a body's
full name only the letters are compared.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule
from linter.vietnamese import fold

# How bodies are called before their own name, and how a host may shorten that.
_BODY = re.compile(
    r"^(uy ban nhan dan )?(huyen|thi xa|thanh pho|quan|xa|phuong|thi tran|dac khu) ", re.I
)
_SHORT = ("", "h", "tx", "tp", "q", "x", "p", "tt", "huyen", "thixa", "thanhpho", "xa", "phuong")
_LOCAL = re.compile(r"localhost|.*[.]localhost|[0-9.]+|\\[.*\\]|.*[.](test|example|invalid)")


@dataclass(frozen=True)
class Params:
    """The host matches `pattern`; with `full_name` its first label is the body's whole name."""

    pattern: re.Pattern[str]
    full_name: bool = False


@site_rule(
    "error",
    params=Params,
    messages={
        "pattern": "The address {host} does not follow the rule for such a body.",
        "name": "The address {host} does not bear the full name of “{name}”.",
        "unknown": "The body's name is not known: does {host} bear it in full?",
    },
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    host = (urlsplit(snapshot.site.url).hostname or "").removeprefix("www.")
    if not host or _LOCAL.fullmatch(host):
        return
    if not re.fullmatch(params.pattern, host):
        yield snapshot.fails("pattern", host=host)
        return
    if params.full_name:
        if not snapshot.site.name:
            yield snapshot.wants_review("unknown", host=host)
            return
        if not _bears(host.partition(".")[0], snapshot.site.name):
            yield snapshot.fails("name", host=host, name=snapshot.site.name)
            return
    yield snapshot.passes()


def _bears(label: str, name: str) -> bool:
    own = _BODY.sub("", fold(name)).partition(",")[0]
    own = re.sub(r" tinh .*$", "", own)
    letters = re.sub(r"[^a-z0-9]", "", own)
    return any(re.sub(r"[^a-z0-9]", "", label) == short + letters for short in _SHORT)
