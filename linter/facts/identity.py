"""This file reads who publishes a site: the body, its superior, editors, licence, source rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from linter.facts.fields import fields, labels_of, strip
from linter.facts.persons import person_name
from linter.facts.reading import (
    entries,
    identity_pages,
    identity_words,
    is_body,
    is_placeholder,
    is_type,
    pattern,
    reads,
    texts,
)
from linter.facts.zones import Line, label_words, lines_of, own_lines
from linter.model import Fact, Snapshot
from linter.page import Element, Page
from linter.vietnamese import fold, fold_in_place, nfc

_LICENCE = re.compile(
    r"(?<![\w/])(\d{1,5}\s*/\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ][A-ZĐa-z]*(?:\s*[-–—/.&]\s*[A-ZĐ][A-ZĐa-z]*)*"
    r"(?:\s[A-ZĐ]{2,})*)"
)
_DAY = re.compile(
    r"(?:ngay\s*:?\s*)?(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})\s*(?:[/.-]|nam)\s*((?:19|20)\d\d)"
)
_AUTHORITY = re.compile(
    r"\b(?:do|noi cap:?|co quan cap:?|cua)\s+(.{3,90}?)\s*(?:\bcap\b|[;(]|\.\s|\.?$|ngay\s+\d)"
    r"|(?:^|[,;(-])\s*(?!do\b|ngay\b|cua\b)([^,;(\s][^,;(]{5,90}?)\s+cap\b"
)


@reads("organisation")
def organisations(snapshot: Snapshot) -> Iterator[Fact]:
    """The full name of the body that publishes the site: the best founded one."""
    for page in identity_pages(snapshot)[:1]:
        for entry, element in entries(page):
            if is_body(entry) and not entry.get("parentOrganization_of"):
                names = [nfc(text) for text in texts(entry.get("name"))]
                if names and (body_name(names[0]) or is_type(entry, "GovernmentOrganization")):
                    yield Fact("organisation", names[0], page, element, 1.0)
                    return
        said = list(_names(snapshot, page))
        votes = Counter(fold(name) for name, _, _ in said)
        ranked = sorted(said, key=lambda item: -(item[2] + 0.05 * min(votes[fold(item[0])] - 1, 2)))
        if ranked:
            name, where, sure = ranked[0]
            yield Fact("organisation", name, page, where, min(sure, 0.95))


def _names(snapshot: Snapshot, page: Page) -> Iterator[tuple[str, Element, float]]:
    """Names of bodies where a site puts its own, each with its place and weight."""
    metas = "//meta[@name='DC.publisher' or @name='DC.Publisher' or @name='dcterms.publisher']"
    for meta in page.tree.xpath(metas):
        if name := body_name(meta.get("content", "")):
            yield name, meta, 0.95
    for meta in page.tree.xpath("//meta[@property='og:site_name' or @name='author']"):
        if name := body_name(meta.get("content", "")):
            yield name, meta, 0.85
    superiors = {
        (id(field.value.element), field.value.text)
        for field in fields(own_lines(snapshot, page))
        if field.kind == "governing" and field.exact
    }
    for line in lines_of(snapshot, page):
        if (id(line.element), strip(line).text) in superiors:
            continue
        if line.zone == "footer" or (line.own and label_words()["copyright"].search(line.folded)):
            rest = line.cut(_end_of_copyright(line))
            if name := body_name(rest.text):
                owned = bool(label_words()["copyright"].search(line.folded))
                yield name, line.element, 0.9 if owned else 0.8
    heads = [line for line in lines_of(snapshot, page)[:40] if line.zone == "header"]
    above = [
        (line, name)
        for line in heads or lines_of(snapshot, page)[:4]
        if (name := body_name(line.text))
    ]
    for number, (line, name) in enumerate(above):
        parent = number + 1 < len(above) and pattern("superiors").match(fold(name))
        yield name, line.element, 0.6 if parent else 0.8
    for title in page.tree.xpath("//head/title")[:1]:
        for part in re.split(r"\s[-–|»:]+\s", title.text_content()):
            if name := body_name(part):
                yield name, title, 0.75
    for picture in page.tree.xpath("//img[@alt]")[:6]:
        if name := body_name(picture.get("alt")):
            yield name, picture, 0.7


def _end_of_copyright(line: Line) -> int:
    match = re.search(
        r"^.*?(?:©|\(c\)|copyright|ban quyen)"
        r"(?:\s*(?:©|\(c\)|copyright|ban quyen|thuoc|ve|cua|by|:|\d{4}|-|–|,))*\s*",
        line.folded,
    )
    return match.end() if match else 0


def body_name(text: str) -> str:
    """The name of a public body that a text is, words such as "Cổng thông tin điện tử" left off."""
    text = " ".join(nfc(text).split())
    line = strip(Line(text, fold_in_place(text), None, ""))
    if match := re.match(
        rf"(?:{identity_words()['site_words']})(?:\s*[-–:]\s*|\s+|$)", line.folded
    ):
        portal, line = True, strip(line.cut(match.end()))
    else:
        portal = False
    end = re.search(
        r"\s[|»]\s|\.\s|[;:]|\s[-–]\s(?=.*\d)|\s?☎|\s?✉|\s?⌂|\s\(?(?:19|20)\d\d", line.text
    )
    line = strip(line.cut(0, end.start() if end else None))
    line = _first_of_two(line)
    starts = identity_words()["bodies"] + ("|" + identity_words()["lands"] if portal else "")
    english = pattern("english_bodies").search(line.folded) and line.text.isascii()
    begins = re.match(rf"(?:{starts})\b", line.folded) or english
    if not begins or not (line.text[:1].isupper() or portal):
        return ""
    if re.match(rf"{identity_words()['not_bodies']}(?!\w)", line.text.lower()):
        return ""
    words = line.text.split()
    if not 2 <= len(words) <= 16 or len(line.text) > 110 or is_placeholder(line.text):
        return ""
    if labels_of(line) or re.search(r"\d{3}|@|\?|!", line.text):
        return ""
    capitals = sum(word[0].isupper() for word in words)
    land = portal and re.match(rf"(?:{identity_words()['lands']})\b", line.folded)
    if capitals < (1 if land else 2) or _is_headline(line):  # "thành phố Huế" has one
        return ""
    return line.text[0].upper() + line.text[1:]


def _first_of_two(line: Line) -> Line:
    """Of "Cục Thuế tỉnh Mẫu - Tổng cục Thuế" the first body."""
    for gap in re.finditer(r"\s[-–—]\s", line.text):
        first = len(line.text[: gap.start()].split()) >= 3
        rest = line.folded[gap.end() :]
        if rest.startswith("co quan") or (
            first and re.match(rf"(?:{identity_words()['bodies']})\b", rest)
        ):
            return line.cut(0, gap.start())
    return line


def _is_headline(line: Line) -> bool:
    """Whether a text goes on with a verb: news of a body, not its name."""
    words = identity_words()["headline_words"]
    return bool(re.search(rf"(?<!\w)(?:{words})(?!\w)", line.text))


@reads("governing-body")
def governing_bodies(snapshot: Snapshot) -> Iterator[Fact]:
    """The body above: named so, stated as parent organisation, or by the line above the name."""
    for page in identity_pages(snapshot):
        for entry, element in entries(page):
            parent = entry.get("parentOrganization")
            for value in texts(parent.get("name") if isinstance(parent, dict) else parent):
                yield Fact("governing-body", value, page, element, 1.0)
        own = own_lines(snapshot, page)
        for field in fields(own):
            if field.kind == "governing" and (name := _superior(field.value)):
                yield Fact("governing-body", name, page, field.value.element, 0.9)
        for line in own:
            match = label_words()["belongs"].search(line.folded)
            if match and (name := _superior(line.cut(match.end()))):
                yield Fact("governing-body", name, page, line.element, 0.7)
    if not snapshot.facts.get("governing-body"):
        yield from _line_above(snapshot)


def _superior(value: Line) -> str:
    """The body that a value names, without what follows it."""
    end = re.search(
        r"\s[|]\s|\s[-–]\s(?=\d|so \d)|[;:.]\s?|,\s(?=dia chi|dt|tel)|\s?[☎✉⌂]|\s\(", value.folded
    )
    value = _first_of_two(value)
    value = strip(value.cut(0, end.start() if end else None))
    starts = f"{identity_words()['bodies']}|{identity_words()['lands']}|chinh phu|quoc hoi"
    begins = re.match(rf"(?:{starts})\b", value.folded)
    begins = begins or pattern("english_bodies").search(value.folded)
    good = begins and value.text[:1].isupper()
    if not good or is_placeholder(value.text) or not 2 <= len(value.text.split()) <= 18:
        return ""
    return "" if labels_of(value) or len(value.text) > 120 else value.text


def _line_above(snapshot: Snapshot) -> Iterator[Fact]:
    """The parent's line right above the body's own name in a banner."""
    own = organisations(snapshot)
    page = snapshot.home
    if not own or page is None:
        return
    name = fold(own[0].value)
    drawn = [line for line in lines_of(snapshot, page)[:30] if line.zone in ("header", "")]
    for above, below in pairwise(drawn):
        if _is_called(below, name):
            superior = _superior(above)
            said = fold(superior)
            higher = pattern("superiors").match(said) or _is_branch_of(name, said)
            if superior and higher and not _is_called(above, name):
                yield Fact("governing-body", superior, page, above.element, 0.6)
                return
        if _is_called(above, name) and below.zone == "header":
            superior = _superior(below)
            lower = pattern("subordinates").match(name)
            if lower and superior and pattern("parents").match(fold(superior)):
                yield Fact("governing-body", superior, page, below.element, 0.55)
                return


def _is_called(line: Line, name: str) -> bool:
    """Whether a line of a banner is the body's name, the land's alone, or how it begins."""
    said = fold(body_name(line.text)) or fold(line.text)
    if said == name or (len(said.split()) > 2 and name.startswith(said)):
        return True
    return bool(re.match(rf"(?:{identity_words()['lands']})\b", name)) and said.endswith(" " + name)


def _is_branch_of(name: str, said: str) -> bool:
    """Whether "Bảo hiểm xã hội tỉnh Mẫu" stands below "Bảo hiểm xã hội Việt Nam"."""
    branch = re.search(r" (tinh|thanh pho|huyen|quan|xa|khu vuc) ", name[12:])
    return bool(branch) and said != name and name.split()[:3] == said.split()[:3]


@reads("editorial-board")
def editorial_boards(snapshot: Snapshot) -> Iterator[Fact]:
    """Where the site shows its editorial board: a line, heading or link that names it."""
    news = pattern("board_is_news")
    starts = label_words()["board"]
    for page in identity_pages(snapshot):
        answers = {
            id(field.value)
            for field in fields(own_lines(snapshot, page))
            if field.kind == "responsible"
        }
        for line in lines_of(snapshot, page):
            match = starts.search(line.folded)
            if line.zone == "article" or not match or len(line.text) > 160:
                continue
            if news.search(line.folded) or re.search(r"\d{1,2}/\d{1,2}/\d{4}", line.text):
                continue
            answers_too = label_words()["responsible"].search(line.folded, 0, match.start())
            named = match[0].startswith("truong")
            if (answers_too and not named) or id(line) in answers:
                continue
            head = line.text[: match.start()].strip(" -–:•*.\t")
            behind = line.folded[match.end() :].lstrip()
            if line.own and behind[:1] in (":", "-", "–", ""):
                yield Fact("editorial-board", line.text, page, line.element, 0.9)
            elif answers_too and line.own:
                yield Fact("editorial-board", line.text, page, line.element, 0.8)
            elif not head and (behind[:1] in ("", ":") or line.own or _names_person(behind, line)):
                yield Fact("editorial-board", line.text, page, line.element, 0.7)


def _names_person(behind: str, line: Line) -> bool:
    return bool(person_name(line.text[len(line.text) - len(behind) :]))


@reads("licence")
def licences(snapshot: Snapshot) -> Iterator[Fact]:
    """The number of the site's licence; liquor, driving and software licences are none."""
    for fact, _ in _licence_lines(snapshot):
        yield fact


