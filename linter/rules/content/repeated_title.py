"""No two pages of a site have the same title.

Why: In a list of tabs, bookmarks or search results the pages cannot be told apart.
Whom it hurts: Blind people, everyone who searches.
Mend: Give each page a <title> of its own.
Mend in Markdown: Write into the key title what sets this document apart: its number, its place or
its day.
Limits: Pages of a list that goes on (trang 2, 3 ...) must say so in the title.
"""

from collections.abc import Iterator
from datetime import date

from linter.elements import text_of
from linter.model import Snapshot
from linter.page import Observation, Page, gathered
from linter.rules.rule import NoParams, site_rule

_TITLES = "//head/title[normalize-space(.)]"


@site_rule(
    "warning",
    wcag=("2.4.2",),
    messages={"repeated": "The title “{title}” belongs to the page {other} already."},
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    owners: dict[str, Page] = {}
    for page in snapshot.html_pages:
        for number, words in enumerate(_titles(page)):
            owner = owners.setdefault(words, page)
            if owner is page:
                yield page.passes()
            else:
                title = page.tree.xpath(_TITLES)[number]
                yield page.fails(title, "repeated", title=words, other=owner.url)


@gathered
def _titles(page: Page) -> tuple[str, ...]:
    return tuple(text_of(title) for title in page.tree.xpath(_TITLES))
