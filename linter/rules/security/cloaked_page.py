"""Every visitor gets the same page, whoever they are and wherever they come from.

Why: Intruders show their pages only to search engines, only to those who come from a search result,
or only to phones, so that the site's own people never see them.
Whom it hurts: Citizens who come by a search engine; the agency, which notices nothing.
Mend: Look for code that asks for the user agent or the referrer (in templates, .htaccess, add-ons),
delete it, change passwords, report the incident.
Limits: Compares what the audit fetched as a browser, as a search engine's crawler, from a search
result and as a phone. Other texts alone are no fault: pages change from one visit to the next.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from linter.model import Snapshot
from linter.page import VISITORS, Observation, Page
from linter.rules.hosts import host_of, is_stranger, links_to_strangers
from linter.rules.rule import NoParams, site_rule
from linter.rules.spam import japanese_words, visible_text, weigh

_MANY = 3


@site_rule(
    "error",
    messages={
        "moved-crawler": "A search engine's crawler is sent on to {host}; other visitors are not.",
        "moved-search": "Who comes from a search result is sent on to {host}; others are not.",
        "moved-phone": "A phone is sent on to {host}; other visitors are not.",
        "spam-crawler": "A search engine's crawler gets a page that advertises ({words}).",
        "spam-search": "Who comes from a search result gets a page that advertises ({words}).",
        "spam-phone": "A phone gets a page that advertises ({words}).",
        "links-crawler": "A search engine's crawler gets links that others do not get: {hosts}.",
        "links-search": "Who comes from a search result gets links that others do not: {hosts}.",
        "links-phone": "A phone gets links that other visitors do not get: {hosts}.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for page in snapshot.html_pages:
        for visitor in VISITORS:
            other = page.alternates.get(visitor)
            if other is not None:
                yield _compare(page, other, visitor)


def _compare(page: Page, other: Page, visitor: str) -> Observation:
    location = other.headers.get("location", "") if 300 <= other.status < 400 else ""
    target = host_of(page.resolve(location)) if location else host_of(other.url)
    if is_stranger(target, page):
        return page.fails(None, f"moved-{visitor}", host=target)
    if not other.is_html:
        return page.passes()
    other = replace(other, url=page.url)
    extra = _spam(other)
    if extra and not _spam(page):
        return page.fails(None, f"spam-{visitor}", words=", ".join(extra[:5]))
    known = {host for _, host in links_to_strangers(page)}
    new = sorted({host for _, host in links_to_strangers(other)} - known)
    if len(new) >= _MANY and not known & set(new):
        return page.fails(None, f"links-{visitor}", hosts=", ".join(new[:5]))
    return page.passes()


def _spam(page: Page) -> list[str]:
    title = " ".join(page.tree.xpath("//head/title/text()"))
    text = f"{title} {visible_text(page)}"
    weight, heading = weigh(text), weigh(title)
    if weight.is_page or (heading.is_name and not weight.about_it):
        return [*weight.strong, *weight.weak]
    japanese = japanese_words(text)
    return japanese if len(japanese) >= 3 else []
