"""Several values of one element of metadata are separated by semicolons.

Why: A machine that sees “cầu, đường” cannot know whether that is one subject or two.
Whom it hurts: Everyone who searches by subject.
Mend: Write <meta name="DC.subject" content="cầu; đường">.
Limits: Judges subjects alone; the names of bodies have commas of their own.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import site_rule


@site_rule(
    "warning",
    messages={"comma": "The values “{value}” are separated by commas, not by semicolons."},
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        for meta in page.outline.pick("meta", bearing="name"):
            scheme, _, name = meta.get("name", "").strip().lower().partition(".")
            if scheme not in ("dc", "dcterms") or name != "subject":
                continue
            value = meta.get("content", "").strip()
            if "," in value and ";" not in value:
                yield page.fails(meta, "comma", value=value[:80])
            elif value:
                yield page.passes(meta)
