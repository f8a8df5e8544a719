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

from linter.model import Observation, Page, Snapshot
from linter.rules.rule import site_rule


@dataclass(frozen=True)
class Params:
    """`elements` are names of Dublin Core elements, lower case."""

    elements: tuple[str, ...]


@site_rule(
    "error",
    params=Params,
    messages={"missing": "The page lacks the metadata {elements}."},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        given = _given(page)
        missing = [name for name in params.elements if name not in given]
        if missing:
            yield page.fails(page.tree.find("head"), "missing", elements=", ".join(missing))
        else:
            yield page.passes(page.tree.find("head"))


def _given(page: Page) -> set[str]:
    """The elements that the page gives with content; dcterms.created is a date as well."""
    found: set[str] = set()
    for meta in page.tree.xpath("//meta[@name][@content]"):
        scheme, _, name = meta.get("name").strip().lower().partition(".")
        if scheme in ("dc", "dcterms") and meta.get("content").strip():
            found.add("date" if name in ("created", "issued", "modified", "available") else name)
    return found
