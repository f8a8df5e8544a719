"""This file finds where on a page the site speaks of itself, and gives those places line by line.

Few sites have a <footer>, and many are nested tables. A line is the site's own when it stands in a
landmark (by tag, role, id or class), on a contact page, or in the last group of lines that bear
labels such as "Địa chỉ:"; what others wrote (articles) is not, whatever labels it bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from linter.facts.reading import BLOCKS, SILENT, identity_words, pattern
from linter.model import Snapshot
from linter.page import Element, Page
from linter.semantics import HIDING_STYLE
from linter.vietnamese import fold, fold_in_place, nfc

_TAGS = {"footer": "footer", "address": "footer", "header": "header", "nav": "menu"}
_ROLES = {"contentinfo": "footer", "banner": "header", "navigation": "menu", "search": "menu"}
_BOXES = frozenset("td div section article aside body form center main footer header".split())
# What an icon says without words, by words of its class, alt or file name.
_SET = r"(?:fa|icon|glyphicon|bi|ti|la|ion|mdi)[-_ ]?\S*"
_ICONS = (
    (re.compile(rf"{_SET}(phone|call|mobile)|phone|\btel\b"), "☎"),
    (re.compile(rf"{_SET}(envelope|mail)|envelope|e-?mail"), "✉"),
    (re.compile(rf"{_SET}(map|marker|location|home|building|geo)"), "⌂"),
    (re.compile(rf"{_SET}(fax|print)"), "℻"),
)
_TAIL = 60
_RUNNING_TEXT = 1500
_SMALL_BOX = 250


class Line(NamedTuple):
    """A line of a page: its NFC text, the same text folded letter by letter, and where it is.

    `element` is the innermost block. `zone` is footer, header, menu, article, contact, or empty.
    """

    text: str
    folded: str
    element: Element
    zone: str

    @property
    def own(self) -> bool:
        """Whether the site speaks of itself here."""
        return self.zone in ("footer", "header", "contact")

    def cut(self, start: int, end: int | None = None) -> Line:
        """A part of the line."""
        return Line(self.text[start:end], self.folded[start:end], self.element, self.zone)


@cache
def _zone_words() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in identity_words()["zones"].items()}


@cache
def label_words() -> dict[str, re.Pattern[str]]:
    """The patterns of labels by kind, each as a whole word."""
    return {
        kind: re.compile(rf"(?<![\w@/.-])(?:{words})(?![\w@])")
        for kind, words in identity_words()["labels"].items()
    }


def page_lines(page: Page) -> tuple[Line, ...]:
    """Every line of the page's text with its zone, as blocks and <br> break it."""
    body = page.tree.find("body")
    if body is None:
        return ()
    found = tuple(_drawn(body))
    return _mark_tail(_mark_hotlines(_mark_contact_page(page, found)))


def _drawn(body: Element) -> Iterator[Line]:
    pieces: list[str] = []
    holder, holder_zone = body, ""
    for text, element, zone, breaks in _walk(body):
        if breaks:
            yield from _line(pieces, holder, holder_zone)
            pieces, holder, holder_zone = [], element, zone
        if text:
            pieces.append(text)
    yield from _line(pieces, holder, holder_zone)


def _line(pieces: list[str], element: Element, zone: str) -> Iterator[Line]:
    text = " ".join(nfc("".join(pieces)).split())
    if text:
        yield Line(text, fold_in_place(text), element, zone)


def _walk(body: Element) -> Iterator[tuple[str, Element, str, bool]]:
    """Each piece of text with the element it stands in, its zone, and whether a line starts."""
    stack: list[tuple[Element, str, bool]] = [(body, "", False)]
    while stack:
        element, zone, leaving = stack.pop()
        if leaving:
            parent = element.getparent()
            breaks = element.tag in BLOCKS
            yield element.tail or "", (element if parent is None else parent), zone, breaks
            continue
        if element is not body:
            stack.append((element, zone, True))
        if not isinstance(element.tag, str) or element.tag in SILENT:
            continue
        inner = _zone_of(element, zone)
        if icon := _icon(element):
            yield f" {icon} ", element, inner, False
        yield element.text or "", element, inner, element.tag in BLOCKS
        stack.extend((child, inner, False) for child in reversed(element))


def _zone_of(element: Element, outer: str) -> str:
    """The outermost footer, header or article counts; a menu may lie in any of them."""
    if outer in ("menu", "article"):
        return outer
    if HIDING_STYLE.search(element.get("style", "")) and outer == "":
        return ""
    zone = _ROLES.get(element.get("role", "")) or _TAGS.get(str(element.tag), "")
    if not zone and element.tag == "article" and not outer:
        zone = "article"
    names = f"{element.get('id', '')} {element.get('class', '')}".lower()
    if not zone and names != " " and element.tag not in ("body", "form", "a", "input"):
        for name, words in _zone_words().items():
            if words.search(names):
                zone = name
                break
    if outer and zone != "menu":
        return outer
    return zone


def _icon(element: Element) -> str:
    if element.tag not in ("i", "img", "span", "svg", "em", "use"):
        return ""
    if (element.text or "").strip() or len(element) > 1:
        return ""
    said = " ".join(element.get(name, "") for name in ("class", "alt", "src", "href", "title"))
    said = said.lower().rsplit("/", 1)[-1] if element.tag == "img" else said.lower()
    if not said.strip():
        return ""
    return next((icon for words, icon in _ICONS if words.search(said)), "")


