"""A placeholder is no label.

Why: The grey text vanishes with the first letter typed, and is often too pale to read.
Whom it hurts: People with memory or attention difficulties, people with low vision.
Mend: Give the field a visible <label>; keep the placeholder for an example.
Limits: A field named by aria-label or title passes; whether that name is visible is not looked at.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, is_rendered, labels_of


@page_rule(
    "warning",
    wcag=("3.3.2",),
    messages={"only": "“{text}” is only a placeholder; the field has no label."},
)
def rule(page: Page) -> Iterator[Observation]:
    for field in page.outline.pick("input", "textarea", bearing="placeholder"):
        text = field.get("placeholder").strip()
        if not text or not is_exposed(field):
            continue
        named = any(field.get(key) for key in ("aria-label", "aria-labelledby", "title"))
        if named or any(map(is_rendered, labels_of(field))):
            yield page.passes(field)
        else:
            yield page.fails(field, "only", text=text)
