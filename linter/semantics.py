"""This file reads an element as assistive technology would, as far as the DOM alone decides it.

Roles after ARIA in HTML, names after the Accessible Name and Description Computation 1.2. Of style
sheets it knows what linter.sheets has marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from linter.elements import texts_in
from linter.outline import Outline, all_the_way_up, outline_of, remembered
from linter.page import Element
from linter.sheets import is_hidden_by_sheet, written_by_sheet

_NOT_SHOWN = frozenset(
    "base head link meta noscript param script style template title source track".split()
)
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*(hidden|collapse)", re.I)

_IMPLICIT: Mapping[str, str] = {
    "a": "link", "area": "link", "article": "article", "aside": "complementary",
    "blockquote": "blockquote", "button": "button", "caption": "caption", "datalist": "listbox",
    "dd": "definition", "details": "group", "dfn": "term", "dialog": "dialog", "dt": "term",
    "fieldset": "group", "figure": "figure", "footer": "contentinfo", "form": "form",
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading",
    "h6": "heading", "header": "banner", "hr": "separator", "html": "document", "img": "img",
    "li": "listitem", "main": "main", "math": "math", "menu": "list", "meter": "meter",
    "nav": "navigation", "ol": "list", "optgroup": "group", "option": "option",
    "output": "status", "p": "paragraph", "progress": "progressbar", "search": "search",
    "summary": "button", "svg": "graphics-document", "table": "table", "tbody": "rowgroup",
    "td": "cell", "textarea": "textbox", "tfoot": "rowgroup", "th": "columnheader",
    "thead": "rowgroup", "tr": "row", "ul": "list",
}  # fmt: skip
_INPUTS: Mapping[str, str] = {
    "button": "button", "checkbox": "checkbox", "email": "textbox", "image": "button",
    "number": "spinbutton", "radio": "radio", "range": "slider", "reset": "button",
    "search": "searchbox", "submit": "button", "tel": "textbox", "text": "textbox",
    "url": "textbox", "password": "", "hidden": "", "color": "", "file": "", "date": "",
    "datetime-local": "", "month": "", "time": "", "week": "",
}  # fmt: skip
# Every role an author may write; an unknown word in a role attribute counts as not written.
_ROLES = frozenset(_IMPLICIT.values()) | frozenset(_INPUTS.values()) | frozenset(
    """alert alertdialog application checkbox code columnheader combobox deletion directory emphasis
    feed generic grid gridcell group insertion list listbox log marquee menu menubar menuitem
    menuitemcheckbox menuitemradio none note option paragraph presentation radio radiogroup region
    row rowheader scrollbar search searchbox separator slider spinbutton status strong subscript
    superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree
    treegrid treeitem image doc-abstract doc-biblioentry doc-chapter doc-noteref doc-toc""".split()
)  # fmt: skip
_NAME_FROM_CONTENT = frozenset(
    """button cell checkbox columnheader gridcell heading link menuitem menuitemcheckbox
    menuitemradio option radio row rowheader switch tab tooltip treeitem""".split()
)
# ARIA 1.2, children presentational: whatever stands inside is read as plain text.
CHILDLESS_ROLES = frozenset(
    """button checkbox img menuitemcheckbox menuitemradio meter option progressbar radio scrollbar
    separator slider switch tab""".split()
)
_SECTIONING = ("article", "aside", "main", "nav", "section")


@all_the_way_up(
    *sorted({*_NOT_SHOWN, "dialog"}),
    or_bearing=("hidden", "style"),
    within=("details",),
    or_marked=True,
)
def is_rendered(element: Element) -> bool:
    """Whether the element is shown: no hidden attribute or style up to the root, none closed."""
    tag = element.tag
    if element.get("hidden") is not None or tag in _NOT_SHOWN or is_hidden_by_sheet(element):
        return False
    if tag == "dialog" and element.get("open") is None:
        return False
    style = element.get("style")
    if style and HIDING_STYLE.search(style):
        return False
    parent = element.getparent()
    closed = parent is not None and parent.tag == "details" and parent.get("open") is None
    return not closed or str(tag) == "summary"


# What is moved far outside the page, or cut down to nothing, is there for screen readers alone.
_AWAY = re.compile(
    r"(?:left|top|right|text-indent)\s*:\s*-\d{4,}px|clip\s*:\s*rect\(\s*(?:0|1px)|"
    r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)",
    re.I,
)


@all_the_way_up(or_bearing=("style",))
def is_visible(element: Element) -> bool:
    """Whether no style attribute up to the root moves a rendered element out of sight."""
    style = element.get("style")
    return not style or not _AWAY.search(style)


@all_the_way_up(or_bearing=("aria-hidden", "inert"))
def is_told(element: Element) -> bool:
    """Whether nothing up to the root hides the element from assistive technology alone."""
    return bool(element.get("aria-hidden") != "true" and element.get("inert") is None)


def is_exposed(element: Element) -> bool:
    """Whether assistive technology meets the element: rendered, and not under aria-hidden."""
    return element not in _unexposed(outline_of(element))


@remembered
def _unexposed(outline: Outline) -> Set[Element]:
    return outline.beneath(is_told) | outline.beneath(is_rendered)


def is_role(word: str) -> bool:
    """Whether a word of a role attribute, in small letters, is a role."""
    return word in _ROLES


def native_role(element: Element) -> str:
    """The role that the element has whatever its role attribute says."""
    return _implicit(element)


@remembered
def role_of(element: Element) -> str:
    """The element's role; empty when it has none, "none" when its own is taken away."""
    for word in element.get("role", "").lower().split():
        if word in _ROLES:
            if word in ("presentation", "none"):
                return _implicit(element) if _keeps_role(element) else "none"
            return "img" if word == "image" else word
    return _implicit(element)


