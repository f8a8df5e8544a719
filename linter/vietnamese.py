"""This file knows how Vietnamese is written: folding, sorting, telling it from other languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import islice

_ALPHABET = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

# Years that a day of ours can have: no duty is reckoned from a slip such as 9999.
YEARS = range(1800, 2200)


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d, white space as one space: for comparing and search."""
    return _fold_label(text) if len(text) <= _LABEL else _fold(text)


def _fold(text: str) -> str:
    return " ".join(text.lower().translate(_PLAIN).split())


class _Plain(dict[int, str]):
    """Each letter without its marks, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        plain = "".join(part for part in parts if unicodedata.category(part) != "Mn")
        self[code] = plain.replace("đ", "d")
        return self[code]


_PLAIN = _Plain()


_LABEL = 100  # characters; menus, titles and names come again on each page
_fold_label = lru_cache(maxsize=1 << 14)(_fold)


def nfc(text: str) -> str:
    """`text` with each letter as one character, as Unicode text should be written."""
    return unicodedata.normalize("NFC", text)


@cache
def _plain_letters() -> Mapping[int, str]:
    """Each accented letter to the one plain letter that it is folded to."""
    table = {}
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        plain = fold(chr(code))
        if len(plain) == 1:
            table[code] = plain
    return table


def fold_in_place(text: str) -> str:
    """`text`, which is in NFC, folded letter by letter: of the same length, white space kept."""
    if text.isascii():
        return text.lower()
    return _fold_line(text) if len(text) <= _LINE else _fold_letters(text)


def _fold_letters(text: str) -> str:
    return text.translate(_plain_letters())


_LINE = 400  # characters; the lines of what frames a site's pages come again on each
_fold_line = lru_cache(maxsize=1 << 14)(_fold_letters)


def slugify(text: str) -> str:
    """ASCII letters, digits and single hyphens, as file names and fragments are written."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def collation_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sorts as a Vietnamese dictionary does: by letter (ă after a, đ after d), then by tone."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        tone = 0
        base = ""
        for part in unicodedata.normalize("NFD", char):
            if part in _TONES:
                tone = _TONES[part]
            else:
                base += part
        base = unicodedata.normalize("NFC", base)
        position = _ALPHABET.find(base) if base else -1
        letters.append(position + 1 if position >= 0 else -1 if char.isspace() else 100 + ord(char))
        tones.append(tone)
    return tuple(letters), tuple(tones)


# Vowels that only Vietnamese writes; one of them settles what language a word is.
_VIETNAMESE_LETTERS = "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_ONLY_VIETNAMESE = frozenset(_VIETNAMESE_LETTERS + _VIETNAMESE_LETTERS.upper())
_WORD = re.compile(r"[^\W\d_]+")


def looks_vietnamese(text: str) -> bool:
    """Whether at least a tenth of the words carry a letter that only Vietnamese has."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    wanted = max(1, -(-len(words) // 10))
    marked = (word for word in words if not _ONLY_VIETNAMESE.isdisjoint(word))
    return len([*islice(marked, wanted)]) == wanted


# TCVN3 read as Latin-1 puts capitals with accents, or signs, right behind small letters; no
# language does. VNI writes the accent as a second letter: one such word may be French, two are not.
_TCVN3 = re.compile(r"\b\w*[a-z][µ¶·¸¹¨»¼½¾©®ª«¬ÆÇÈÉÊËÌÎÏÐÒÓÕÖØÜÝÞ][\wµ¶·¸¹¨»¼½¾©®ª«¬]*")
_VNI_PAIR = "[ae][âêàáãäåæø]|o[âêäåæø]|[uU][ûùøõï]|[aeo][ùûõï]|[a-z]ñ?öô|t?ænh"
_VNI = re.compile(rf"\b\w*(?:{_VNI_PAIR})\w*")
# What any such word has in it: much quicker to look for than the words.
_SIGN = re.compile(f"[a-z][µ¶·¸¹¨»¼½¾©®ª«¬ÆÇÈÉÊËÌÎÏÐÒÓÕÖØÜÝÞ]|{_VNI_PAIR}")


def legacy_words(text: str) -> list[str]:
    """Words of TCVN3 or VNI text read as Latin-1, in order; empty for text in Unicode."""
    if not _SIGN.search(text):
        return []
    found = [match[0] for match in _TCVN3.finditer(text)]
    vni = [match[0] for match in _VNI.finditer(text)]
    return found + (vni if len(vni) > 1 else [])
