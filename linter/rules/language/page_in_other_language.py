"""The page is written in the language that it says.

Why: A screen reader chooses its voice by <html lang>; a Vietnamese page that says "en" is noise.
Whom it hurts: Blind people, users of translation and of speech output.
Mend: Write the language of the text into <html lang="...">; give a long passage in another language
a lang of its own: <div lang="en">.
Mend in Markdown: Write a Vietnamese text into <name>.md and an English one into <name>.en.md: the
theme takes the language from the name.
Limits: Judges what has no lang of its own, and only where the words leave no doubt; texts of few
words and languages that look alike (Danish and Swedish, Czech and Slovak) pass.
"""

from collections import Counter
from collections.abc import Iterator

from linter.elements import titles_of
from linter.languages import lang_holder, other_language, primary, texts_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule

# How sure it must be: e to this power to one, in a page's whole text.
_DISTANCE = 4.0


@page_rule(
    "error",
    wcag=("3.1.1",),
    act=("ucwvc8",),
    messages={
        "other": "The page says that its language is “{lang}”, but most of it is in “{other}”."
    },
)
def rule(page: Page) -> Iterator[Observation]:
    lang = page.tree.get("lang", "").strip()
    if not lang:
        return
    root = page.tree
    own, others = [], Counter[str]()
    for text, holder in _texts(page):
        if holder is root:
            own.append(text)
        elif holder is not None and text.strip():
            others[primary(holder.get("lang", ""))] += len(text.split())
    words = " ".join(" ".join(own).split())
    if not words:
        return
    other = other_language(words, lang, _DISTANCE)
    if not other and others and " " not in words:
        most = others.most_common(1)[0][0]
        other = most if most != primary(lang) else ""
    yield (
        page.fails(page.tree, "other", lang=lang, other=other) if other else page.passes(page.tree)
    )


def _texts(page: Page) -> Iterator[tuple[str, Element | None]]:
    for title in titles_of(page):
        yield title.text or "", lang_holder(title)
    for body in page.outline.pick("body"):
        yield from texts_of(body)