def _keeps_role(element: Element) -> bool:
    """Presentational role conflict: what can be focused or bears a global name keeps its role."""
    return is_focusable(element) or any(
        element.get(name, "").strip() for name in ("aria-label", "aria-labelledby")
    )


def _implicit(element: Element) -> str:
    tag = str(element.tag)
    if tag in ("a", "area"):
        return "link" if element.get("href") is not None else ""
    if tag == "img":
        empty = element.get("alt") == "" and not _keeps_role(element)
        return "none" if empty else "img"
    if tag == "input":
        kind = element.get("type", "text").lower()
        role = _INPUTS.get(kind, "textbox")
        listed = element.get("list") and role in ("textbox", "searchbox")
        return "combobox" if listed else role
    if tag == "select":
        several = element.get("multiple") is not None or _number(element.get("size")) > 1
        return "listbox" if several else "combobox"
    if tag in ("header", "footer"):
        parent = element.getparent()
        inside = parent is not None and not _is_apart(parent)
        return "" if inside else _IMPLICIT[tag]
    if tag in ("section", "form"):
        return {"section": "region", "form": "form"}[tag] if _labelled(element) else ""
    if tag == "th":
        return "rowheader" if element.get("scope") in ("row", "rowgroup") else "columnheader"
    return _IMPLICIT.get(tag, "")


@all_the_way_up(*_SECTIONING)
def _is_apart(element: Element) -> bool:
    """Whether the element neither is nor stands in sectioning content."""
    return element.tag not in _SECTIONING


