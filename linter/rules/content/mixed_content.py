"""A page that came over HTTPS loads everything over HTTPS.

Why: What comes over plain HTTP can be read and changed on the way; browsers block it.
Whom it hurts: Everyone who reads the page.
Mend: Write the address with https://, or without a host when the file is the portal's own.
Mend in Markdown: Put the picture into the folder anh and write ![What the picture
shows](../anh/file.jpg); otherwise write the address with https://.
Limits: Addresses that a script makes are not seen.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from linter.page import Observation, Page
from linter.rules.rule import page_rule

# What a page loads, or sends to, by the attribute that names it.
_LOADED = {
    **dict.fromkeys("script img iframe embed audio video source".split(), "src"),
    "object": "data",
    "link": "href",
    "form": "action",
}


@page_rule("error", messages={"plain": "{url} is loaded over plain HTTP."})
def rule(page: Page) -> Iterator[Observation]:
    if urlsplit(page.url).scheme != "https":
        return
    for element in page.outline.pick(*_LOADED):
        other = element.tag == "link" and "stylesheet" not in element.get("rel", "")
        if other or element.get(_LOADED[element.tag]) is None:
            continue
        link = next(
            (element.get(key) for key in ("src", "data", "href", "action") if element.get(key)), ""
        )
        if urlsplit(page.resolve(link)).scheme == "http":
            yield page.fails(element, "plain", url=link[:120])
        else:
            yield page.passes(element)
