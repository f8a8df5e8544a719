"""Nothing that takes the focus stands inside a button, tab, slider or image.

Why: To a screen reader a button is one thing; a link inside it gets the focus and is not spoken.
Whom it hurts: Blind people.
Mend: Put the inner control beside the outer one, or make the outer one a plain <div>.
Limits: Looks at the page's source; what Tab does not reach (tabindex="-1") is left alone.
"""

from collections.abc import Iterator

from linter.outline import all_the_way_up, around
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import CHILDLESS_ROLES, is_exposed, is_focusable, is_rendered, role_of


@page_rule(
    "error",
    wcag=("4.1.2",),
    act=("307n5z",),
    supersedes=("axe/nested-interactive",),
    messages={"inside": "Inside this {role} stands something that takes the focus."},
)
def rule(page: Page) -> Iterator[Observation]:
    outer = [
        element
        for element in page.outline.pick("button", "img", "progress", "meter", or_bearing=("role",))
        if role_of(element) in CHILDLESS_ROLES and len(element) and is_exposed(element)
    ]
    if not outer:
        return
    holding = around(one for one in page.outline.elements if _is_reached(one))
    for element in outer:
        if element in holding:
            yield page.fails(element, "inside", role=role_of(element))
        else:
            yield page.passes(element)


def _is_reached(element: Element) -> bool:
    if not is_focusable(element) or element.get("tabindex", "").strip().startswith("-"):
        return False
    return element.tag != "iframe" and is_rendered(element) and _is_alive(element)


@all_the_way_up(or_bearing=("inert",))
def _is_alive(element: Element) -> bool:
    return element.get("inert") is None
