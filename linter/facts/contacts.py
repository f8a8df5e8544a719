"""This file reads phones, e-mail addresses and the postal address that a site gives as its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from linter.facts.fields import Field, fields, labels_of, starts_with_label, strip
from linter.facts.reading import (
    entries,
    identity_pages,
    is_body,
    is_placeholder,
    pattern,
    reads,
    texts,
)
from linter.facts.zones import Line, is_contact_page, lines_of, own_lines
from linter.model import Fact, Snapshot
from linter.page import Element, Page
from linter.vietnamese import fold

# Digits and what people put between them; two blanks, a slash or " - " end a number, except
# behind an area code: "0273 - 3 976 543".
_NUMBER = re.compile(
    r"(?<![\w/@.])(?:\(?0\d{1,3}\)?\s[-–]\s(?=[2-8]))?"
    r"[+(]{0,2}\+?\d(?:[\d()]|[ .\u00a0-](?=[\d( ])|\s(?=[\d.(]))*\d(?![\w@])(?!/\d)"
)
_SPLIT = re.compile(r"\s[-–—/]\s|\s*[;,/]\s*|\s(?:hoac|va|or)\s")
_AREA_CODE = re.compile(r"(?<!\d)(?<!\d[ .-])\(?0\d{1,3}\)?$")
_FULL_STOP = re.compile(r"(?<!\btp)(?<!\btx)(?<!\btt)(?<!\bkp)(?<!\b[a-z])\.\s")
_EXTENSION = re.compile(r"\(?\b(?:ext|may le|nhanh|so le|so noi bo|line)\b.*", re.S)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
)
_SPOKEN_AT = re.compile(r"\s*(?:\[\s*(?:at|a|@|a cong)\s*\]|\(\s*(?:at|a|@|a cong)\s*\))\s*", re.I)
_SPOKEN_DOT = re.compile(r"\s*(?:\[\s*(?:dot|cham)\s*\]|\(\s*(?:dot|cham)\s*\))\s*", re.I)
_BLANK_AT = re.compile(
    r"(?<=[A-Za-z0-9_])\s+@\s*(?=[A-Za-z0-9])|(?<=[A-Za-z0-9_])@\s+(?=[A-Za-z0-9])"
)
_CLOAKED = re.compile(r"\b(addy\w+)\s*=\s*((?:'[^']*'\s*\+?\s*|addy\w+\s*\+\s*)+);")
_STREET = re.compile(
    r"\b(duong|pho|phuong|xa|quan|huyen|thi xa|thanh pho|tp|tinh|thi tran|ap|khu pho|to dan pho|"
    r"thon|ban|khom|kcn|khu|ngo|ngach|quoc lo|ql|dai lo|toa nha|so nha|str|street|ward|district|"
    r"city|province|road|so \d+|p\.?\s?\d|q\.?\s?\d|p\. \w+|q\. \w+|viet nam|vietnam)\b"
)
_HOUSE = re.compile(
    r"^(?:so(?: nha)? ?)?\d+[a-z]?(?:[-/]\d+[a-z]?)*(?:,| )|"
    r"^(?:quoc lo|ap|khom|thon|khu pho) \w|^khu \d"
)


@reads("phone", same=lambda value: national(value))  # noqa: PLW0108  # defined below
def phones(snapshot: Snapshot) -> Iterator[Fact]:
    """Telephone numbers of the organisation; faxes and placeholders are none."""
    for page in identity_pages(snapshot):
        for entry, element in entries(page):
            if is_body(entry) or "ContactPoint" in str(entry.get("@type")):
                for value in texts(entry.get("telephone")):
                    yield from _phone(value, page, element, 1.0)
        own = own_lines(snapshot, page)
        vendor = vendor_lines(snapshot, page)
        taken = _values(own)
        for field in fields(own):
            if field.kind in ("phone", "board") and not _is_vendors(field, vendor):
                sure = 0.9 if field.exact else 0.8
                for value in _numbers(field.value):
                    yield from _phone(value, page, field.value.element, sure)
                yield from _short_number(field, page)
            elif field.kind == "address" and not _is_vendors(field, vendor):
                match = _NUMBER.match(field.value.text)  # "Văn phòng: 0273 3872 111"
                if match and national(match[0]).startswith("0"):
                    yield from _phone(match[0], page, field.value.element, 0.7)
        places = ("footer",) if is_contact_page(page) else ("footer", "contact")
        for line in own:
            if line.zone in places and line not in vendor and line.text not in taken:
                for value in _bare_numbers(line):
                    yield from _phone(value, page, line.element, 0.6)
        for link in page.tree.xpath("//a[starts-with(@href, 'tel:')]"):
            if _is_own_element(link, snapshot, page, vendor):
                yield from _phone(_of_link(link, 4), page, link, 0.95)


def _of_link(link: Element, start: int) -> str:
    """The number or address that a link shows, or else leads to."""
    shown = " ".join(link.text_content().split())
    target = unquote(link.get("href")[start:].split("?")[0]).strip()
    if start == 4 and national(shown) == national(target):
        return shown
    return target


def _numbers(line: Line) -> Iterator[str]:
    """The telephone numbers in what stands behind a label."""
    end = _EXTENSION.search(line.folded)
    line = line.cut(0, end.start() if end else None)
    start = 0
    gaps = [gap for gap in _SPLIT.finditer(line.folded) if not _within_number(line, gap)]
    for gap in (*gaps, None):
        part = line.text[start : gap.start() if gap else None]
        for match in _NUMBER.finditer(part):
            before = fold(part[: match.start()])
            if not pattern("not_a_phone").search(before):
                yield from _apart(match[0])
        start = gap.end() if gap else 0


def _within_number(line: Line, gap: re.Match[str]) -> bool:
    """Whether a hyphen stands between an area code and its number."""
    return bool(
        gap[0].strip() in ("-", "–")
        and _AREA_CODE.search(line.text[: gap.start()])
        and re.match("[2-8]", line.text[gap.end() :])
    )


def _apart(text: str) -> Iterator[str]:
    """A number, or the two that a hyphen without blanks ties together."""
    if len(national(text)) <= 12:
        yield text
        return
    for gap in re.finditer(r"[-–]|\s{2,}|(?<=\d) (?=\()", text):
        both = text[: gap.start()], text[gap.end() :]
        if all(_is_dialled(national(part), part) for part in both):
            yield from both
            return


def _bare_numbers(line: Line) -> Iterator[str]:
    """Numbers of a footer without a label that can be nothing else: area code and all."""
    if labels_of(line) and not re.search(r"[@✉]", line.text):
        return
    for value in _numbers(line):
        digits = national(value)
        sure = digits.startswith("02") and len(digits) == 11 and re.search(r"\D", value.strip())
        if sure or (value.strip().startswith("(0") and len(digits) in (10, 11)):
            yield value


def _short_number(field: Field, page: Page) -> Iterator[Fact]:
    """A service number such as 1022 right behind its label."""
    match = re.match(r"(1022|1\d{2,3}|19\d{6}|18\d{6})(?!\d|[ .]\d)", field.value.text)
    if match and (match[1] == "1022" or pattern("service_labels").search(field.label)):
        yield Fact("phone", match[1], page, field.value.element, 0.7)


def national(value: str) -> str:
    """The digits of a telephone number as dialled within Viet Nam."""
    digits = re.sub(r"\D", "", value)
    digits = re.sub(r"^(?:0084|84)(?=0?[1-9]\d{7})", "0", digits) if _is_abroad(value) else digits
    return re.sub(r"^00(?=[1-9])", "0", digits)


def _is_abroad(value: str) -> bool:
    return bool(re.match(r"[\s(]*(\+|0084|84[-. )])", value))


def _phone(text: str, page: Page, element: Element, sure: float) -> Iterator[Fact]:
    digits = national(text)
    value = " ".join(text.replace("\u00a0", " ").split()).strip(" .-–,;")
    value = value + ")" if value.count("(") > value.count(")") else value
    if is_placeholder(text) or len(set(digits[-6:])) == 1 or not _is_dialled(digits, text):
        return
    yield Fact("phone", value.removeprefix(")").strip(), page, element, sure)


def _is_dialled(digits: str, text: str) -> bool:
    """Whether the digits are as long as a number of that beginning must be."""
    if re.search(r"\b\d{1,2}[./-]\d{1,2}[./-](19|20)\d\d\b", text):
        return False
    if digits.startswith(("1900", "1800")):
        return 8 <= len(digits) <= 10
    if digits.startswith("080"):
        return 8 <= len(digits) <= 10
    if digits.startswith("0"):
        return 9 <= len(digits) <= 11
    return (
        6 <= len(digits) <= 8 and digits[0] in "2345678" and not re.match(r"(19|20)\d\d$", digits)
    )


@reads("email")
def emails(snapshot: Snapshot) -> Iterator[Fact]:
    """E-mail addresses of the organisation, however they are hidden from robots."""
    for page in identity_pages(snapshot):
        for entry, element in entries(page):
            if is_body(entry) or "ContactPoint" in str(entry.get("@type")):
                for value in texts(entry.get("email")):
                    yield from _email(value.removeprefix("mailto:"), page, element, 1.0)
        own = own_lines(snapshot, page)
        vendor = vendor_lines(snapshot, page)
        for line in own:
            if line in vendor or _is_form_hint(line):
                continue
            for value in _addresses_in(line.text):
                yield from _email(value, page, line.element, 0.9)
        for link in page.tree.xpath("//a[starts-with(@href, 'mailto:')]"):
            if _is_own_element(link, snapshot, page, vendor):
                for value in _addresses_in(unquote(link.get("href")[7:].split("?")[0])):
                    yield from _email(value, page, link, 0.95)
        yield from _cloaked(page)


def _addresses_in(text: str) -> Iterator[str]:
    """The addresses of a text; "(at)", "[dot]" and blanks around @ are read as they are meant."""
    text = _SPOKEN_DOT.sub(".", _SPOKEN_AT.sub("@", text))
    text = _BLANK_AT.sub("@", text)
    for match in _EMAIL.finditer(text):
        yield match[0]


def _cloaked(page: Page) -> Iterator[Fact]:
    """Addresses that a script writes: Joomla's cloak and Cloudflare's protection."""
    for element in page.tree.xpath("//*[@data-cfemail]"):
        yield from _email(_unveil(element.get("data-cfemail")), page, element, 0.9)
    for element in page.tree.xpath("//a[contains(@href, '/cdn-cgi/l/email-protection#')]"):
        yield from _email(_unveil(element.get("href").partition("#")[2]), page, element, 0.9)
    for script in page.tree.xpath("//script[contains(., 'addy')]"):
        said: dict[str, str] = {}
        for name, written in _CLOAKED.findall(script.text or ""):
            quoted = "".join(re.findall(r"'([^']*)'", written))
            known = said.get(name, "") if name in written else ""
            said[name] = known + unescape(quoted)
        for value in said.values():
            yield from _email(value, page, script, 0.8)


def _unveil(code: str) -> str:
    try:
        key, *rest = bytes.fromhex(code)
    except ValueError:
        return ""
    return bytes(byte ^ key for byte in rest).decode("utf-8", errors="replace")


def _email(text: str, page: Page, element: Element, sure: float) -> Iterator[Fact]:
    match = _EMAIL.fullmatch(text.strip().rstrip("."))
    if match and not is_placeholder(match[0]) and not re.search(r"\.(png|jpe?g|gif)$", match[0]):
        private = re.search(r"@(gmail|yahoo|hotmail|outlook)\.", match[0].lower())
        yield Fact("email", match[0].lower(), page, element, min(sure, 0.7) if private else sure)


@reads("address")
def addresses(snapshot: Snapshot) -> Iterator[Fact]:
    """The body's own postal address; venues in running text and form labels are none."""
    for page in identity_pages(snapshot):
        for entry, element in entries(page):
            if is_body(entry):
                for text in texts(_postal(entry.get("address"))):
                    if not is_placeholder(text):
                        yield Fact("address", text, page, element, 1.0)
        own = own_lines(snapshot, page)
        vendor = vendor_lines(snapshot, page)
        taken = _values(own)
        for field in fields(own):
            if field.kind == "address" and not _is_vendors(field, vendor):
                yield from _address(field, page)
        for line in own:
            if line.zone == "footer" and line not in vendor and line.text not in taken:
                labels = labels_of(line)
                said = line.cut(0, labels[0].start if labels else None)
                start = 0
                for end in (*_FULL_STOP.finditer(said.folded), None):
                    yield from _bare_address(said.cut(start, end.start() if end else None), page)
                    start = end.end() if end else 0


