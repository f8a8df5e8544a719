"""A list is a list, not lines that start with dashes.

Why: A screen reader says how long a list is and jumps from item to item; lines with dashes are one
long text to it.
Whom it hurts: Blind people, people who enlarge the page.
Mend: Write a list: <ul><li>Đơn theo mẫu</li> <li>Bản sao sổ hộ khẩu</li></ul>; <ol> where the order
counts.
Mend in Markdown: Begin each line with "- " and leave an empty line before the first: the lines
become a list.
Limits: Finds at least two lines in a row that start with the same sign. Lines that ask or exclaim
are taken for a conversation; numbered clauses are left alone.
"""

import re
from collections.abc import Iterator, Sequence

from linter.elements import text_of
from linter.outline import outline_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed

_ITEM = re.compile(r"\s*(?:([-–—•▪●○◦*+►➢✓·])\s+\S|([-–•])[^\W\d_])")
_IN_ROWS = ("p", "div")
_SPOKEN = ("?", "!", "”", '"')


@page_rule(
    "warning",
    wcag=("1.3.1",),
    messages={"fake": "{count} lines that start with “{sign}” look like a list but are none."},
)
def rule(page: Page) -> Iterator[Observation]:
    for found in page.outline.pick("ul", "ol"):
        if found.find("li") is not None and is_exposed(found):
            yield page.passes(found)
    for block in page.outline.pick("p", "div", "td", "li"):
        in_row = block.tag in _IN_ROWS
        if in_row and _sign(_before(block)):
            continue  # the first of a row speaks for all
        lines = _lines(block) or (_row(block) if in_row else [])
        count = _leading(lines)
        if count > 1 and not _is_spoken(lines[:count]) and is_exposed(block):
            yield page.fails(block, "fake", count=count, sign=_sign(lines[0]))


def _sign(line: str) -> str:
    match = _ITEM.match(line)
    return match[1] or match[2] if match else ""


def _before(block: Element) -> str:
    other = block.getprevious()
    return text_of(other) if other is not None and other.tag == block.tag else ""


def _lines(block: Element) -> list[str]:
    """The lines that <br> makes, from the first that starts with a sign."""
    if block not in outline_of(block).around("br"):
        return []
    lines = [block.text or ""]
    for child in block:
        if child.tag == "br":
            lines.append("")
        elif isinstance(child.tag, str):
            lines[-1] += text_of(child)
        lines[-1] += child.tail or ""
    shown = [line for line in lines if line.strip()]
    while shown and not _sign(shown[0]):
        del shown[0]
    return shown


def _row(block: Element) -> list[str]:
    """The paragraph and those that follow it directly."""
    row = [text_of(block)]
    if not _sign(row[0]):
        return []
    for other in block.itersiblings():
        if other.tag != block.tag or not _sign(text_of(other)):
            break
        row.append(text_of(other))
    return row


def _leading(lines: Sequence[str]) -> int:
    """How many lines at the start bear the sign of the first."""
    sign = _sign(lines[0]) if lines else ""
    count = 0
    while sign and count < len(lines) and _sign(lines[count]) == sign:
        count += 1
    return count


def _is_spoken(lines: Sequence[str]) -> bool:
    return any(line.rstrip().endswith(_SPOKEN) for line in lines)
