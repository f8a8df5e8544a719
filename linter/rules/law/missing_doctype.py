"""The page says by its doctype that it is HTML.

Why: Without it browsers imitate the faults of 1998, and boxes and letters get other sizes.
Whom it hurts: Everyone who enlarges text or reads on a small screen.
Mend: Write <!DOCTYPE html> as the first line.
Limits: Says nothing of whether the rest is valid.
"""

import re
from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule

_DOCTYPE = re.compile(r"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<!doctype\s+html", re.I | re.S)


@site_rule(
    "error",
    messages={"missing": "The page does not start with a doctype of HTML."},
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        if page.is_empty:
            continue
        if _DOCTYPE.match(page.text):
            yield page.passes()
        else:
            yield page.fails(None, "missing")
