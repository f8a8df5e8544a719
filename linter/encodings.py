"""This file reads Vietnamese that was written before Unicode: TCVN3, VNI and VISCII.

Such text mostly hides in pages that call themselves UTF-8: its bytes were taken for West European
letters, so that “Phòng Giáo dục” became “Phßng Gi¸o dôc” (TCVN3) or “Phoøng Giaùo duïc” (VNI). A
word is read so only where it is no Vietnamese syllable as it stands and one when it is so read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_HATS = {
    **{"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309"},
    **{"ã": "\u0302\u0303", "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301"},
    **{"è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323"},
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
# RFC 1456, from 0x80 up; the six letters below 0x20 are capitals that hardly occur.
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    "ĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_LETTER = "A-Za-z\u00a1-\u00ff\xad"
# Only where a word begins: a run of a million letters is looked at once.
_WORD = re.compile(rf"(?<![{_LETTER}])[{_LETTER}]*[\u00a1-\u00ff\xad][{_LETTER}]*")
_RUN = re.compile(f"[{_LETTER}]+")
_ONSET = "(?:ngh|ng|nh|th|tr|ph|kh|gh|gi|ch|qu|[bcdghklmnprstvx])?"
_RIME = (
    "(?:[aeiouy]|ia|ua|uo|uy|ai|ao|au|ay|eo|eu|iu|oa|oe|oi|ui|uu|ieu|yeu|oai|oay|oeo|uay|uoi|uou"
    "|uya|uyu|uoa|ue|"
    "(?:a|e|i|o|u|y|ie|ye|oa|oe|oo|ua|ue|uo|uy|uye)(?:ch|ng|nh|[ckmnpt]))"
)
_SYLLABLE = re.compile(f"{_ONSET}{_RIME}")
_MARKS = frozenset("\u0300\u0301\u0303\u0309\u0323")
_KNOWN_MARKS = _MARKS | {"\u0302", "\u0306", "\u031b"}
_SEGMENT = re.compile(r"[^<>]+")
_MODERN = re.compile("[\u0100-\u01b0\u1ea0-\u1ef9\u0300-\u0323]")
# So many different words of one encoding are no coincidence.
_FEWEST = 3
_OWN = ("viscii", "tcvn3")


def declares_own(name: str) -> str:
    """Our name of a declared encoding that Python does not know; empty for others."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    if plain in ("viscii", "xviscii", "csviscii"):
        return "viscii"
    return "tcvn3" if plain in ("tcvn", "tcvn3", "xviettcvn5712", "tcvn5712", "tcvn57121") else ""


def decode(body: bytes, name: str) -> str:
    """The text of bytes in an encoding that Python or we know; what cannot be read is U+FFFD."""
    if name == "viscii":
        return "".join(chr(b) if b < 0x80 else _VISCII[b - 0x80] for b in body)
    if name == "tcvn3":
        return "".join(_TCVN3.get(char, char) for char in body.decode("latin-1"))
    text = body.decode(name, errors="replace")
    # Windows-1258 writes tones as letters of their own; that is its way, not the writer's.
    return unicodedata.normalize("NFC", text) if name.endswith("1258") else text


def is_mostly_utf8(body: bytes) -> bool:
    """Whether more of the letters beyond ASCII are whole UTF-8 than are none."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", errors="replace")
        broken = text.count("\ufffd")
        whole = len(text) - len(text.encode("ascii", "ignore")) - broken
        return whole >= broken
    return True


def is_syllable(word: str) -> bool:
    """Whether a word is built as a Vietnamese syllable is: one tone, known beginnings and ends."""
    if word not in (word.lower(), word.upper(), word.capitalize()):
        return False
    parts = unicodedata.normalize("NFD", word.lower()).replace("đ", "d")
    if any(unicodedata.combining(char) and char not in _KNOWN_MARKS for char in parts):
        return False
    if sum(char in _MARKS for char in parts) > 1:
        return False
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return plain.isascii() and bool(_SYLLABLE.fullmatch(plain))


@cache
def _read(word: str) -> Mapping[str, str]:
    """How a word reads in each old encoding in which it makes sense; empty for a sound word."""
    if is_syllable(word.replace("\xad", "")):
        return {}
    readings = {"TCVN3": _from_tcvn3(word), "VNI": _from_vni(word)}
    readings["VISCII"] = _from_viscii(word)
    return {name: text for name, text in readings.items() if text and is_syllable(text)}


def _from_tcvn3(word: str) -> str:
    """TCVN3 has capitals without tones only: they are written in another font."""
    return "".join(_TCVN3.get(char, char) for char in word)


def _from_vni(word: str) -> str:
    out: list[str] = []
    for char in word:
        lower = char.lower()
        if lower in _VNI_ALONE:
            letter = _VNI_ALONE[lower]
            out.append(letter if char == lower else letter.upper())
        elif lower in _VNI_TONES and out and out[-1].lower() in "aeouyơư":
            out.append(_VNI_TONES[lower])
        elif lower in _VNI_HATS and out and out[-1].lower() in "aeo":
            out.append(_VNI_HATS[lower])
        else:
            out.append(char)
    return unicodedata.normalize("NFC", "".join(out))


def _from_viscii(word: str) -> str:
    try:
        return decode(word.encode("cp1252"), "viscii")
    except UnicodeEncodeError:
        return ""


# A longer line, which may be a whole page, stands on no other page and is not kept.
_SHORT_LINE = 400


def _old_words(line: str) -> frozenset[str]:
    """The words of a line that make sense in an old encoding."""
    return _of_short_line(line) if len(line) <= _SHORT_LINE else _of_line(line)


@lru_cache(maxsize=1 << 14)  # the lines of a site's head and foot stand on each of its pages
def _of_short_line(line: str) -> frozenset[str]:
    return _of_line(line)


def _of_line(line: str) -> frozenset[str]:
    if line.isascii():
        return frozenset()
    return frozenset(word for word in _RUN.findall(line) if not word.isascii() and _read(word))


def old_words(text: str) -> tuple[str, Mapping[str, str]]:
    """The old encoding that words of a text are in, and each of them as it should read.

    Empty where there are not enough of them to be sure.
    """
    words = frozenset().union(*map(_old_words, text.split("\n")))
    readings = {word: _read(word) for word in words}
    counts = Counter(name for found in readings.values() for name in found)
    if not counts:
        return "", {}
    name, count = counts.most_common(1)[0]
    if count < _FEWEST:
        return "", {}
    return name, {word: found[name] for word, found in readings.items() if name in found}


def modern(text: str, known: tuple[str, Mapping[str, str]] | None = None) -> str:
    """The text with its old words in Unicode; `known` is what old_words() says of it.

    Some old words are sound ones too (“dôc” is “dục”): they are read as old where a piece of text
    between two tags has surely old words and no letter that only Unicode has.
    """
    name, readings = known or old_words(text)
    if not readings:
        return text

    def read_segment(segment: re.Match[str]) -> str:
        piece = segment[0]
        words = _WORD.findall(piece)
        if not any(word in readings for word in words):
            return piece
        pure = not _MODERN.search(piece)
        return _WORD.sub(lambda word: _reading(word[0], name, readings, pure), piece)

    return _SEGMENT.sub(read_segment, text)


def _reading(word: str, name: str, readings: Mapping[str, str], pure: bool) -> str:
    if word in readings or not pure:
        return readings.get(word, word)
    readers = {"TCVN3": _from_tcvn3, "VNI": _from_vni, "VISCII": _from_viscii}
    text = readers[name](word)
    return text if text and is_syllable(text) else word