@reads("licence-date")
def licence_dates(snapshot: Snapshot) -> Iterator[Fact]:
    """The day on which the site's licence was issued, as YYYY-MM-DD."""
    for fact, rest in _licence_lines(snapshot):
        if match := _DAY.search(fold_in_place(rest)):
            day, month, year = match.groups()
            value = f"{year}-{int(month):02d}-{int(day):02d}"
            yield Fact("licence-date", value, fact.page, fact.element, fact.confidence)


@reads("licence-authority")
def licence_authorities(snapshot: Snapshot) -> Iterator[Fact]:
    """Who issued the site's licence."""
    for fact, rest in _licence_lines(snapshot):
        folded = fold_in_place(rest)
        match = _AUTHORITY.search(folded)
        value = (
            strip(Line(rest, folded, fact.element, "").cut(*match.span(match.lastindex or 1)))
            if match
            else None
        )
        if value and re.match(rf"(?:{identity_words()['bodies']})\b", value.folded):
            yield Fact("licence-authority", value.text, fact.page, fact.element, fact.confidence)


def _licence_lines(snapshot: Snapshot) -> Iterator[tuple[Fact, str]]:
    """Each licence number with what stands behind it, over two lines."""
    bad, site = pattern("not_a_licence"), pattern("licence_site")
    codes = re.compile(identity_words()["licence_numbers"])
    for page in identity_pages(snapshot):
        own = own_lines(snapshot, page)
        for number, line in enumerate(own):
            label = label_words()["licence"].search(line.folded)
            if not label:
                continue
            text = line.text
            if not _LICENCE.search(text, label.start()):
                text = " ".join(part.text for part in own[number : number + 2])
            match = _LICENCE.search(text, label.start())
            if not match or match.start() - label.end() > 120:
                continue
            said = fold_in_place(text[max(0, label.start() - 40) : match.end() + 30])
            code = fold(match[1])
            if bad.search(said) or not (codes.search(code) or site.search(said)):
                continue
            value = re.sub(r"\s*([-–—/])\s*", lambda m: m[1].replace("–", "-"), match[1]).strip()
            value = re.sub(r"TT ĐT", "TTĐT", value)
            rest = text[match.end() :]
            if not _DAY.search(fold_in_place(rest)):
                rest = "; ".join((rest, *(part.text for part in own[number + 1 : number + 2])))
            sure = 0.95 if _DAY.search(fold_in_place(rest)) else 0.8
            yield Fact("licence", value, page, line.element, sure), rest


