"""This file reads who answers for a site's content: a named person, or at least a post.

A wrong name is worse than none. A name is believed behind a label, in the site's own lines, and
only when it begins with a Vietnamese surname or follows a title of address.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from linter.facts.contacts import vendor_lines
from linter.facts.fields import Field, fields, has_colon, starts_with_label, strip
from linter.facts.reading import (
    entries,
    identity_pages,
    identity_words,
    is_body,
    is_placeholder,
    is_type,
    pattern,
    reads,
)
from linter.facts.zones import Line, lines_of, own_lines
from linter.model import Fact, Snapshot
from linter.page import Element, Page
from linter.vietnamese import fold, fold_in_place, nfc

_COMMUNES = "xa|phuong|thi tran|thi xa|huyen|quan"
_LAND = re.compile(rf"(?<!\w)(?:{_COMMUNES})(?: [^\W\d_]+){{1,2}}")
_FULL_NAME = re.compile(r"\W*(?:ho (?:va )?ten|ho, ten)\s*:\s*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?\.?")
_ENDS = re.compile(r"\s[-–—]+\s?|[-–—]+\s|\s?[,;:|/()\[\]]\s?|\s{2,}|\d|☎|✉|⌂")


@reads("responsible-person")
def responsible_persons(snapshot: Snapshot) -> Iterator[Fact]:
    """The named person who answers for the content; a post or body alone is below 0.5."""
    for page in identity_pages(snapshot):
        for entry, element in entries(page):
            yield from _accountable(entry, page, element)
        own = own_lines(snapshot, page)
        vendor = vendor_lines(snapshot, page)
        lands = _lands(snapshot, page)
        for field in fields([line for line in own if line not in vendor]):
            if field.kind == "responsible":
                yield from _person(field, page, lands)


def _lands(snapshot: Snapshot, page: Page) -> Counter[str]:
    """How often the page names a commune or district, by its first two words: "xa mau trung"."""
    titles = [fold(title.text_content()) for title in page.tree.xpath("//head/title")]
    said = [*titles, *(line.folded for line in lines_of(snapshot, page))]
    return Counter(match[0] for text in said for match in _LAND.finditer(text))


def _accountable(entry: dict[str, object], page: Page, element: Element) -> Iterator[Fact]:
    """schema.org's accountablePerson of a site or a body."""
    if not (is_body(entry) or is_type(entry, "WebSite")):
        return
    person = entry.get("accountablePerson")
    name = person.get("name") if isinstance(person, dict) else person
    if isinstance(name, str) and (found := person_name(name)):
        yield Fact("responsible-person", found, page, element, 1.0)


def _person(field: Field, page: Page, lands: Mapping[str, int]) -> Iterator[Fact]:
    bare = pattern("responsible_needs_more").search(field.label)
    if bare and not field.exact and not _title(field.value):
        return
    value = field.value
    name = person_name(value.text, lands)
    if name:
        yield Fact("responsible-person", name, page, value.element, 0.9 if not bare else 0.8)
        return
    if not value.text or is_placeholder(value.text) or has_colon(value):
        return
    post = _post(value)
    alone = (post and not value.text[post.end() :].strip(" -–:,.")) or _title_alone(value)
    after = field.rest[0] if field.rest else None
    if after and (label := _FULL_NAME.match(after.folded)):
        alone, after = bool(post), after.cut(label.end())
    if alone and after and (name := _name_alone(after)):
        yield Fact("responsible-person", name, page, after.element, 0.85)
    elif post or pattern("bodies").match(value.folded):
        yield Fact("responsible-person", value.text[:80], page, value.element, 0.4)


def _title_alone(value: Line) -> bool:
    match = _titles().fullmatch(value.folded.strip(" .:") + " ")
    return match is not None


def _name_alone(line: Line) -> str:
    """The name that a line holds and nothing else but titles and a post."""
    if starts_with_label(line) or has_colon(line) or len(line.text) > 90:
        return ""
    if re.search(r"\d", line.text):
        return ""
    return person_name(line.text)


@cache
def _titles() -> re.Pattern[str]:
    words = identity_words()["titles_of_address"]
    return re.compile(rf"(?:(?:{words})(?:\s*\([^)]*\))?(?:\s*[.,:]\s*|\s+)+)+")


@cache
def _posts() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(identity_words()['posts'])})\b")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(identity_words()["surnames"].split())


def _title(line: Line) -> bool:
    return bool(_titles().match(line.folded))


def _post(line: Line) -> re.Match[str] | None:
    return _posts().match(line.folded)


def person_name(text: str, lands: Mapping[str, int] | None = None) -> str:
    """The person named at the start of a text, titles of address and post left off; else empty.

    `lands` says how often the page names which commune: what follows "Chủ tịch UBND xã" is a name
    only where the commune is known to be called otherwise.
    """
    text = " ".join(nfc(text).split())
    line = strip(Line(text, fold_in_place(text), None, ""))
    titled = False
    post = None
    for _ in range(3):  # a post and titles of address may stand in either order
        if match := _titles().match(line.folded):
            titled, line = True, strip(line.cut(match.end()))
        elif post is None and (post := _posts().match(line.folded)):
            line = strip(line.cut(post.end()))
            if match := pattern("in_charge").match(line.folded):
                line = strip(line.cut(match.end()))
        else:
            break
    name = _leading_name(line, titled)
    if not name and post is not None:
        return _trailing_name(line, lands or {})
    if not name and pattern("bodies").match(line.folded):
        end = re.search(r"[;:|]", line.text)
        return _titled_name(line.cut(0, end.start() if end else None))
    return name


