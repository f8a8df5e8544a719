"""Every item of a section is found within a few clicks from the home page.

Why: Each step loses readers; a service that nobody finds is not offered.
Whom it hurts: Everyone who comes for a service, those with little practice first.
Mend: Link the section from the menu, and cut long lists by sector or year.
Limits: Counts links of pages that were read; says nothing of items that no link leads to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linter.facts.items import section_items
from linter.facts.sections import section_words
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import known_words, site_rule


@dataclass(frozen=True)
class Params:
    """Items of `section` are at `most` so many clicks from home."""

    section: str
    most: int

    def __post_init__(self) -> None:
        known_words((self.section,), section_words())


@site_rule(
    "error",
    params=Params,
    messages={"deep": "The item is {count} clicks from the home page, at most {most} are allowed."},
)
def rule(snapshot: Snapshot, params: Params, _as_of: date) -> Iterator[Observation]:
    if snapshot.home is None:
        return
    depth = _depths(snapshot, snapshot.home)
    for page in section_items(snapshot, params.section):
        count = depth.get(page.url)
        if count is not None and count > params.most:
            yield page.fails(None, "deep", count=count, most=params.most)
        elif count is not None:
            yield page.passes()


def _depths(snapshot: Snapshot, home: Page) -> dict[str, int]:
    """The fewest clicks to each page."""
    depth = {home.url: 0}
    border = [home]
    while border:
        found: list[Page] = []
        for page in border:
            for link in page.outline.pick("a", bearing="href"):
                target = snapshot.by_url.get(page.resolve(link.get("href")))
                if target is not None and target.is_html and target.url not in depth:
                    depth[target.url] = depth[page.url] + 1
                    found.append(target)
        border = found
    return depth
