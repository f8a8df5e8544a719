"""This file knows what axe-core says wrongly of an element, with the reason for each.

Where it is wrong of whole pages, axe.yml turns the rule off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from linter.page import Element, Page
from linter.rules.places import Node, element_of
from linter.semantics import (
    is_disabled,
    is_focusable,
    is_read_as_one,
    is_role,
    name_of,
    native_role,
    role_of,
)
from linter.sheets import written_by_sheet

# In ARIA 1.3, and understood by browsers.
_NEW_ATTRIBUTES = frozenset({"aria-colindextext", "aria-rowindextext"})
# ACT rule 73f2c2: their value is fixed, whatever autocomplete says.
_FIXED = frozenset("button checkbox file hidden image radio reset submit".split())


def _message(node: Node) -> Any:
    """What the only check that failed says beside its name."""
    data = node["checks"][0]["data"] if len(node["checks"]) == 1 else None
    return data.get("messageKey") if isinstance(data, dict) else data


def _tokens(element: Element) -> list[str]:
    return str(element.get("role", "")).lower().split()


def _holds_a_stop(element: Element) -> bool:
    """Whether a frame or player inside takes the focus."""
    inside = element.iter("iframe", "audio", "video")
    return any(is_focusable(one) and not one.get("tabindex", "").startswith("-") for one in inside)


def _says_nothing(element: Element) -> bool:
    """Whether all that could make it more than decoration is empty."""
    said = [value for name, value in element.items() if name.startswith("aria-")]
    return not is_focusable(element) and not any(value.strip() for value in said)


def _is_fixed(element: Element) -> bool:
    kind = element.get("type", "").strip().lower()
    return is_disabled(element) or (element.tag == "input" and kind in _FIXED)


def _is_named_by_sheet(element: Element, _node: Node) -> bool:
    """Names hold what style sheets write (Accessible Name 1.2, 2F.ii); axe-core does not see it."""
    inside = (one for one in element.iter() if isinstance(one.tag, str))
    return any(map(written_by_sheet, inside)) and bool(name_of(element))


def _says_no_language(element: Element, _node: Node) -> bool:
    """HTML reads lang alone; xml:lang counts in XML, and white space names no language."""
    return not element.get("lang", "").strip()


_WRONG: Mapping[str, Callable[[Element, Node], bool]] = {
    "aria-command-name": _is_named_by_sheet,
    "button-name": _is_named_by_sheet,
    "empty-heading": _is_named_by_sheet,
    "link-name": _is_named_by_sheet,
    "summary-name": _is_named_by_sheet,
    "html-lang-valid": _says_no_language,
    "valid-lang": _says_no_language,
    # It stands in a button that is named by other means and read as one; or it is no image, by
    # the first word of its role that is one.
    "image-alt": lambda element, _node: is_read_as_one(element) or role_of(element) == "none",
    # ARIA 1.2, aria-busy: what is still being filled need not hold its parts yet.
    "aria-required-children": lambda element, _node: element.get("aria-busy") == "true",
    # ACT rule ff89c9: a role that the element has anyway is no explicit one; `listitem` names them.
    "aria-required-parent": lambda element, _node: native_role(element) in _tokens(element),
    # ARIA 1.2, 5.1: the first word that is a role counts; the others stand for older browsers.
    "aria-roles": lambda element, _node: any(map(is_role, _tokens(element))),
    "aria-valid-attr": lambda _element, node: _NEW_ATTRIBUTES.issuperset(_message(node) or ("",)),
    "autocomplete-valid": lambda element, _node: _is_fixed(element),
    # HTML lets headers name any cell of the table; a <td> heads a row in many tables.
    "td-headers-attr": lambda _element, node: _message(node) == "cell-header-not-th",
    # What takes the focus inside also gets the keys that scroll.
    "scrollable-region-focusable": lambda element, _node: _holds_a_stop(element),
    # ACT rule 307n5z: what Tab does not reach is not in the way; focus-inside-control judges.
    "nested-interactive": lambda _element, node: _message(node) == "notHidden",
    # An attribute without a value says nothing.
    "presentation-role-conflict": lambda element, _node: _says_nothing(element),
    # What is disabled takes no focus, so that role="none" is obeyed.
    "input-image-alt": lambda element, _node: (
        is_disabled(element) and bool({"none", "presentation"} & {*_tokens(element)})
    ),
}


def is_mistaken(rule_id: str, page: Page, node: Node) -> bool:
    """Whether axe-core is known to be wrong where its rule fails this element."""
    wrong = _WRONG.get(rule_id)
    if wrong is None:
        return False
    element = element_of(page, node)
    return element is not None and wrong(element, node)
