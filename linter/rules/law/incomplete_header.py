"""The header bears the agency's full name and the menu that the law lists.

Why: One look at the top of any page must say whose it is and where the main things stand.
Whom it hurts: Everyone who comes from a search engine.
Mend: The theme writes name and menu from portal.yml and the registry. On another site add the name
as text and the missing links.
Limits: Reads <header>, the element with the role banner, and <nav>. Whether the emblem is right is
for a person.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.elements import text_of
from linter.facts.items import landmark, says, words
from linter.model import Snapshot
from linter.page import Element, Observation, Page
from linter.rules.rule import known_words, site_rule
from linter.semantics import name_of
from linter.vietnamese import fold


@dataclass(frozen=True)
class Params:
    """The header or the menu links to all `links`, which are words of labels.yml."""

    links: tuple[str, ...]

    def __post_init__(self) -> None:
        known_words(self.links, words()["header_links"])


@site_rule(
    "error",
    params=Params,
    messages={
        "name": "The header does not bear the name “{name}”.",
        "home": "Header and menu have no link to the home page.",
        "introduction": "Header and menu have no link to the introduction.",
        "procedures": "Header and menu have no link to the online services.",
        "sitemap": "Header and menu have no link to the site map.",
    },
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    home = snapshot.home
    if home is None or home.is_empty:
        return
    roots = _roots(home)
    name = snapshot.site.name
    if name and not any(fold(name) in fold(text_of(root)) for root in roots):
        yield home.fails(roots[0] if roots else None, "name", name=name)
    named = [name_of(link) for root in roots for link in root.xpath(".//a[@href]")]
    missing = [
        kind
        for kind in params.links
        if not any(says(text, words()["header_links"][kind]) for text in named)
    ]
    for kind in missing:
        yield home.fails(roots[0] if roots else None, kind)
    if not missing:
        yield home.passes(roots[0])


def _roots(page: Page) -> list[Element]:
    return [*landmark(page, "header"), *page.tree.iter("nav")]