def _labelled(element: Element) -> bool:
    return any(element.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title"))


def _number(text: str | None) -> int:
    return int(text) if text and text.strip().isdigit() else 0


def is_read_as_one(element: Element) -> bool:
    """Whether it is a part of a control that has a name of its own, which is read in its stead."""
    return any(
        role_of(node) in CHILDLESS_ROLES
        and (node.get("aria-label", "").strip() or node.get("aria-labelledby"))
        and name_of(node)
        for node in element.iterancestors()
    )


@remembered
def is_focusable(element: Element) -> bool:
    """Whether the element takes focus: native control that is not disabled, or a tabindex."""
    written = element.get("tabindex")
    if written and re.fullmatch(r"\s*-?\d+\s*", written):
        return True
    tag = str(element.tag)
    if tag in ("a", "area"):
        return element.get("href") is not None
    if tag in ("button", "input", "select", "textarea"):
        hidden = tag == "input" and element.get("type", "").lower() == "hidden"
        return not hidden and not is_disabled(element)
    if tag in ("audio", "video"):
        return element.get("controls") is not None
    return tag in ("iframe", "summary") or element.get("contenteditable", "false") != "false"


def is_disabled(element: Element) -> bool:
    """Whether the control itself or its fieldset is disabled."""
    if element.get("disabled") is not None or element.get("aria-disabled") == "true":
        return True
    parent = element.getparent()
    return parent is not None and not _is_enabled(parent)


@all_the_way_up("fieldset")
def _is_enabled(element: Element) -> bool:
    """Whether no disabled fieldset is, or is around, the element."""
    return element.tag != "fieldset" or element.get("disabled") is None


@remembered
def name_of(element: Element) -> str:
    """The accessible name, white space as one space; empty when there is none."""
    return " ".join(_name(element, frozenset(), reference=False).split())


def _name(element: Element, seen: frozenset[int], reference: bool, inside: bool = False) -> str:
    """`reference`: reached by aria-labelledby, where hidden text counts and no second reference
    is followed; `inside`: reached as content of another element."""
    if id(element) in seen or not isinstance(element.tag, str):
        return ""
    seen = seen | {id(element)}
    if not reference and inside and not is_exposed_within(element):
        return ""
    ids = element.get("aria-labelledby")
    if ids and not reference:
        parts = [_name(target, seen, reference=True) for target in _by_ids(element, ids.split())]
        if any(part.strip() for part in parts):
            return " ".join(parts)
    if label := (element.get("aria-label") or "").strip():
        return label
    if native := _native_name(element, seen):
        return native
    role = role_of(element)
    if inside or reference or role in _NAME_FROM_CONTENT or element.tag in ("label", "legend"):
        content = _content(element, seen, reference)
        if content.strip():
            return content
    return str(element.get("title", "")).strip()


def is_exposed_within(element: Element) -> bool:
    """Whether the element itself (whatever its ancestors) is exposed; for content walks."""
    if element.tag in _NOT_SHOWN or element.get("hidden") is not None:
        return False
    if is_hidden_by_sheet(element):
        return False
    style = element.get("style")
    hidden = style is not None and HIDING_STYLE.search(style)
    return not hidden and element.get("aria-hidden") != "true"


@remembered
def shut(outline: Outline) -> Set[Element]:
    """The elements of a tree that are not exposed themselves."""
    suspects = outline.pick(*sorted(_NOT_SHOWN), or_bearing=("hidden", "style", "aria-hidden"))
    return {element for element in (*suspects, *outline.marked) if not is_exposed_within(element)}


# Elements within one another; of what lies deeper within a name its plain text is taken.
_DEEPEST_NAME = 100


def _content(element: Element, seen: frozenset[int], reference: bool) -> str:
    written = written_by_sheet(element)
    if len(element) == 0:
        return f"{written}{element.text or ''}"
    if len(seen) > _DEEPEST_NAME:
        return " ".join(texts_in(element, _NOT_SHOWN))
    parts = [written, element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            text = _name(child, seen, reference=False, inside=True)
            parts.append(text if child.tag in INLINE else f" {text} ")
        parts.append(child.tail or "")
    return "".join(parts)


INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em font i kbd mark q s samp small span strong sub sup "
    "time tt u var wbr".split()
)


# What a browser writes on a button that has no value; "button" alone stays bare.
_BUTTON_WORDS = {"submit": "Submit", "reset": "Reset", "button": ""}


def _native_name(element: Element, seen: frozenset[int]) -> str:
    tag = str(element.tag)
    if tag in ("img", "area") or (tag == "input" and element.get("type", "").lower() == "image"):
        return str(element.get("alt") or "").strip()
    if tag in ("input", "select", "textarea", "button", "meter", "output", "progress"):
        labels = [_name(label, seen, False, inside=True) for label in labels_of(element)]
        if any(label.strip() for label in labels):
            return " ".join(labels)
        kind = element.get("type", "").lower()
        if tag == "input" and kind in _BUTTON_WORDS:
            written = element.get("value", _BUTTON_WORDS[kind]).strip()
            return str(written or element.get("title", "")).strip()
        if title := str(element.get("title", "")).strip():
            return title
        return str(element.get("placeholder", "")).strip() if tag in ("input", "textarea") else ""
    holder = {"fieldset": "legend", "table": "caption", "figure": "figcaption"}.get(tag)
    if holder:
        found = [_content(child, seen, False) for child in element if child.tag == holder]
        return found[0] if found else ""
    if not _is_no_drawing(element):
        titles = [str(child.text or "") for child in element if child.tag == "title"]
        return titles[0].strip() if titles else ""
    return ""


@all_the_way_up("svg")
def _is_no_drawing(element: Element) -> bool:
    """Whether the element neither is nor stands in a drawing."""
    return str(element.tag) != "svg"


def labels_of(control: Element) -> list[Element]:
    """The <label> elements of a form control, by for= and by wrapping."""
    found: list[Element] = []
    name = control.get("id")
    if name:
        written = outline_of(control).valued("for", name)
        found.extend(label for label in written if label.tag == "label")
    for ancestor in control.iterancestors("label"):
        if ancestor.get("for") in (None, name) and ancestor not in found:
            found.append(ancestor)
    return found


def _by_ids(element: Element, ids: list[str]) -> Iterator[Element]:
    outline = outline_of(element)
    for name in ids:
        yield from outline.valued("id", name)[:1]
