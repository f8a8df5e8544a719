"""The title of a page is about this page.

Why: “Untitled”, “New page” or an address says nothing in a list of tabs or search results; of two
<title> elements browsers show the first, even where the second is the right one.
Whom it hurts: Blind people, who hear the title first, people with many tabs open.
Mend: Write into the one <title> what this page is about. The page that answers a search says so
there, with the words that were searched for.
Mend in Markdown: Write into the key title what this document is about; the theme makes the title of
the page from it.
Limits: Finds titles that are left over, file names and addresses, a first of two titles that
shares no word with the page, and results of a search that do not call themselves so.
"""

import re
from collections.abc import Iterator

from linter.elements import text_of, titles_of
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.vietnamese import fold

_LEFT_OVER = re.compile(
    r"(untitled( document| page)?|new (page|document)|document|title|page title|web ?page|"
    r"enter title here|(khong co|chua co) tieu de|tieu de|trang moi|tai lieu moi|page|trang|\W*)"
    r"\s*\d*"
)
_ADDRESS = re.compile(r"(https?://|www\.)\S+|[\w.-]+\.(html?|php|aspx?|jsp|docx?|pdf)")
_RESULTS = re.compile(r"(search results|results (for|of)|ket qua (tim|tra) )")
_SEARCH = re.compile(r"(search|results?|tim kiem|ket qua|tra cuu)")


@page_rule(
    "warning",
    wcag=("2.4.2",),
    act=("c4a8a4",),
    messages={
        "left-over": "The title “{title}” says nothing of the page.",
        "first": "The page has two titles; browsers show “{title}”, which has no word in common "
        "with the page.",
        "results": "The title “{title}” does not say that the page answers a search.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    titles = titles_of(page)
    if not titles or not text_of(titles[0]):
        return
    title = text_of(titles[0])
    heading = next((fold(text_of(h1)) for h1 in page.outline.pick("h1")), "")
    if _LEFT_OVER.fullmatch(fold(title)) or _ADDRESS.fullmatch(title.strip()):
        yield page.fails(titles[0], "left-over", title=title)
    elif len(titles) > 1 and not _shares(title, page) and _shares(text_of(titles[1]), page):
        yield page.fails(titles[0], "first", title=title)
    elif _RESULTS.match(heading) and not _SEARCH.search(fold(title)):
        yield page.fails(titles[0], "results", title=title)
    else:
        yield page.passes(titles[0])


def _shares(title: str, page: Page) -> bool:
    """Whether any word of four letters or more stands on the page too, in one form or another."""
    body = " ".join(text_of(one) for one in page.outline.pick("body"))
    known = {word[:5] for word in re.findall(r"\w{4,}", fold(body))}
    return any(word[:5] in known for word in re.findall(r"\w{4,}", fold(title)))
