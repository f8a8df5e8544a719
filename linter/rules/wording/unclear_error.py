"""An error message is there for everyone, and says what is wrong or how to put it right.

Why: “Không hợp lệ” beside a field says that something is wrong, and leaves people to guess what; a
message that is hidden from screen readers says nothing at all.
Whom it hurts: Blind people, people with learning difficulties, everyone who fills in a long form.
Mend: Say what is expected: “Số điện thoại gồm 10 chữ số.” Remove aria-hidden from the message, and
let the field point to it with aria-describedby.
Limits: Knows messages that can be seen when the page is opened, by their words in Vietnamese and
English; those that appear only after sending are not judged.
"""

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_rendered, is_told
from linter.vietnamese import fold

_FIELDS = ("input", "select", "textarea")
_LONGEST = 200  # characters of a message
_INLINE = frozenset("b em i small span strong font label output p div li td dd mark".split())
_ERROR = re.compile(
    r"\b(invalid|incorrect|error|not valid|khong hop le|khong dung|chua dung|bi sai|loi)\b"
)
# All that the message says is that it is wrong: “Invalid value for age”, “Email không hợp lệ”.
_BARE = re.compile(
    r"((an? )?(error|loi)( occurred| in (the |this )?[\w ]{1,30})?"
    r"|(invalid|incorrect|wrong)( [\w ]{1,40})?|(the |your )?[\w ]{1,40} (is|are) "
    r"(invalid|incorrect|wrong|not valid)|[\w ]{0,40}(khong hop le|khong dung|chua dung|bi sai))"
    r"[.!]*"
)
_NAMES = re.compile(r"error|invalid|(^|[-_ ])loi([-_ ]|$)", re.IGNORECASE)


@page_rule(
    "warning",
    wcag=("3.3.1",),
    act=("36b590",),
    messages={
        "bare": "The message “{text}” does not say what is wrong with the value.",
        "hidden": "The message “{text}” is hidden from screen readers.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if not any(_is_field(field) for field in page.outline.pick(*_FIELDS)):
        return
    pointed_at = _pointed_at(page)
    for message in page.outline.pick(or_bearing=("id", "class", "role")):
        if not _is_error(message, pointed_at) or not is_rendered(message):
            continue
        text = text_of(message)
        if not 0 < len(text) <= _LONGEST or not _ERROR.search(fold(text)):
            continue
        if not is_told(message):
            yield page.fails(message, "hidden", text=text)
        elif _BARE.fullmatch(fold(text)):
            yield page.fails(message, "bare", text=text)
        else:
            yield page.passes(message)


def _pointed_at(page: Page) -> set[str]:
    """The ids of what fields point to as their description or their error."""
    keys = ("aria-describedby", "aria-errormessage")
    fields = page.outline.pick(*_FIELDS)
    return {name for field in fields for key in keys for name in field.get(key, "").split()}


def _is_error(element: Element, pointed_at: set[str]) -> bool:
    """Whether the element is named an error, or a field points to it, and it holds words alone."""
    if element.tag not in _INLINE:
        return False
    named = (
        element.get("role") == "alert"
        or element.get("id") in pointed_at
        or any(_NAMES.search(element.get(key, "")) for key in ("id", "class"))
    )
    return named and not any(_is_field(field) for field in element.iterdescendants(*_FIELDS))


def _is_field(element: Element) -> bool:
    return str(element.tag) != "input" or element.get("type", "") != "hidden"
