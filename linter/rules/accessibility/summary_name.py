"""What opens a part of the page has a name.

Why: A <summary> is a button; without words nobody knows what it opens.
Whom it hurts: Blind people, people who speak to their computer.
Mend: Write into <summary> what the part below is about.
Limits: Words that only a style sheet writes are not seen.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of


@page_rule(
    "error",
    wcag=("4.1.2",),
    act=("2t702h",),
    supersedes=("axe/summary-name",),
    messages={"nameless": "The <summary> has no words."},
)
def rule(page: Page) -> Iterator[Observation]:
    for details in page.outline.pick("details"):
        summaries = [child for child in details if child.tag == "summary"]
        if not summaries or not is_exposed(summaries[0]):
            continue
        # Who takes the focus keeps its role, whatever role="none" says.
        if summaries[0].get("role", "").strip().lower() not in ("", "none", "presentation"):
            continue
        if name_of(summaries[0]):
            yield page.passes(summaries[0])
        else:
            yield page.fails(summaries[0], "nameless")
