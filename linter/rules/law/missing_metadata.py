"""Each page carries the metadata that the law makes compulsory (Dublin Core).

Why: By them a search engine and an archive know what the page is, whose it is and of which day.
Whom it hurts: Everyone who searches.
Mend: The theme writes them from the document's header; elsewhere write <meta name="DC.title"
content="..."> and so on into <head>.
Limits: Accepts the names DC.x and dcterms.x in any case; the circular's own annex on the form of
writing was not available.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.sections import section_words, sections
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import known_words, site_rule

# The fifteen elements of Dublin Core.
_ELEMENTS = (
    *("title", "creator", "subject", "description", "publisher", "contributor", "date", "type"),
    *("format", "identifier", "source", "language", "relation", "coverage", "rights"),
)


@dataclass(frozen=True)
class Params:
    """`elements` are names of Dublin Core elements, lower case, on certain `pages`.

    Those are "home", "foreign" (pages in another language than Vietnamese) and sections; none
    named means every page.
    """

    elements: tuple[str, ...]
    pages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known_words(self.elements, _ELEMENTS)
        known_words(self.pages, ("home", "foreign", *section_words()))


@site_rule(
    "error",
    params=Params,
    messages={"missing": "The page lacks the metadata {elements}."},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    for page in _bound(snapshot, params.pages):
        given = _given(page)
        missing = [name for name in params.elements if name not in given]
        if missing:
            yield page.fails(page.tree.find("head"), "missing", elements=", ".join(missing))
        else:
            yield page.passes(page.tree.find("head"))


def _bound(snapshot: Snapshot, kinds: tuple[str, ...]) -> Iterator[Page]:
    """The pages of those kinds, each once, in the site's order."""
    known = sections(snapshot)
    wanted = {page.url for kind in kinds if kind in known for page in known[kind].pages}
    for page in snapshot.html_pages:
        home = "home" in kinds and page is snapshot.home
        foreign = "foreign" in kinds and not page.tree.get("lang", "vi").lower().startswith("vi")
        if not kinds or home or foreign or page.url in wanted:
            yield page


def _given(page: Page) -> set[str]:
    """The elements that the page gives with content; dcterms.created is a date as well."""
    found: set[str] = set()
    for meta in page.outline.pick("meta", bearing="name"):
        scheme, _, name = meta.get("name", "").strip().lower().partition(".")
        if scheme in ("dc", "dcterms") and meta.get("content", "").strip():
            found.add("date" if name in ("created", "issued", "modified", "available") else name)
    return found
