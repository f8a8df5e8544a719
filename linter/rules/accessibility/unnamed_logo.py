"""A logo that stands alone has a text alternative.

Why: A logo says whose page this is; marked as decoration and with no words beside it, it leaves a
blind person with nothing.
Whom it hurts: Blind people, people with a slow connection.
Mend: Give the image the name that it shows: alt="Sở Xây dựng tỉnh Tiền Giang". Where that name
stands beside it, an empty alt is right.
Mend in Markdown: Write the name that it shows between the brackets: ![Sở Xây dựng tỉnh Tiền
Giang](../anh/logo.png).
Limits: Knows a logo by the name of its file or by its alt. Words in the same banner, section or
figure count as beside it. Of other pictures only those are judged that a line right before them
announces (“Sơ đồ đường đi:”).
"""

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_rendered, is_told, is_visible, role_of
from linter.vietnamese import fold

_LOGO = re.compile(r"(^|[^a-z])(logo|logotype|quoc-?huy)([^a-z]|$)", re.IGNORECASE)
_ANNOUNCES = re.compile(
    r"\b(logo|so do|ban do|bieu do|bieu trung|hinh|anh|image|picture|map|chart|diagram|photo)\b"
    r"[^.!?]{0,60}:$"
)
_WHOLES = ("article", "aside", "body", "figure", "footer", "header", "main", "nav", "section")


@page_rule(
    "error",
    wcag=("1.1.1",),
    act=("e88epe",),
    messages={
        "alone": "The logo {src} has no text alternative, and no words beside it.",
        "announced": "The words before announce a picture, but it has no text alternative.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for image in page.outline.pick("img", "svg", "canvas"):
        if _is_announced(image):
            yield page.fails(image, "announced")
            continue
        if image.tag != "img":
            continue
        src = image.get("src", "")
        name = re.split("[?#]", src)[0].rsplit("/", 1)[-1] if not src.startswith("data:") else ""
        if not (_LOGO.search(name) or _LOGO.search(image.get("alt", ""))):
            continue
        if not is_rendered(image) or not is_visible(image):
            continue
        if is_told(image) and role_of(image) != "none":
            continue
        whole = next(image.iterancestors(*_WHOLES), page.tree)
        if text_of(whole) or any(node.get("aria-label") for node in image.iterancestors()):
            yield page.passes(image)
        else:
            yield page.fails(image, "alone", src=src)


def _is_announced(image: Element) -> bool:
    """Whether a picture that is told to nobody follows a line such as “Sơ đồ đường đi:”."""
    before = image.getprevious()
    if before is None or (before.tail or "").strip() or before.tag not in ("p", "div", "span"):
        return False
    if not _ANNOUNCES.search(fold(text_of(before))) or not is_rendered(image):
        return False
    if image.tag == "img":
        return image.get("alt") == "" and not image.get("title")
    names = ("aria-label", "aria-labelledby", "role", "aria-hidden")
    return not any(image.get(name) for name in names) and image.find("title") is None
