"""Vietnamese text is marked as Vietnamese.

Why: A page that says lang="en-US" over Vietnamese text is read aloud with English sounds.
Whom it hurts: Blind people, users of translation and of speech output.
Mend: Write lang="vi" on the page, or on the passage that is in Vietnamese.
Limits: Tells Vietnamese by its letters; text without diacritics is not recognised.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.model import Observation, Page
from linter.rules.rule import page_rule
from linter.vietnamese import looks_vietnamese

_ENOUGH = 40


@page_rule(
    "error",
    wcag=("3.1.1", "3.1.2"),
    act=("ucwvc8",),
    messages={"wrong": "The text is Vietnamese, but it is marked as “{lang}”."},
)
def rule(page: Page) -> Iterator[Observation]:
    for element in page.tree.xpath("//*[@lang]"):
        lang = element.get("lang", "").strip().lower()
        own = text_of(element)
        if not lang or len(own) < _ENOUGH or not looks_vietnamese(own):
            continue
        if lang.split("-")[0] == "vi" or element.xpath("count(.//*[starts-with(@lang, 'vi')])"):
            yield page.passes(element)
        else:
            yield page.fails(element, "wrong", lang=lang)
