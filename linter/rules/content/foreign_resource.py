"""A page loads nothing from another host.

Why: Another host learns who reads what, can change the page, and takes it down when it fails.
Whom it hurts: Everyone who reads the page.
Mend: Put pictures, fonts and scripts on the portal's own server, and link them there.
Mend in Markdown: Put the picture into the folder anh of the portal and write ![What the picture
shows](../anh/file.jpg).
Limits: Hosts of the same province (one registrable domain) count as the site's own; frames and
films are judged too, plain links are not.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule

# What a page loads, by the attribute that names it.
_LOADED = {
    **dict.fromkeys("script img iframe embed audio video source track input".split(), "src"),
    "object": "data",
    "link": "href",
}
_LOADING_LINKS = ("stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon")


@page_rule(
    "warning",
    messages={"foreign": "The page loads {url} from another host."},
)
def rule(page: Page) -> Iterator[Observation]:
    own = _family(urlsplit(page.url).hostname or "")
    for element in page.outline.pick(*_LOADED):
        if element.get(_LOADED[element.tag]) is None or not _loads(element):
            continue
        link = element.get("src") or element.get("data") or element.get("href") or ""
        parts = urlsplit(page.resolve(link))
        if parts.scheme not in ("http", "https"):
            continue
        if _family(parts.hostname or "") == own:
            yield page.passes(element)
        else:
            yield page.fails(element, "foreign", url=link[:120])


def _loads(element: Element) -> bool:
    if element.tag == "input":
        return bool(element.get("type") == "image")
    words = element.get("rel", "").lower().split()
    return str(element.tag) != "link" or any(word in _LOADING_LINKS for word in words)


def _family(host: str) -> str:
    """The part of a host that one body registers: tiengiang.gov.vn of sonoivu.tiengiang.gov.vn."""
    labels = host.lower().rstrip(".").split(".")
    public = labels[-1:] == ["vn"] and labels[-2:-1] in (
        ["gov"],
        ["edu"],
        ["com"],
        ["org"],
        ["net"],
    )
    return ".".join(labels[-3:] if public else labels[-2:])
