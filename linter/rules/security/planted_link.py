"""No link is hidden from readers that leads search engines to a stranger's site.

Why: Over 90 Vietnamese state sites were used in one year to lift betting sites in search results:
links that no visitor sees, put there by intruders or by a web designer.
Whom it hurts: Citizens who are led to swindlers; the agency, which lends them its good name.
Mend: Delete the link, change every password of the site, look for strange accounts and files, and
report the incident to the information security centre.
Limits: Sees inline styles and the page's own style sheets; for the site's, see
link-hidden-by-sheet. Links to the state's hosts, to
well-known platforms and within menus that open are none.
"""

import re
from collections.abc import Iterator

from linter.page import Element, Observation, Page
from linter.rules.hosts import host_of, is_stranger, links_to_strangers
from linter.rules.rule import page_rule
from linter.rules.security.hiding import WEAK, Hiding, is_fold_out


@page_rule(
    "error",
    messages={
        "hidden": "A link to {host} is hidden from readers ({how}).",
        "written": "A script writes a hidden link to {host}.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    links = links_to_strangers(page)
    hiding = Hiding(page) if links else None
    for link, host in links:
        assert hiding is not None
        how, holder = hiding.how(link)
        if not how or (how in WEAK and is_fold_out(link, holder)):
            yield page.passes(link)
        else:
            yield page.fails(link, "hidden", host=host, how=how)
    for script in page.outline.pick("script"):
        for host in _written(script, page):
            yield page.fails(script, "written", host=host)


_WRITES = re.compile(r"document\.write(?:ln)?\s*\(|\.innerHTML\s*\+?=|insertAdjacentHTML\s*\(")
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}|"
    r"font-size\s*:\s*[01](?:px)?\b|opacity\s*:\s*0(?![.\d])|height\s*:\s*[01]px"
)
_HREF = re.compile(r"href\s*=\s*\\?[\"'](https?:[^\"'\\]+)")


def _written(script: Element, page: Page) -> Iterator[str]:
    """Hosts to which a script writes a link together with a style that hides it."""
    text = (script.text or "").replace("\\/", "/")
    if not (_WRITES.search(text) and _HIDES.search(text)):
        return
    for match in _HREF.finditer(text):
        before = text[max(0, match.start() - 300) : match.start()]
        host = host_of(match[1])
        if _HIDES.search(before) and is_stranger(host, page):
            yield host