def _postal(value: object) -> list[str]:
    if not isinstance(value, dict):
        return list(texts(value))
    keys = ("streetAddress", "addressLocality", "addressRegion")
    street = ", ".join(text for key in keys for text in texts(value.get(key)))
    return [street] if street else []


def _address(field: Field, page: Page) -> Iterator[Fact]:
    value = field.value
    if value.text.count(",") and field.rest and _goes_on(value, field.rest[0]):
        text = f"{value.text} {field.rest[0].text}"
        value = Line(text, f"{value.folded} {field.rest[0].folded}", value.element, value.zone)
    cut = re.search(r"\s*\(?(https?://|www\.|✉|☎|℻)", value.folded)
    value = strip(value.cut(0, cut.start() if cut else None))
    text = re.sub(r"\s*[([]\s*(xem )?(ban do|map|chi duong).*$", "", value.text, flags=re.I)
    placed = _STREET.search(value.folded) or (field.exact and _HOUSE.match(value.folded))
    placed = placed or (field.exact and re.search(r"\d.*, .*, ", value.folded))
    postal = 8 <= len(text) <= 250 and placed and not is_placeholder(text)
    number = _NUMBER.match(text)
    postal = postal and not (number and _is_dialled(national(number[0]), number[0]))
    if postal and not _EMAIL.search(text) and not value.folded.startswith(("ip", "cua ban")):
        yield Fact("address", text, page, value.element, 0.9 if field.exact else 0.7)


