"""This file weighs text for spam that is planted on public sites: betting, pharmacy, copied goods.

Whole words count, with or without diacritics, and words run together as addresses write them. A
text that speaks of gambling as the law, the police or a school does is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from linter.elements import texts_in
from linter.facts.reading import read_words
from linter.outline import remembered
from linter.page import Page
from linter.vietnamese import fold, fold_in_place, nfc

# Points from which a text is spam: a name (title, address, words of a link), and a whole page.
NAME, PAGE = 2, 6
_APART = re.compile(r"[^\w\s@./,-]+")
_TOKEN = re.compile(r"(?<![\w@./-])[a-z0-9]{6,40}(?![\w@])")
# A page that speaks of gambling as the law does needs more than the law ever says.
PAGE_IN_CONTEXT = 16


_QUOTATION = re.compile('“[^”]*”|«[^»]*»|‘[^’]*’|"[^"]*"')
# So much around a quotation speaks of what it quotes.
_LENGTH_OF_NEWS = 60


@dataclass(frozen=True)
class Weight:
    """The words of spam in a text, and whether the text is about it rather than for it."""

    text: str

    @cached_property
    def strong(self) -> tuple[str, ...]:
        """The words that are spam by themselves."""
        parts = [_strong_words(part) for part in self._parts]
        words = [word for found, _ in parts for word in found]
        return tuple(dict.fromkeys((*words, *(word for _, found in parts for word in found))))

    @cached_property
    def weak(self) -> tuple[str, ...]:
        """The words that are spam in company only."""
        return tuple(dict.fromkeys(word for part in self._parts for word in _weak_words(part)))

    @cached_property
    def about_it(self) -> bool:
        """Whether the text speaks of spam as the law, the police or a school does."""
        return any(map(_is_about_it, self._parts))

    @cached_property
    def _parts(self) -> Sequence[str]:
        """The text between signs that no word of spam.yml has in it."""
        return _APART.split(self.text)

    @property
    def points(self) -> int:
        """2 for each strong word, 1 for each weak one."""
        return 2 * len(self.strong) + len(self.weak)

    @property
    def is_name(self) -> bool:
        """Whether a short text advertises."""
        return bool(self.strong) and self.points >= NAME and not self.about_it

    @property
    def is_page(self) -> bool:
        """Whether a page's text advertises."""
        enough = PAGE_IN_CONTEXT if self.about_it else PAGE
        return len(self.strong) > 1 and self.points >= enough

    @property
    def shown(self) -> str:
        """The words, for a message."""
        return ", ".join((*self.strong, *self.weak)[:5])


# What frames a site's pages comes again on each of them.
@lru_cache(maxsize=1 << 14)
def _strong_words(part: str) -> tuple[Sequence[str], Sequence[str]]:
    """The whole words, and the tokens that have words run together in them."""
    tokens = [token for token in _TOKEN.findall(part) if _run_together().search(token)]
    return [match[0] for match in _whole_words("strong").finditer(part)], tokens


@lru_cache(maxsize=1 << 14)
def _weak_words(part: str) -> Sequence[str]:
    return [match[0] for match in _whole_words("weak").finditer(part)]


@lru_cache(maxsize=1 << 14)
def _is_about_it(part: str) -> bool:
    return bool(_whole_words("about_it").search(part))


@cache
def _words() -> Mapping[str, Any]:
    return read_words(Path(__file__).with_name("spam.yml"))


@cache
def _whole_words(kind: str) -> re.Pattern[str]:
    listed: Any = _words()[kind]
    groups: Sequence[Sequence[str]] = (
        list(listed.values()) if isinstance(listed, dict) else [listed]
    )
    words = "|".join(word for group in groups for word in group)
    return re.compile(rf"(?<![\w@])(?:{words})(?![\w@])")


@cache
def _run_together() -> re.Pattern[str]:
    return re.compile("|".join(_words()["run_together"]))


def weigh(text: str) -> Weight:
    """The spam in a text of words."""
    return Weight(" ".join(nfc(text).lower().split()))


@lru_cache(maxsize=1 << 14)  # a site's menu stands on each of its pages
def weigh_address(url: str) -> Weight:
    """The spam in an address: its words, and words run together as in host names."""
    plain = fold(unquote(url.partition("//")[2] or url))
    return weigh(re.sub(r"[^a-z0-9]+", " ", plain))


def japanese_words(text: str) -> list[str]:
    """The words of Japanese shop spam in a text that has Japanese letters at all."""
    if len(re.findall(r"[\u3040-\u30ff]", text)) < 8:
        return []
    return [word for word in _words()["japanese"] if word in text]


@lru_cache(maxsize=1 << 12)  # headings come again, and the whole of a short page is asked twice
def defacement(text: str) -> str:
    """The boast of whoever broke into a site, as it stands in a text; else empty.

    What a text of some length only quotes is none.
    """
    text = nfc(text)
    for match in _whole_words("defacement").finditer(fold_in_place(text)):
        quoted = _quoted(text, match.start())
        if quoted is None or len(text) - len(quoted) < _LENGTH_OF_NEWS:
            return match[0]
    return ""


def _quoted(text: str, place: int) -> str | None:
    """The quotation that a place of a text stands in, None for none."""
    for quotation in _QUOTATION.finditer(text):
        if quotation.start() < place < quotation.end():
            return quotation[0]
    return None


@remembered
def visible_text(page: Page) -> str:
    """The page's text without scripts and styles, up to a length that no honest page needs."""
    body = page.tree.find("body")
    if body is None:
        return ""
    written = " ".join(texts_in(body))
    shown = " ".join(written.split())
    if written[:1].isspace():
        shown = f" {shown}"
    return (f"{shown} " if shown.strip() and written[-1:].isspace() else shown)[:300_000]
