"""No style sheet of the site hides a link that leads search engines to a stranger's site.

Why: Who plants links and knows that inline styles are looked for puts the hiding into a style
sheet, where nobody who reads the page's source sees it.
Whom it hurts: Citizens who are led to swindlers; the agency, which lends them its good name.
Mend: Delete the link and the lines of the style sheet, change every password of the site, look for
strange accounts and files, and report the incident to the information security centre.
Limits: Reads the style sheets of the same host, the first 500,000 letters of each, as they are in
the folder or in the archive; an address named alone comes without them. Parts that open, that
another rule shows again or that a script of the page names, and links to the state's hosts or
well-known platforms are none.
"""

import re
from collections.abc import Iterator
from datetime import date

from linter.cascade import Cascade, is_for_screens
from linter.model import Snapshot
from linter.page import Element, Observation, Page
from linter.rules.hosts import leads_to_strangers, links_to_strangers
from linter.rules.rule import NoParams, site_rule
from linter.rules.security.hiding import Hiding, is_fold_out


@site_rule(
    "error",
    messages={
        "hidden": "A link to {host} is hidden from readers by the style sheet {sheet} ({how}).",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    read: dict[str, Cascade] = {}
    for page in snapshot.html_pages if snapshot.sheets else ():
        if leads_to_strangers(page) and (linked := _linked(page, snapshot, read)):
            yield from _judge(page, linked)


def _judge(page: Page, linked: list[Cascade]) -> Iterator[Observation]:
    alone, together = Hiding(page), Hiding(page, linked)
    for link, host in links_to_strangers(page):
        if alone.how(link)[0]:
            continue  # planted-link says so
        how, holder = together.how(link)
        if not how or is_fold_out(link, holder) or _is_named_by_script(page, holder):
            yield page.passes(link)
        else:
            sheet = together.style(holder)[how.partition(":")[0]].sheet
            yield page.fails(link, "hidden", host=host, sheet=sheet, how=how)


def _linked(page: Page, snapshot: Snapshot, read: dict[str, Cascade]) -> list[Cascade]:
    """The sheets that a page loads for the screen, and those that they import."""
    found: dict[str, Cascade] = {}
    waiting = [
        page.resolve(link.get("href", ""))
        for link in page.outline.pick("link", bearing="href")
        if _is_sheet(link)
    ]
    while waiting:
        url = waiting.pop(0)
        sheet = snapshot.sheets.get(url) or snapshot.sheets.get(url.partition("?")[0])
        if sheet is None or sheet.url in found:
            continue
        if sheet.url not in read:
            read[sheet.url] = Cascade([sheet.text], sheet.url)
        found[sheet.url] = read[sheet.url]
        waiting += [sheet.resolve(address) for address in read[sheet.url].imports]
    return list(found.values())


def _is_sheet(link: Element) -> bool:
    kinds = link.get("rel", "").lower().split()
    loads = "stylesheet" in kinds and "alternate" not in kinds
    return loads and is_for_screens(link.get("media", ""))


def _is_named_by_script(page: Page, holder: Element) -> bool:
    """Whether a script of the page speaks of the hidden part by its id or class: it may open it."""
    names = [*holder.get("class", "").split(), *holder.get("id", "").split()]
    scripts = " ".join(script.text or "" for script in page.outline.pick("script"))
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", scripts) for name in names)
