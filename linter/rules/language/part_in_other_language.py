"""A passage is written in the language that it is marked as.

Why: lang changes the voice of a screen reader; a Dutch phrase marked as French is read by a
Frenchman. What an element is named by from elsewhere is read in the element's own language.
Whom it hurts: Blind people, users of translation and of speech output.
Mend: Write the language of the passage: <span lang="en">...</span>. Give an element the lang of the
text that aria-labelledby points to.
Limits: Passages of few words, and those whose words leave doubt, pass.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.languages import lang_holder, other_language, primary, texts_of
from linter.outline import outline_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, is_rendered

# How sure it must be, as for the page as a whole; a passage is shorter and full of names.
_DISTANCE = 8.0


@page_rule(
    "error",
    wcag=("3.1.2",),
    act=("off6ek",),
    messages={
        "other": "The passage is marked as “{lang}”, but it is in “{other}”.",
        "name": "The name comes from a text in “{other}”, but is read as “{lang}”.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for element in page.outline.pick(or_bearing=("lang",)):
        if next(element.iterancestors("body"), None) is None:
            continue
        lang = element.get("lang", "").strip()
        if not lang or not is_rendered(element):
            continue
        own = [text for text, holder in texts_of(element) if holder is element]
        words = " ".join(" ".join(own).split())
        if not words:
            continue
        if other := other_language(words, lang, _DISTANCE):
            yield page.fails(element, "other", lang=lang, other=other)
        else:
            yield page.passes(element)
    for element in page.outline.pick(or_bearing=("aria-labelledby",)):
        if next(element.iterancestors("body"), None) is None:
            continue
        if other := _foreign_name(element):
            lang = _lang(element)
            yield page.fails(element, "name", lang=lang, other=other)


def _foreign_name(element: Element) -> str:
    """The language of the only text that names the element, where that is another than its own."""
    names = element.get("aria-labelledby", "").split()
    if len(names) != 1 or not is_exposed(element):
        return ""
    for source in outline_of(element).valued("id", names[0])[:1]:
        here, there = _lang(element), _lang(source)
        if here and there and here != there and text_of(source):
            return there
    return ""


def _lang(element: Element) -> str:
    holder = lang_holder(element)
    return "" if holder is None else primary(holder.get("lang", ""))