def _mark_contact_page(page: Page, found: tuple[Line, ...]) -> tuple[Line, ...]:
    if not is_contact_page(page):
        return found
    return tuple(
        line if line.zone in ("footer", "header", "menu") else line._replace(zone="contact")
        for line in found
    )


def is_contact_page(page: Page) -> bool:
    """Whether the page is there to say how to reach the body: by its address or its heading."""
    path = fold(page.url.partition("//")[2].partition("/")[2])
    if any(word in path for word in identity_words()["contact_pages"]):
        return True
    heading = next(iter(page.outline.pick("h1")), None)
    said = "" if heading is None else fold(heading.text_content())
    return bool(re.match(r"\W*(thong tin )?(lien he|lien lac|contact)\b", said)) and len(said) < 60


def _mark_hotlines(found: tuple[Line, ...]) -> tuple[Line, ...]:
    """A small box beside the content that begins with "Đường dây nóng" is the site's own."""
    boxes = {
        box
        for line in found
        if line.zone == ""
        and pattern("hotline").match(line.folded)
        and (box := _box_with_number(line.element)) is not None
    }
    if not boxes:
        return found
    return tuple(
        line._replace(zone="contact")
        if line.zone == ""
        and any(e in boxes for e in (line.element, *line.element.iterancestors()))
        else line
        for line in found
    )


def _box_with_number(element: Element) -> Element | None:
    """The smallest box around a label that holds a telephone number, where it holds little else."""
    for box in (element, *element.iterancestors()):
        if box.tag not in _BOXES:
            continue
        if box.tag == "body":
            return None
        text = fold(box.text_content())
        if len(text) > _SMALL_BOX or pattern("others_hotline").search(text):
            return None
        if len(re.sub(r"\D", "", text)) >= 8:
            return box
    return None


def _mark_tail(found: tuple[Line, ...]) -> tuple[Line, ...]:
    """The last group of labelled lines is the footer where no landmark holds one."""
    if any(line.zone == "footer" and marks_of(line) for line in found):
        return found
    start = max(0, len(found) - _TAIL)
    places = [
        (number, marks)
        for number, line in enumerate(found)
        if number >= start and line.zone == "" and (marks := marks_of(line))
    ]
    group: list[int] = []
    kinds: set[str] = set()
    for number, marks in reversed(places):
        if group and group[-1] - number > 5:
            if len(kinds) >= 2 or _names_body_before(found, group):
                break
            group, kinds = [], set()
        if not _in_running_text(found[number].element):
            group.append(number)
            kinds |= marks
    if len(kinds) < 2 and not _names_body_before(found, group):
        return found
    first, last = group[-1] - 3, group[0] + 6
    return tuple(
        line._replace(zone="footer") if first <= number <= last and line.zone == "" else line
        for number, line in enumerate(found)
    )


def _names_body_before(found: tuple[Line, ...], group: list[int]) -> bool:
    """Whether a body's name stands just before a group's first line, which bears one label only."""
    if not group:
        return False
    near = found[max(0, group[-1] - 3) : group[-1] + 1]
    bodies = re.compile(rf"(?:{identity_words()['bodies']})\b")
    return any(len(line.text) < 100 and bodies.match(line.folded) for line in near)


def marks_of(line: Line) -> set[str]:
    """Which of the labels that a footer bears stand in a line with a separator behind them."""
    marks: set[str] = set()
    if pattern("asks_for_a_person").search(line.folded):
        return marks
    if re.search(r"\w@\w[\w-]*\.\w", line.text):
        marks.add("email")
    for kind in ("phone", "email", "address", "responsible", "governing", "licence", "fax"):
        match = label_words()[kind].search(line.folded)
        if match and match.start() > 30 and line.text[match.start()].islower():
            continue
        if match and (
            kind == "licence" or re.match(r"\s*[:：]|\s*$|\s[-–]\s", line.folded[match.end() :])
        ):
            marks.add(kind)
    if label_words()["copyright"].search(line.folded):
        marks.add("copyright")
    for icon, kind in (("☎", "phone"), ("✉", "email"), ("⌂", "address")):
        if icon in line.text:
            marks.add(kind)
    return marks


def _in_running_text(element: Element) -> bool:
    """Whether the innermost box around a line holds more text than a footer would."""
    for box in (element, *element.iterancestors()):
        if box.tag in _BOXES:
            if box.tag in ("body", "form"):
                return False
            return len(box.text_content()) > _RUNNING_TEXT
    return False


def lines_of(snapshot: Snapshot, page: Page) -> tuple[Line, ...]:
    """The page's lines, drawn once for all kinds of fact."""
    known: dict[str, tuple[Line, ...]] = snapshot.memo.setdefault("page_lines", {})
    if page.url not in known:
        known[page.url] = page_lines(page)
    return known[page.url]


def own_lines(snapshot: Snapshot, page: Page) -> list[Line]:
    """The lines in which the site speaks of itself."""
    known: dict[str, list[Line]] = snapshot.memo.setdefault("own_lines", {})
    if page.url not in known:
        known[page.url] = [line for line in lines_of(snapshot, page) if line.own]
    return known[page.url]
