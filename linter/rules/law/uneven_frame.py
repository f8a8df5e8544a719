"""Header and footer are the same on every page of an edition.

Why: Who knows where the search, the menu and the contact stand on one page finds them on all.
Whom it hurts: People with little practice, with low vision, or with a cognitive disability.
Mend: Take header and footer from one template.
Limits: Compares the links and words of header and footer within a language, numbers and the mark of
the current page left out; pictures are not compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from linter.elements import text_of
from linter.facts.items import landmark
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import site_rule


@site_rule(
    "error",
    messages={
        "header": "The header of this page is another one than that of most pages.",
        "footer": "The footer of this page is another one than that of most pages.",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    editions: dict[str, list[Page]] = defaultdict(list)
    for page in snapshot.html_pages:
        editions[page.tree.get("lang", "")].append(page)
    for pages in editions.values():
        if len(pages) < 2:
            continue
        for name in ("header", "footer"):
            shapes = {page.url: _shape(page, name) for page in pages}
            usual = Counter(shapes.values()).most_common(1)[0][0]
            for page in pages:
                if shapes[page.url] == usual:
                    yield page.passes(next(iter(landmark(page, name)), None))
                else:
                    yield page.fails(next(iter(landmark(page, name)), None), name)


def _shape(page: Page, name: str) -> str:
    """Words and link targets of the outermost landmark of that name."""
    found = next(iter(landmark(page, name)), None)
    if found is None:
        return ""
    links = (link.get("href") for link in found.xpath(".//a[@href]"))
    # A link to a place of the page itself, past the menu, is the same on all pages.
    targets = sorted({link if link.startswith("#") else page.resolve(link) for link in links})
    text = re.sub(r"[0-9]+", "", text_of(found))
    return "|".join([text, *targets])