@reads("source-rule")
def source_rules(snapshot: Snapshot) -> Iterator[Fact]:
    """The notice on how the site's texts may be used again."""
    english = re.compile(identity_words()["source_rule"]["english"])
    for page in identity_pages(snapshot):
        drawn = [line for line in lines_of(snapshot, page) if line.zone not in ("article", "menu")]
        for line, after in pairwise([*drawn, None]):
            assert line is not None
            if len(line.text) > 500:
                continue
            if _tells_source_rule(line.folded) or (line.own and english.search(line.folded)):
                yield Fact("source-rule", line.text, page, line.element, 0.9)
                continue
            over_two = after is not None and line.own and len(after.text) < 200
            if over_two and after and not _tells_source_rule(after.folded):
                both = f"{line.folded} {after.folded}"
                if _tells_source_rule(both):
                    yield Fact("source-rule", f"{line.text} {after.text}", page, line.element, 0.8)


@lru_cache(maxsize=1 << 12)  # the lines that frame a site's pages come again on each
def _tells_source_rule(folded: str) -> bool:
    return bool(_source_rule().search(folded))


@cache
def _source_rule() -> re.Pattern[str]:
    words = identity_words()["source_rule"]
    before, used = words["before"], words["words"]
    return re.compile(
        rf"{before}.{{0,160}}\b(?:{used})\b|\b(?:{used})\b.{{0,200}}{before}|{words['consent']}"
    )
