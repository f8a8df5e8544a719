"""The page says in which language it is written.

Why: A screen reader chooses its voice by lang; Vietnamese read by an English voice is noise.
Whom it hurts: Blind people, users of translation and of speech output.
Mend: Write <html lang="vi"> (or "en" on an English page) in the template.
Limits: Only the page as a whole; passages in another language have a rule of their own.
"""

import re
from collections.abc import Iterator

from linter.model import Observation, Page
from linter.rules.rule import page_rule

# BCP 47: a primary subtag of two or three letters, then subtags of up to eight.
_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*$", re.IGNORECASE)


@page_rule(
    "error",
    wcag=("3.1.1",),
    act=("b5c3f8", "bf051a"),
    supersedes=("axe/html-has-lang", "axe/html-lang-valid"),
    messages={
        "missing": "The page does not say in which language it is written.",
        "invalid": "“{lang}” is no language tag.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    lang = page.tree.get("lang", "").strip()
    if not lang:
        yield page.fails(page.tree, "missing")
    elif not _TAG.match(lang):
        yield page.fails(page.tree, "invalid", lang=lang)
    else:
        yield page.passes(page.tree)
