"""Every item of a menu has a name.

Why: An item without words is read aloud as “menu item”; nobody knows what it does.
Whom it hurts: Blind people, people who speak to their computer.
Mend: Write the words into the item, or give it aria-label="In trang này".
Limits: Looks at role="menuitem" and its like; names that only a script adds are for the browser
rules.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of, role_of


@page_rule(
    "error",
    wcag=("4.1.2",),
    act=("m6b1q3",),
    supersedes=("axe/aria-command-name", "axe/button-name", "axe/link-name"),
    messages={"nameless": "The item of the menu has no name."},
)
def rule(page: Page) -> Iterator[Observation]:
    for item in page.outline.pick(or_bearing=("role",)):
        if role_of(item) != "menuitem" or not is_exposed(item):
            continue
        if name_of(item):
            yield page.passes(item)
        else:
            yield page.fails(item, "nameless")
