"""No page advertises betting, pills or copied goods.

Why: Intruders fill unlinked pages and titles of state sites with such words, and search engines
show them under the agency's name.
Whom it hurts: Citizens who trust a gov.vn address; the agency.
Mend: Delete the pages, close the hole they came in by (an upload form, an old extension, a stolen
password), ask search engines to forget them, report the incident.
Limits: Reads titles, headings, addresses, links and text. News of arrests, texts of law and
warnings use the same words and are let pass; so a page that mixes both may be.
"""

from collections.abc import Iterator

from linter.elements import head_titles, text_of
from linter.page import Observation, Page
from linter.rules.hosts import links_to_strangers
from linter.rules.rule import page_rule
from linter.rules.spam import japanese_words, visible_text, weigh, weigh_address


@page_rule(
    "error",
    messages={
        "title": "The title advertises: {words}.",
        "address": "The page's address advertises: {words}.",
        "text": "The text advertises: {words}.",
        "link": "A link to {host} advertises: {words}.",
        "japanese": "The page carries words of Japanese shop spam: {words}.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    title = " ".join(text_of(element) for element in head_titles(page)[:1])
    text = visible_text(page)
    whole = weigh(f"{title} {text}")
    found = list(_links(page, whole.about_it))
    heading = weigh(title)
    if heading.is_name and (heading.points >= 4 or not whole.about_it):
        found.append(page.fails(None, "title", words=heading.shown))
    elif whole.is_page:
        found.append(page.fails(None, "text", words=whole.shown))
    else:
        address = weigh_address(page.url.partition("//")[2].partition("/")[2])
        if address.is_name and not whole.about_it and whole.points >= 2:
            found.append(page.fails(None, "address", words=address.shown))
    strange = japanese_words(f"{title} {text}")
    if len(strange) >= 3 and not page.tree.get("lang", "").lower().startswith("ja"):
        found.append(page.fails(None, "japanese", words=", ".join(strange[:5])))
    yield from found or [page.passes()]


def _links(page: Page, about_it: bool) -> Iterator[Observation]:
    for link, host in links_to_strangers(page):
        said = weigh(text_of(link))
        named = weigh_address("//" + host)
        if named.points >= 2 and (named.points + said.points >= 4 or not about_it):
            yield page.fails(link, "link", host=host, words=named.shown)
        elif said.is_name and said.points >= 2 and not about_it:
            yield page.fails(link, "link", host=host, words=said.shown)
