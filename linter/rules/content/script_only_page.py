"""The page shows its text without running scripts.

Why: What only a script writes is lost on slow lines, on old phones and for many search engines.
Whom it hurts: People with old devices or bad connections, and all who search.
Mend: Let the server send the text; let scripts only add comfort.
Limits: Speaks of pages that show next to nothing; a page of which scripts write a part passes.
"""

from collections.abc import Iterator

from linter.elements import is_shell
from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule("warning", messages={"shell": "The page shows nothing until its scripts have run."})
def rule(page: Page) -> Iterator[Observation]:
    if page.written_by_script or is_shell(page):
        yield page.fails(page.tree, "shell")
    elif page.outline.pick("script"):
        yield page.passes(page.tree)
