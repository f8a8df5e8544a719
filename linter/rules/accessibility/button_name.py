"""Every button has a name.

Why: A button with only an icon is read aloud as “button”; nobody knows what it does.
Whom it hurts: Blind people, people who speak to their computer.
Mend: Write the word into the button, or give it aria-label="Tìm kiếm".
Limits: Names that only a script adds are for the browser rules.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of, role_of


@page_rule(
    "error",
    wcag=("4.1.2",),
    act=("97a4e1",),
    supersedes=("axe/button-name", "axe/input-button-name", "axe/link-name"),
    messages={"nameless": "The button has no name."},
)
def rule(page: Page) -> Iterator[Observation]:
    for button in page.outline.pick("button", "input", "summary", or_bearing=("role",)):
        if role_of(button) != "button" or not is_exposed(button):
            continue
        if button.tag == "input" and button.get("type", "").lower() == "image":
            continue  # an image first: its alternative is judged as 1.1.1
        if name_of(button):
            yield page.passes(button)
        else:
            yield page.fails(button, "nameless")
