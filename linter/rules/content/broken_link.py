"""Every link within the site leads to a page, a file or a place that exists.

Why: A dead link ends the visit of the citizen who needed exactly that document.
Whom it hurts: Everyone.
Mend: Mend the address, or put the file where the link says. Links to documents are written by their
path: [Tên văn bản](../van-ban/ten-tep.md).
Limits: Judges only sites seen as a whole; other hosts are not asked.
"""

from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urldefrag

from linter.model import Observation, Page, Snapshot, safe_join
from linter.rules.rule import NoParams, site_rule

_LINKS = "//a[@href] | //area[@href] | //img[@src] | //link[@href] | //script[@src]"


@site_rule(
    "error",
    messages={
        "target": "{link} does not exist on this site.",
        "fragment": "The page {link} has no place called “{fragment}”.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    if not snapshot.complete:
        return
    known = {unquote(url) for url in (*snapshot.by_url, *snapshot.files)}
    places = {unquote(page.url): _places(page) for page in snapshot.html_pages}
    for page in snapshot.html_pages:
        for element in page.tree.xpath(_LINKS):
            link = element.get("href") if element.get("href") is not None else element.get("src")
            url, fragment = urldefrag(safe_join(page.base_url, link.strip()))
            if not url.startswith(snapshot.site.url):
                continue
            url = unquote(url.partition("?")[0])
            if url not in known:  # a folder's page goes by either of two addresses
                url = url.removesuffix("index.html")
            if url not in known:
                yield page.fails(element, "target", link=link)
            elif fragment and url in places and unquote(fragment) not in places[url]:
                yield page.fails(element, "fragment", link=url, fragment=unquote(fragment))
            else:
                yield page.passes(element)


def _places(page: Page) -> set[str]:
    """What a fragment may name on a page; "top" always works."""
    return {"top", *page.tree.xpath("//@id"), *page.tree.xpath("//a/@name")}
