"""No two pages of a site have the same title.

Why: In a list of tabs, bookmarks or search results the pages cannot be told apart.
Whom it hurts: Blind people, everyone who searches.
Mend: Give each page a <title> of its own.
Mend in Markdown: Write into the key title what sets this document apart: its number, its place or
its day.
Limits: Pages of a list that goes on (trang 2, 3 ...) must say so in the title. Capitals make no
difference, marks on letters do. Not compared are pages in different languages, error pages, pages
that lead on at once, print versions, and one page under two addresses: of the same text, or with
the same <link rel="canonical">.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from linter.elements import text_of
from linter.model import Snapshot
from linter.page import Observation, Page, gathered
from linter.rules.rule import NoParams, site_rule

_TITLES = "//head/title[normalize-space(.)]"
_REFRESH = "//meta[translate(@http-equiv, 'EFHRS', 'efhrs') = 'refresh']/@content"
_FIRST_ERROR = 400
_PRINTED = re.compile(r"[?&/;](print(er|view|preview)?|in-?bai|ban-?in)([=/&.?-]|$)", re.I)
# What differs when one page is fetched twice: counters, times, marks of a form.
_SHIFTING = re.compile(rb"(?is)<script\b.*?</script>|<input\b[^>]*>|[0-9]+")


@site_rule(
    "warning",
    wcag=("2.4.2",),
    messages={"repeated": "The title “{title}” belongs to the page {other} already."},
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    owners: dict[tuple[str, str], list[Page]] = defaultdict(list)
    for page in snapshot.html_pages:
        titles, lang, _, leads_on = _said(page)
        if page.status >= _FIRST_ERROR or leads_on or _PRINTED.search(page.url):
            continue
        for number, words in enumerate(titles):
            known = owners[lang, unicodedata.normalize("NFC", words).casefold()]
            if not known or known[0] is page or any(_are_one(page, owner) for owner in known):
                known.append(page)
                yield page.passes()
            else:
                title = page.tree.xpath(_TITLES)[number]
                yield page.fails(title, "repeated", title=words, other=known[0].url)


def _are_one(page: Page, other: Page) -> bool:
    """Whether both addresses are of one page."""
    if _said(page)[2] == _said(other)[2]:
        return True
    return _SHIFTING.sub(b"", page.body) == _SHIFTING.sub(b"", other.body)


@gathered
def _said(page: Page) -> tuple[tuple[str, ...], str, str, bool]:
    """The page's titles, its language, its proper address, whether it leads on at once."""
    tree = page.tree
    proper = tree.xpath("//head/link[@rel='canonical']/@href")
    return (
        tuple(text_of(title) for title in tree.xpath(_TITLES)),
        tree.get("lang", "").lower().partition("-")[0],
        page.resolve(proper[0]) if proper else page.url,
        any(content.strip().startswith("0") for content in tree.xpath(_REFRESH)),
    )
