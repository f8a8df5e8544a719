"""Search is offered on every page, not on the home page alone.

Why: Most readers come from a search engine and never see the home page.
Whom it hurts: Everyone who did not find on a page what they looked for.
Mend: Put the search form into the header. In a section of documents it may also stand on the list.
Limits: Looks for a search field, a form with the role search, or a link that names search.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.items import says, words
from linter.facts.sections import section_words, sections
from linter.model import Snapshot
from linter.page import Element, Observation, Page
from linter.rules.rule import known_words, site_rule
from linter.semantics import name_of


@dataclass(frozen=True)
class Params:
    """With `section` only that section's list must offer search."""

    section: str = ""

    def __post_init__(self) -> None:
        known_words((self.section,), ("", *section_words()))


@site_rule(
    "error",
    params=Params,
    messages={"missing": "The page offers no search."},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    pages = snapshot.html_pages
    if params.section:
        seen = sections(snapshot).get(params.section)
        pages = (seen.root,) if seen is not None and seen.root is not None else ()
    for page in pages:
        means = _means(page)
        if means is None:
            yield page.fails(None, "missing")
        else:
            yield page.passes(means)


def _means(page: Page) -> Element | None:
    for found in page.outline.pick("search", "input", or_bearing=("role",)):
        typed = found.tag == "input" and found.get("type") == "search"
        if typed or found.tag == "search" or found.get("role") == "search":
            return found
    for found in page.outline.pick("input", "a"):
        if found.tag == "a" and found.get("href") is None:
            continue
        said = f"{name_of(found)} {found.get('placeholder', '')} {found.get('title', '')}"
        if says(said, words()["search"]):
            return found
    return None
