"""Several values of one element of metadata are separated by semicolons.

Why: A machine that sees “cầu, đường” cannot know whether that is one subject or two.
Whom it hurts: Everyone who searches by subject.
Mend: Write <meta name="DC.subject" content="cầu; đường">.
Limits: Judges subjects alone; the names of bodies have commas of their own. What a heading or a
link of the page is called, as “Chỉ đạo, điều hành”, is one subject.
"""

from collections.abc import Iterator
from datetime import date

from linter.elements import text_of
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import site_rule
from linter.vietnamese import fold


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
            if "," in value and ";" not in value and not _is_one(value, page):
                yield page.fails(meta, "comma", value=value[:80])
            elif value:
                yield page.passes(meta)


def _is_one(value: str, page: Page) -> bool:
    """Whether the page calls something so: the name of a section may hold a comma."""
    return any(fold(value) == fold(text_of(named)) for named in page.tree.iter("h1", "h2", "a"))
