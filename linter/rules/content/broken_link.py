"""Every link within the site leads to a page, a file or a place that exists.

Why: A dead link ends the visit of the citizen who needed exactly that document.
Whom it hurts: Everyone.
Mend: Mend the address in href or src, or put the file where the link says.
Mend in Markdown: Mend the path between the round brackets. It starts from the folder of this
document: [Tên văn bản](../van-ban/ten-tep.md).
Limits: Of a site that was crawled, only links to what was asked for are judged; an address that
gave no answer stands in the report by itself, as one of which nothing could be told. Other hosts
are not asked.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from urllib.parse import unquote, urldefrag

from linter.model import Snapshot
from linter.page import Element, Observation, Page, gathered, safe_join
from linter.rules.hosts import host_of, registered
from linter.rules.rule import NoParams, site_rule

_LINKS = ("a", "area", "link")
_LOADED = ("img", "script")
_GONE = (404, 410)


@site_rule(
    "error",
    messages={
        "target": "{link} does not exist on this site.",
        "fragment": "The page {link} has no place called “{fragment}”.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    if not snapshot.complete:
        yield from _seen_in_part(snapshot)
        return
    known = {unquote(url) for url in (*snapshot.by_url, *snapshot.files)}
    places = {unquote(page.url): _places(page) for page in snapshot.html_pages}
    for page in snapshot.html_pages:
        for element, link, address in _links(page):
            url, plain, fragment = _parts(address)
            if not url.startswith(snapshot.site.url):
                continue
            url = plain
            if url not in known:  # a folder's page goes by either of two addresses
                url = url.removesuffix("index.html")
            if url not in known:
                yield page.fails(element, "target", link=link)
            elif fragment and url in places and fragment not in places[url]:
                yield page.fails(element, "fragment", link=url, fragment=fragment)
            else:
                yield page.passes(element)


@lru_cache(maxsize=1 << 14)  # a site's menu stands on each of its pages
def _parts(address: str) -> tuple[str, str, str]:
    """An address without its fragment, the same without its query and read, and the fragment."""
    url, fragment = urldefrag(address)
    return url, unquote(url.partition("?")[0]), unquote(fragment)


def _seen_in_part(snapshot: Snapshot) -> Iterator[Observation]:
    """The links to addresses that were asked for; each dead one is told once, where it is first."""
    told: set[str] = set()
    for page in snapshot.html_pages:
        for url in _addresses(page):
            target = snapshot.by_url.get(url)
            if target is None or url in told:
                continue
            told.add(url)
            if target.status in _GONE:
                links = ((e, link) for e, link, to in _links(page) if urldefrag(to).url == url)
                element, link = next(links)
                yield page.fails(element, "target", link=link)
            else:
                yield page.passes()


@gathered
def _addresses(page: Page) -> tuple[str, ...]:
    """Where the page's links lead on its own host, each once."""
    urls = dict.fromkeys(urldefrag(address).url for _, _, address in _links(page))
    own = registered(host_of(page.url))
    return tuple(url for url in urls if registered(host_of(url)) == own)


def _links(page: Page) -> Iterator[tuple[Element, str, str]]:
    """Each link with what is written and the address that it means."""
    for element in page.outline.pick(*_LINKS, *_LOADED):
        needed = element.get("href" if element.tag in _LINKS else "src")
        if needed is not None:
            link = element.get("href") or needed
            yield element, link, safe_join(page.base_url, link.strip())


def _places(page: Page) -> set[str]:
    """What a fragment may name on a page; "top" always works."""
    ids = (element.get("id") for element in page.outline.pick(or_bearing=("id",)))
    return {"top", *ids, *(a.get("name") for a in page.outline.pick("a", bearing="name"))}
