"""What reacts to the mouse can be reached and used by keyboard.

Why: A <div> or <span> with onclick looks like a button, but Tab passes it by and Enter does
nothing.
Whom it hurts: People who cannot use a mouse, blind people.
Mend: Use <button type="button"> for what acts on the page and <a href> for what leads elsewhere.
Limits: Sees onclick and its like in the page's source and the roles of controls; listeners that a
script adds are not seen. An element around or inside a real control is left alone.
"""

import re
from collections.abc import Iterator

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_disabled, is_exposed, is_focusable

_EVENTS = ("onclick", "ondblclick", "onmousedown", "onmouseup")
# Inside a list box, menu or tab list the focus may stay on the whole.
_CONTROLS = frozenset("button link checkbox switch combobox slider spinbutton textbox".split())
_CONTAINERS = frozenset("html body main form label table tbody thead tr iframe".split())
_HARMLESS = re.compile(
    r"\s*(return\s+(true|false)|event\.(stopPropagation|preventDefault)\(\))?\s*;?\s*"
)


@page_rule(
    "error",
    wcag=("2.1.1", "4.1.2"),
    messages={
        "mouse": "The <{tag}> reacts to the mouse, but the keyboard does not reach it.",
        "role": "The element says that it is a {role}, but the keyboard does not reach it.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for element in page.outline.pick(or_bearing=("role", *_EVENTS)):
        role = element.get("role", "").strip().lower()
        if element.tag in _CONTAINERS or not (role in _CONTROLS or _reacts(element)):
            continue
        if is_disabled(element) or not is_exposed(element) or _is_part(element):
            continue
        if is_focusable(element):
            yield page.passes(element)
        elif role in _CONTROLS:
            yield page.fails(element, "role", role=role)
        else:
            yield page.fails(element, "mouse", tag=str(element.tag))


def _reacts(element: Element) -> bool:
    return any(not _HARMLESS.fullmatch(element.get(name, "")) for name in _EVENTS)


def _is_part(element: Element) -> bool:
    """Whether a control around or inside the element is there for the keyboard."""
    if any(is_focusable(node) or node.tag == "label" for node in element.iterancestors()):
        return True
    return any(
        is_focusable(node) for node in element.iterdescendants() if isinstance(node.tag, str)
    )