def _goes_on(value: Line, after: Line) -> bool:
    """Whether an address that ends in a comma continues on the next line."""
    return (
        value.text.endswith(",")
        and not starts_with_label(after)
        and bool(_STREET.search(after.folded))
        and len(after.text) < 120
    )


def _bare_address(line: Line, page: Page) -> Iterator[Fact]:
    """An address without a label: it starts with a house or a road and names two divisions."""
    line = strip(line)
    if len(line.text) > 160 or not _HOUSE.match(line.folded) or is_placeholder(line.text):
        return
    divisions, commas = len(_STREET.findall(line.folded)), line.text.count(",")
    if divisions and commas and divisions + commas > 2 and ":" not in line.text:
        yield Fact("address", line.text, page, line.element, 0.6)


def _values(own: list[Line]) -> set[str]:
    """The lines that are values of a label, of which the value does not say what it is."""
    silent = ("email", "website", "board")  # an editorial board may just be named
    return {field.value.text for field in fields(own) if field.kind not in silent}


def vendor_lines(snapshot: Snapshot, page: Page) -> list[Line]:
    """Lines about the firm that made the site, with its contacts in the lines after its mention."""
    known: dict[str, list[Line]] = snapshot.memo.setdefault("vendor_lines", {})
    if page.url not in known:
        known[page.url] = _find_vendor(own_lines(snapshot, page))
    return known[page.url]


def _find_vendor(own: list[Line]) -> list[Line]:
    found: list[Line] = []
    block: Element | None = None
    for line in own:
        match = pattern("vendors").search(line.folded)
        labels = labels_of(line)
        if match and not any(label.start < match.start() for label in labels):
            block = None if re.search(r"\d{4}|@", line.text) else line.element
            found.append(line)
        elif any(label.kind in ("address", "responsible", "governing") for label in labels):
            block = None
        elif block is not None and line.element is block:
            found.append(line)
    return found


def _is_vendors(field: Field, vendor: list[Line]) -> bool:
    return any(
        line.element is field.value.element and field.value.text in line.text for line in vendor
    )


def _is_form_hint(line: Line) -> bool:
    return bool(re.search(r"\b(vi du|vd|example|e\.g)\b", line.folded))


def _is_own_element(element: Element, snapshot: Snapshot, page: Page, vendor: list[Line]) -> bool:
    """Whether a link stands in one of the site's own lines, and not in its maker's."""
    drawn = lines_of(snapshot, page)
    for node in (element, *element.iterancestors()):
        held = [line for line in drawn if line.element is node]
        if held:
            return any(line.own and line not in vendor for line in held)
    return False