def _leading_name(line: Line, titled: bool) -> str:
    end = _ENDS.search(line.text)
    head = line.cut(0, end.start() if end else None)
    if post := re.search(rf"\s(?:{_posts().pattern})", head.folded):
        head = head.cut(0, post.start())
    words = head.text.split()
    while words and not _is_name_word(words[-1]):
        words.pop()  # "Trần Mẫu An kiêm nhiệm": what is not written as a name ends it
    for number, word in enumerate(words):
        if not _is_name_word(word):
            words = words[:number]
            break
    return _checked(words, titled, whole=len(words) == len(head.text.split()))


def _trailing_name(line: Line, lands: Mapping[str, int]) -> str:
    """A name behind post and body: "Chánh Văn phòng UBND tỉnh Trần Mẫu An"."""
    if name := _titled_name(line):
        return name
    head = line.cut(0, end.start() if (end := re.search(r"[;|(\d☎✉⌂]|: ", line.text)) else None)
    for separator in reversed(list(re.finditer(r"\s[-–—]\s|:\s*|,\s", head.text))):
        if name := _leading_name(head.cut(separator.end()), titled=False):
            return name
    words = head.text.split()
    for size in (4, 3, 5):
        tail = words[-size:]
        before = fold_in_place(" ".join(words[:-size]).lower())
        no_land = _is_no_land(before, tail, lands)
        if pattern("named_after_persons").search(before) and not no_land:
            continue
        likely = _surnames() if no_land else _strong_surnames()
        known = len(words) > size and _is_surname(tail[0], likely)
        if known and all(_is_name_word(word) for word in tail):
            return _checked(tail, titled=False, whole=True)
    return ""


def _is_no_land(before: str, tail: Sequence[str], lands: Mapping[str, int]) -> bool:
    """Whether words behind "xã" are not the commune's name: the page says another one, and again.

    Communes are called after heroes: "Chủ tịch UBND xã Lê Minh Xuân" may name nobody.
    """
    match = re.search(rf"\b(?:{_COMMUNES})$", before)
    if not match:
        return False
    named = f"{match[0]} {fold_in_place(' '.join(tail[:2]).lower())}"
    elsewhere = any(
        times > 1 and land.startswith(match[0] + " ") and land != named
        for land, times in lands.items()
    )
    return elsewhere and lands.get(named, 0) <= 1  # once: in the line that is read


def _titled_name(line: Line) -> str:
    """The name behind the first "Ông", "Bà" or "Đồng chí" within a line."""
    for title in re.finditer(rf"(?<!\w){_titles().pattern}", line.folded):
        if title.start() > 0 and title[0].strip(" .:,") in ("ong", "ba", "dong chi", "d/c"):
            return _leading_name(line.cut(title.end()), titled=True)
    return ""


@cache
def _strong_surnames() -> frozenset[str]:
    """Surnames so common that one within a row of capitalised words begins a name."""
    return frozenset(identity_words()["common_surnames"].split())


def _is_name_word(word: str) -> bool:
    letters = word.strip(".’'")
    plain = letters.replace("'", "").replace("’", "")
    return plain.isalpha() and (plain[0].isupper()) and (plain.istitle() or plain.isupper() or
        plain[0] == "H")  # fmt: skip


def _checked(words: list[str], titled: bool, whole: bool) -> str:
    """The words as a name if they can be one, else empty."""
    name = " ".join(words).strip(" .,-–")
    folded = fold_in_place(name.lower())
    if not 2 <= len(words) <= 6 or is_placeholder(name) or len(name) > 40:
        return ""
    if pattern("not_a_person").match(folded) or len(words[-1]) == 1:
        return ""
    surname = _is_surname(words[0], _surnames())
    if not surname and not titled:
        return ""
    if _names_a_body(name, folded) or _mixes_cases(words):
        return ""
    return name if whole or surname else ""


def _is_surname(word: str, known: frozenset[str]) -> bool:
    lower = word.lower()
    return fold_in_place(lower) in known and lower not in identity_words()["not_surnames"].split()


def _names_a_body(name: str, folded: str) -> bool:
    """Whether the words are a body's; a few surnames are written almost like "Trường" or "Đoàn"."""
    if re.match(r"(trương|hà|bộ|bảo|đoàn(?! thanh| thể| kinh| luật| đại| tncs)) ", name.lower()):
        return False
    return bool(re.match(rf"(?:{identity_words()['bodies']})\b", folded))


def _mixes_cases(words: list[str]) -> bool:
    """Whether abbreviations stand among words written as names are: "CKII Trần"."""
    shouted = [word.isupper() for word in words if len(word) > 1]
    return any(shouted) and not all(shouted)
