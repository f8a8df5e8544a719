"""Vietnamese letters are written as one character each (Unicode NFC).

Why: “ế” written as e, ^ and ´ looks right but is not found by search, and some voices spell it out.
Whom it hurts: Everyone who searches, blind people.
Mend: Type the passage anew; most often it was copied from a Mac or a PDF file.
Mend in Markdown: Type the line anew; most often it was copied from a Mac or a PDF file.
Limits: Our own builds write NFC by themselves; this finds it on other sites.
"""

import unicodedata
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule("warning", messages={"decomposed": "“{text}” is written with separate accents."})
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    if unicodedata.is_normalized("NFC", page.text):
        yield page.passes(page.tree)
        return
    for element in page.outline.elements:
        if element.tag in ("script", "style"):
            continue
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and not unicodedata.is_normalized("NFC", text):
                sample = next(w for w in text.split() if not unicodedata.is_normalized("NFC", w))
                yield page.fails(element, "decomposed", text=sample[:40])
                break
