"""The language that the page says is one that programs know.

Why: “tiếng Việt” or “vietnam” is no language tag, so that a screen reader keeps the voice it has.
Whom it hurts: Blind people, users of translation and of speech output.
Mend: Write <html lang="vi">, or "en" on an English page: two or three letters, then a region if
need be (en-GB).
Limits: Judges the form of the tag (BCP 47); axe-core in the browser knows the tags that exist.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule

# BCP 47: a primary subtag of two or three letters, then subtags of up to eight.
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*$", re.IGNORECASE)


@page_rule(
    "error",
    wcag=("3.1.1",),
    act=("bf051a",),
    supersedes=("axe/html-lang-valid",),
    messages={"invalid": "“{lang}” is no language tag."},
)
def rule(page: Page) -> Iterator[Observation]:
    lang = page.tree.get("lang", "").strip()
    if not lang:
        return
    if _TAG.match(lang):
        yield page.passes(page.tree)
    else:
        yield page.fails(page.tree, "invalid", lang=lang)
