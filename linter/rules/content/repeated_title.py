"""No two pages of a site have the same title.

Why: In a list of tabs, bookmarks or search results the pages cannot be told apart.
Whom it hurts: Blind people, everyone who searches.
Mend: Give each document a title of its own.
Limits: Pages of a list that goes on (trang 2, 3 ...) must say so in the title.
"""

from collections import defaultdict
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
    by_title: dict[str, list[Page]] = defaultdict(list)
    for page in snapshot.html_pages:
        for title in page.tree.xpath("//head/title[normalize-space(.)]"):
            by_title[text_of(title)].append(page)
    for title, pages in by_title.items():
        yield pages[0].passes(pages[0].tree.find("head/title"))
        for page in pages[1:]:
            target = page.tree.find("head/title")
            yield page.fails(target, "repeated", title=title, other=pages[0].url)
