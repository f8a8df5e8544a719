"""A passage in another language than the page is marked as such.

Why: A voice that reads Vietnamese makes English unintelligible, and the other way about; a program
that translates or divides words goes wrong too.
Whom it hurts: Blind people, people with dyslexia who listen along, users of translation.
Mend: Give the passage, or the part of the page that holds it, a lang of its own: <p lang="en">.
Mend in Markdown: A text in another language is a document of its own: <name>.en.md. Where one
sentence is quoted, give its meaning in the language of the document.
Limits: Judges blocks of text and sentences of at least eight words. WCAG asks nothing of names,
technical terms and words that have become usual; titles, addresses, references and sentences with
words of both languages pass too. Knows English, French, German, Spanish and Vietnamese by their
function words, other scripts by their letters.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from linter.facts.reading import read_words
from linter.languages import passages_of, primary
from linter.page import Observation, Page
from linter.rules.language import page_in_other_language
from linter.rules.rule import page_rule
from linter.terms import Outcome
from linter.vietnamese import looks_vietnamese

_LEAST = 8  # words, so that no name and no label is one
_SHARE = 0.25  # of them function words of the language that it is in
_DISTINCT = 3  # of these differ
_LEAST_LETTERS = 15  # of another script
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…:;])\s+")
_ADDRESS = re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+\b")
# "(2014)", "pp. 12-19", "Vol. 3": the title of a book or an article that is referred to.
_REFERENCE = re.compile(r"\(\d{4}[a-z]?\)|\bpp?\.\s*\d|\bvol\.|\bdoi\b|\bISBN\b", re.I)
_SCRIPTS: Mapping[str, str] = {
    "ja": "\u3040-\u30ff",
    "zh": "\u4e00-\u9fff",
    "ko": "\uac00-\ud7af",
    "th": "\u0e00-\u0e7f",
    "lo": "\u0e80-\u0eff",
    "km": "\u1780-\u17ff",
    "ru": "\u0400-\u04ff",
    "ar": "\u0600-\u06ff",
}
_OTHER_LETTER = re.compile(f"[{''.join(_SCRIPTS.values())}]")
# Languages that share a script with one of those.
_SAME_SCRIPT = {"uk": "ru", "bg": "ru", "sr": "ru", "be": "ru", "fa": "ar", "ur": "ar"}


@page_rule(
    "warning",
    wcag=("3.1.2",),
    messages={
        "other": "“{words} …” is in “{other}”, but nothing says so: it is read as “{lang}”.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    found: list[Observation] = []
    for block, holder, text in passages_of(page):
        lang = primary(holder.get("lang", ""))
        other, passage = _foreign(text, lang)
        if other:
            words = " ".join(passage.split()[:6])
            found.append(page.fails(block, "other", words=words, other=other, lang=lang))
        elif text.count(" ") >= _LEAST - 1:
            yield page.passes(block)
    if found and not _is_wrong_as_a_whole(page):
        yield from found


def _is_wrong_as_a_whole(page: Page) -> bool:
    """Whether it is the page that says another language than it is in, not a passage."""
    check = page_in_other_language.rule.page_check
    assert check
    return any(observation.outcome is Outcome.FAIL for observation in check(page))


@lru_cache(maxsize=1 << 12)  # what frames the pages of a site comes again on each
def _foreign(text: str, lang: str) -> tuple[str, str]:
    """The language that the text, or a sentence of it, is in when that is not `lang`; and which."""
    plain = _ADDRESS.sub(" ", text)
    if plain.count(" ") < _LEAST - 1 and not _OTHER_LETTER.search(plain):
        return "", ""
    for passage in (plain, *_SENTENCE.split(plain)):
        if other := _language(passage, lang):
            return other, passage
    return "", ""


def _language(passage: str, lang: str) -> str:
    if _OTHER_LETTER.search(passage):
        return _by_script(passage, lang)
    vietnamese = looks_vietnamese(passage)
    if vietnamese and lang == "vi":
        return ""
    words = _WORD.findall(passage)
    if len(words) < _LEAST or _REFERENCE.search(passage) or _is_title(words):
        return ""
    lower = [word.lower() for word in words]
    shares = {name: _share(lower, known) for name, known in _function_words().items()}
    vietnamese = looks_vietnamese(passage)
    shares["vi"] = (
        shares["vi"] * 2 if vietnamese else 0.0
    )  # half of its words are no function words
    other = max(shares, key=lambda name: shares[name])
    if other == lang or shares[other] < _SHARE or (vietnamese and other != "vi"):
        return ""
    if shares.get(lang, 0.0) * 2 > shares[other]:
        return ""
    return (
        other
        if len({word for word in lower if word in _function_words()[other]}) >= _DISTINCT
        else ""
    )


def _by_script(passage: str, lang: str) -> str:
    """The language whose script nearly all letters are of; kana tell Japanese from Chinese."""
    letters = [char for char in passage if char.isalpha()]
    for name, script in _SCRIPTS.items():
        own = sum(bool(re.match(f"[{script}]", char)) for char in letters)
        if name == "ja" and own:
            own = sum(bool(re.match(f"[{script}{_SCRIPTS['zh']}]", char)) for char in letters)
        if own >= _LEAST_LETTERS and own * 10 >= len(letters) * 8:
            return "" if _SAME_SCRIPT.get(lang, lang) == name else name
    return ""


def _is_title(words: list[str]) -> bool:
    """Whether the words that carry the meaning begin with capitals, as those of names do."""
    every = frozenset().union(*_function_words().values())
    carrying = [word for word in words[1:] if word.lower() not in every]
    capitals = sum(word[0].isupper() for word in carrying)
    return capitals * 10 >= len(carrying) * 7


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    data = read_words(Path(__file__).with_name("function_words.yml"))
    return {lang: frozenset(words.split()) for lang, words in data.items()}
