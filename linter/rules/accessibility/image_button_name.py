"""Every image that is a button says what it does.

Why: A picture with a magnifying glass is read aloud as “button” and the name of its file.
Whom it hurts: Blind people, people who speak to their computer, people with a slow connection.
Mend: Write <input type="image" src="tim.png" alt="Tìm kiếm">.
Limits: Whether the words fit what the button does is for a person to judge.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_disabled, is_exposed, labels_of, name_of


@page_rule(
    "error",
    wcag=("1.1.1", "4.1.2"),
    act=("59796f",),
    supersedes=("axe/input-image-alt",),
    messages={"nameless": "The image button {src} has no name."},
)
def rule(page: Page) -> Iterator[Observation]:
    for button in page.outline.pick("input", bearing="type"):
        if button.get("type").strip().lower() != "image" or not is_exposed(button):
            continue
        if is_disabled(button) and button.get("role") in ("none", "presentation"):
            continue
        if name_of(button) or any(map(name_of, labels_of(button))):
            yield page.passes(button)
        else:
            yield page.fails(button, "nameless", src=button.get("src", ""))
