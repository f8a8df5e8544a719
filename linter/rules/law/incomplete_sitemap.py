"""The site map leads to all that the menu leads to, in text for readers and in XML for machines.

Why: A site map is the last resort of who did not find it in the menu, and the first of a search
engine.
Whom it hurts: Everyone who searches; people who use a screen reader and list the links of one page.
Mend: The theme makes both from the sections. On another site build them from the menu.
Limits: Sees the XML file only on sites that were read as a whole, or when it was fetched.
"""

from collections.abc import Iterator
from datetime import date

from linter.facts.functions import sitemaps
from linter.model import Snapshot
from linter.page import Observation, Page
from linter.rules.rule import site_rule
from linter.semantics import name_of


@site_rule(
    "error",
    messages={
        "none": "There is no site map for readers.",
        "missing": "The site map lacks “{name}”, which the menu has.",
        "xml": "There is no sitemap.xml for search engines.",
    },
)
def rule(snapshot: Snapshot, _params: object, _as_of: date) -> Iterator[Observation]:
    home = snapshot.home
    if home is None or home.is_empty:
        return
    found = [fact.value for fact in sitemaps(snapshot)]
    pages = [snapshot.by_url[url] for url in found if url in snapshot.by_url]
    if not found:
        yield snapshot.fails("none")
    for page in pages[:1]:
        yield from _compare(home, page)
    xml = home.resolve("/sitemap.xml")
    if xml in snapshot.files or xml in snapshot.by_url:
        yield home.passes()
    elif snapshot.complete:
        yield snapshot.fails("xml")


def _compare(home: Page, sitemap: Page) -> Iterator[Observation]:
    mains = sitemap.tree.xpath("//main") or [sitemap.tree]
    listed = {sitemap.resolve(link.get("href")) for link in mains[0].xpath(".//a[@href]")}
    for link in home.tree.xpath("//nav//a[@href]"):
        target = home.resolve(link.get("href"))
        if target in listed or target in (home.url, sitemap.url):
            yield home.passes(link)
        else:
            yield sitemap.fails(None, "missing", name=name_of(link))
