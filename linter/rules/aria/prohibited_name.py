"""What has no role of its own gets no name by ARIA.

Why: ARIA forbids a name on plain boxes, paragraphs and emphasis; screen readers pass over it, or
read it in place of the text that is seen.
Whom it hurts: Blind people, who hear nothing of the name, or nothing of the text.
Mend: Write the words into the text; or give the element the role that it plays (group, img,
region), or remove aria-label and aria-labelledby.
Limits: Knows the roles that ARIA 1.2 leaves nameless; names that a script adds later are not seen.
"""

from collections.abc import Iterator

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, is_focusable, role_of

_NAMING = ("aria-label", "aria-labelledby", "aria-braillelabel")
# A box without a meaning may not be given another kind either.
_KIND = ("aria-roledescription", "aria-brailleroledescription")
_GENERIC = frozenset("a b bdi bdo data div i pre q samp small span u".split())
_NAMELESS = frozenset("caption code del em ins p s strong sub sup".split())
_ROLES = frozenset(
    "caption code deletion emphasis generic insertion none paragraph presentation strong subscript "
    "superscript".split()
)


@page_rule(
    "warning",
    wcag=("4.1.2",),
    act=("kb1m8s",),
    messages={
        "forbidden": "{attribute} may not stand on this element: it has no role that takes a name."
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for element in page.outline.pick(or_bearing=(*_NAMING, *_KIND)):
        if not is_exposed(element):
            continue
        forbidden = [name for name in _forbidden(element) if element.get(name, "").strip()]
        if forbidden:
            yield page.fails(element, "forbidden", attribute=forbidden[0])
        else:
            yield page.passes(element)


def _forbidden(element: Element) -> tuple[str, ...]:
    """The attributes that this element may not bear."""
    words = element.get("role", "").lower().split()
    if words:
        role = role_of(element)
        if not role or role not in words:  # no word of it is a role, or it is not obeyed
            return ()
        return (*_NAMING, *_KIND) if role == "generic" else _NAMING if role in _ROLES else ()
    if element.tag == "a" and element.get("href") is not None:
        return ()
    if element.tag in _GENERIC and not is_focusable(element):
        return (*_NAMING, *_KIND)
    return _NAMING if element.tag in _NAMELESS else ()
