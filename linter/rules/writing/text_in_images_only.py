"""What a page has to say does not stand in its pictures alone.

Why: A notice that was photographed or scanned and put on a page as a picture is silence for
everyone who cannot see it, and for every search.
Whom it hurts: Blind people, people with low vision, people with a slow connection.
Mend: Write the notice as text on the page; offer the scan as a file if it must be shown.
Mend in Markdown: Type the notice into the document; put the scan under attachments if it must be
shown.
Limits: Looks at pages whose main part has pictures and less than 25 words beside headings, dates
and links. Whether the pictures hold text, a person must see: a gallery is in order.
"""

from collections.abc import Iterator

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed

_FEW = 25  # words
_TOLD = 15  # words of text alternatives that tell as much as a short notice
_SMALL = 120  # pixels: an icon holds no notice
_ASIDE = frozenset(
    "h1 h2 h3 h4 h5 h6 nav header footer aside time a button form script style".split()
)


@page_rule(
    "warning",
    wcag=("1.1.1", "1.4.5"),
    messages={
        "only": "The main part of the page has {words} words and pictures. If the pictures hold "
        "the text, write it as text.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    main = page.tree.find(".//main")
    if main is None:
        main = next(iter(page.tree.xpath("//*[@role='main']")), None)
    if main is None:
        return
    images = [image for image in main.iter("img") if _may_hold_text(image)]
    if not images:
        return
    words = len(_running_text(main).split())
    told = sum(len(image.get("alt", "").split()) for image in images)
    if words >= _FEW or told >= _TOLD:
        yield page.passes(images[0])
    else:
        yield page.wants_review(images[0], "only", words=words)


def _may_hold_text(image: Element) -> bool:
    sizes = [image.get(name, "") for name in ("width", "height")]
    if any(size.isdigit() and int(size) < _SMALL for size in sizes):
        return False
    aside = any(node.tag in _ASIDE - {"a"} for node in image.iterancestors())
    return not aside and is_exposed(image)


def _running_text(element: Element) -> str:
    """Text of the element less headings, dates and links."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(" " if child.tag in _ASIDE else _running_text(child))
        parts.append(child.tail or "")
    return " ".join(parts)
