"""No address of the site, in a link or its site map for search engines, advertises betting.

Why: Planted pages are often linked from nowhere: the site map that the intruder wrote, or echoes of
the site's own search, are all that shows them.
Whom it hurts: Citizens who find them by a search engine; the agency.
Mend: Delete the pages and the entries, close the hole they came in by, and let the search page tell
search engines not to keep its results (robots noindex).
Limits: Judges addresses by their words; a headline on arrests in an address is let pass.
"""

import re
from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Element, Observation, Page, gathered
from linter.rules.hosts import host_of, registered
from linter.rules.rule import NoParams, site_rule
from linter.rules.spam import weigh_address

_LOC = re.compile(rb"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)")


@site_rule(
    "error",
    messages={
        "sitemap": "The site map for search engines lists {url}.",
        "link": "A page links to {url} of this site.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    found = False
    for page in snapshot.pages:
        for url in addresses_listed(page):
            found = True
            if _advertises(url):
                yield page.fails(None, "sitemap", url=url[:200])
    for page in snapshot.html_pages:
        leads_home, advertises = _own_addresses(page)
        found = found or leads_home
        for link, url in _own_links(page) if advertises else ():
            if _advertises(url):
                yield page.fails(link, "link", url=url[:200])
    if found:
        yield snapshot.passes()


@gathered
def _own_addresses(page: Page) -> tuple[bool, bool]:
    """Whether the page links to its own site at all, and whether such an address advertises."""
    urls = [url for _, url in _own_links(page)]
    return bool(urls), any(map(_advertises, urls))


def _own_links(page: Page) -> Iterator[tuple[Element, str]]:
    own = registered(host_of(page.url))
    for link in page.outline.pick("a", bearing="href"):
        url = page.resolve(link.get("href"))
        if registered(host_of(url)) == own:
            yield link, url


def addresses_listed(page: Page) -> list[str]:
    """The addresses that a site map for search engines lists; none for another page."""
    if b"<loc>" not in page.body[:20_000] or page.status != 200:
        return []
    return [loc.decode("utf-8", errors="replace") for loc in _LOC.findall(page.body)[:50_000]]


def _advertises(url: str) -> bool:
    weight = weigh_address("//" + url.partition("//")[2].partition("/")[2])
    return weight.points >= 4 and not weight.about_it
