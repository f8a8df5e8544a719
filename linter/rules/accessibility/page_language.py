"""The page says in which language it is written.

Why: A screen reader chooses its voice by lang; Vietnamese read by an English voice is noise.
Whom it hurts: Blind people, users of translation and of speech output.
Mend: Write <html lang="vi"> (or "en" on an English page) in the template.
Limits: Only whether it says so; unknown-page-language and page-in-other-language judge what it
says, and passages in another language have rules of their own.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "error",
    wcag=("3.1.1",),
    act=("b5c3f8",),
    supersedes=("axe/html-has-lang",),
    messages={"missing": "The page does not say in which language it is written."},
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    if page.tree.get("lang", "").strip():
        yield page.passes(page.tree)
    else:
        yield page.fails(page.tree, "missing")
