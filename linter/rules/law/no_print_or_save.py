"""Each item can be printed and saved.

Why: Who must show a decision at an office, or has no network at home, needs it on paper or in a
file.
Whom it hurts: People without a network of their own, and everyone who must prove what was
published.
Mend: The theme prints by a style sheet of its own and offers each page as a file. On another site
add the buttons “In trang” and “Lưu trang”.
Limits: Sees a style sheet for print and links or buttons that name the function; it does not print.
"""

from collections.abc import Iterator
from datetime import date

from linter.facts.items import says, section_items, words
from linter.facts.sections import sections
from linter.model import Snapshot
from linter.page import Element, Observation, Page
from linter.rules.rule import site_rule
from linter.semantics import name_of


@site_rule(
    "error",
    messages={
        "print": "The item offers no way to print it.",
        "save": "The item offers no way to save it.",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    for page in _items(snapshot):
        for name in ("print", "save"):
            means = _means(page, name)
            if means is None:
                yield page.fails(None, name)
            else:
                yield page.passes(means)


def _items(snapshot: Snapshot) -> Iterator[Page]:
    """The items of all sections, each once."""
    seen = {page.url: page for name in sections(snapshot) for page in section_items(snapshot, name)}
    yield from seen.values()


def _means(page: Page, name: str) -> Element | None:
    if name == "print":
        for sheet in page.tree.xpath("//link[@rel='stylesheet'][@media]"):
            if "print" in sheet.get("media"):
                return sheet
    for control in page.tree.xpath("//a | //button | //input[@type='button']"):
        if says(name_of(control), words()[name]):
            return control
    return None
