"""This file reads who publishes a site: the body, its superior, who answers for it, its licence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.facts.reading import (
    identity_pages,
    is_placeholder,
    is_type,
    json_ld,
    landmark,
    lines,
    phrases,
    reads,
    texts,
)
from linter.model import Element, Fact, Page, Snapshot
from linter.vietnamese import fold

_LICENCE = re.compile(
    r"(?:số|Số)\s*:?\s*([\d]+\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\w\s/–-]*?)"
    r"(?=\s*(?:[,;.(]|do |ngày |cấp |$))"
)
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")


@reads("organisation")
def organisations(snapshot: Snapshot) -> Iterator[Fact]:
    """The full name of the body that publishes the site."""
    for page in identity_pages(snapshot)[:1]:
        for entry, script in json_ld(page):
            if is_type(entry, "GovernmentOrganization"):
                for value in texts(entry.get("name")):
                    yield Fact("organisation", value, page, script, 1.0)
        for meta in page.tree.xpath("//meta[@name='DC.publisher' or @property='og:site_name']"):
            if meta.get("content", "").strip():
                yield Fact("organisation", meta.get("content").strip(), page, meta, 0.9)


@reads("governing-body")
def governing_bodies(snapshot: Snapshot) -> Iterator[Fact]:
    """The body above: named so, or stated as parent organisation."""
    for page in identity_pages(snapshot):
        for entry, script in json_ld(page):
            parent = entry.get("parentOrganization")
            if isinstance(parent, dict):
                for value in texts(parent.get("name")):
                    yield Fact("governing-body", value, page, script, 1.0)
        for line, element in _identity_lines(page):
            above = _after(line, phrases()["governing_body"])
            if above:
                yield Fact("governing-body", above[:120], page, element, 0.85)


@reads("responsible-person")
def responsible_persons(snapshot: Snapshot) -> Iterator[Fact]:
    """The named person who answers for the content; a post alone is read at low confidence."""
    for page in identity_pages(snapshot):
        pairs = list(_identity_lines(page))
        for index, (line, element) in enumerate(pairs):
            value = _after(line, phrases()["responsible_person"])
            if value is None:
                continue
            if not value and index + 1 < len(pairs):
                value = pairs[index + 1][0]
            name = person_name(value or "")
            if name:
                yield Fact("responsible-person", name, page, element, 0.9)
            elif value and any(post in fold(value) for post in phrases()["posts"]):
                yield Fact("responsible-person", value[:80], page, element, 0.4)


def person_name(text: str) -> str:
    """The person named at the start of a text, title of address and post left off; else empty."""
    words = text.strip(" :-–,.").split()
    titles = set(phrases()["titles_of_address"])
    while words and (fold(words[0]).strip(".") in titles or words[0].lower() == "đồng"):
        if fold(" ".join(words[:2])) == "dong chi":
            words = words[2:]
        elif fold(words[0]).strip(".") in titles:
            words = words[1:]
        else:
            break
    rest = " ".join(words)
    for post in phrases()["posts"]:
        if fold(rest).startswith(post):
            rest = rest[len(post) :].strip(" :-–,.") if len(fold(rest)) == len(rest) else ""
            break
    head = re.split(r"\s[-–]\s|[,;:(|]", rest)[0].strip()
    parts = head.split()
    if not 2 <= len(parts) <= 5 or is_placeholder(head):
        return ""
    if not all(part.isalpha() and (part.istitle() or len(part) == 1) for part in parts):
        return ""
    folded = fold(head)
    bodies = ("so ", "uy ban", "ban ", "van phong", "phong ", "trung tam", "cong ", "huyen", "tinh")
    posts = tuple(phrases()["posts"])
    return "" if folded.startswith((*bodies, *posts)) else head


@reads("editorial-board")
def editorial_boards(snapshot: Snapshot) -> Iterator[Fact]:
    """Where the site shows its editorial board: a heading or line that names it."""
    for page in identity_pages(snapshot):
        for element in page.tree.xpath("//h1|//h2|//h3|//h4|//th|//dt|//p|//li|//td"):
            text = text_of(element)
            if 0 < len(text) <= 160 and any(
                phrase in fold(text) for phrase in phrases()["editorial_board"]
            ):
                yield Fact("editorial-board", text, page, element, 0.9)


@reads("licence")
def licences(snapshot: Snapshot) -> Iterator[Fact]:
    """The number of the site's licence; liquor, driving and software licences are none."""
    for page in identity_pages(snapshot):
        for line, element in _identity_lines(page):
            folded = fold(line)
            if any(phrase in folded for phrase in phrases()["not_a_licence"]):
                continue
            if not any(phrase in folded for phrase in phrases()["licence"]):
                continue
            match = _LICENCE.search(line)
            if match and not is_placeholder(match[1]):
                day = _DAY.search(line[match.end() :])
                sure = 0.95 if day else 0.8
                yield Fact("licence", " ".join(match[1].split()), page, element, sure)


@reads("source-rule")
def source_rules(snapshot: Snapshot) -> Iterator[Fact]:
    """The notice on how the site's texts may be used again."""
    patterns = [re.compile(pattern) for pattern in phrases()["source_rule"]]
    for page in identity_pages(snapshot):
        for line, element in lines(page):
            if len(line) <= 400 and any(pattern.search(fold(line)) for pattern in patterns):
                yield Fact("source-rule", line, page, element, 0.9)


def _identity_lines(page: Page) -> Iterator[tuple[str, Element]]:
    """Lines of header and footer, and of a contact page's text."""
    roots = [*landmark(page, "footer"), *landmark(page, "header")]
    if any(word in fold(page.url) for word in phrases()["contact_pages"]):
        roots.extend(page.tree.xpath("//main | //body[not(.//main)]"))
    for root in roots:
        yield from lines(page, root)


def _after(line: str, starts: list[str]) -> str | None:
    """What follows the first of the phrases in a line; None when none stands there."""
    folded = fold(line)
    if len(folded) != len(line):
        return None
    for phrase in starts:
        match = re.search(rf"\b{re.escape(phrase)}\b\s*[:–-]?\s*", folded)
        if match and match.start() < 40:
            return line[match.end() :].strip()
    return None
