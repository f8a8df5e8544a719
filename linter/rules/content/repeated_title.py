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
from linter.model import Observation, Page, Snapshot
from linter.rules.rule import NoParams, site_rule


@site_rule(
    "warning",
    wcag=("2.4.2",),
    messages={"repeated": "The title “{title}” belongs to the page {other} already."},
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    owners: dict[str, Page] = {}
    for page in snapshot.html_pages:
        for title in page.tree.xpath("//head/title[normalize-space(.)]"):
            words = text_of(title)
            owner = owners.setdefault(words, page)
            if owner is page:
                yield page.passes(title)
            else:
                yield page.fails(title, "repeated", title=words, other=owner.url)
