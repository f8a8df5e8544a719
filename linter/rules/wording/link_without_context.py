"""A link says where it leads, by itself or by the words that it stands among.

Why: “Xem thêm” or “PDF” alone in a paragraph belongs to nothing that a program could tell.
Whom it hurts: Blind people, people who see only a small part of the screen at a time.
Mend: Name the target in the link, or put the link into the sentence or list item that names it.
Mend in Markdown: Name the target between the brackets: [Kế hoạch tuyển dụng năm 2016](ke-hoach.md)
instead of [xem](ke-hoach.md).
Limits: Knows link texts that never say enough. The sentence, the list items around it, the header
cells of its table and what aria-describedby points to count as words that it stands among; a
heading or a line above does not.
"""

from collections.abc import Iterator

from linter.elements import text_of, texts_in
from linter.grids import read_grid
from linter.link_words import is_vague, links_of, needs_context
from linter.outline import outline_of, remembered
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import name_of

_APART = ("a", "ul", "ol", "script", "style")
_ROLES = ("cell", "gridcell", "listitem", "paragraph", "rowheader")
_BLOCKS = ("p", "li", "td", "th", "dd", "dt", "figcaption", "blockquote")


@page_rule(
    "error",
    wcag=("2.4.4",),
    act=("5effbb", "aizyf1"),
    supersedes=("vague-link-text", "link-needs-context"),
    messages={"alone": "“{text}” does not say where the link leads, nor do the words around it."},
)
def rule(page: Page) -> Iterator[Observation]:
    for link in links_of(page):
        name = name_of(link)
        if not name or not (is_vague(name) or needs_context(name)):
            continue
        if _has_context(link):
            yield page.passes(link)
        else:
            yield page.fails(link, "alone", text=name)


def _has_context(link: Element) -> bool:
    if _described(link) or _words(link.get("title", "")):
        return True
    for block in link.iterancestors():
        if block.tag not in _BLOCKS and block.get("role") not in _ROLES:
            continue
        if block.tag == "td" and _has_headers(block):
            return True
        if _has_words_beside_links(block):
            return True
    return False


def _described(link: Element) -> bool:
    names = link.get("aria-describedby", "").split()
    return any(outline_of(link).valued("id", name) for name in names)


def _has_headers(cell: Element) -> bool:
    for table in cell.iterancestors("table"):
        return _is_headed(table)
    return False


@remembered
def _is_headed(table: Element) -> bool:
    return any(one.is_header and text_of(one.element) for one in read_grid(table))


@remembered
def _has_words_beside_links(block: Element) -> bool:
    """Whether text of the block stands in no link and in no list inside it."""
    letters = 0
    for text in _beside_links(block):
        letters += sum(char.isalnum() for char in text)
        if letters > 1:
            return True
    return False


def _beside_links(block: Element) -> Iterator[str]:
    yield block.text or ""
    for child in block:
        if isinstance(child.tag, str):
            yield from texts_in(child, _APART)
        yield child.tail or ""


def _words(text: str) -> bool:
    return sum(char.isalnum() for char in text) > 1
