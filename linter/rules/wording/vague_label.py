"""The label of a field says what to fill in.

Why: “Nhập”, “Text” or “Menu” names a thing on the screen, not what is asked for; two fields that
are both called “Name” cannot be told apart.
Whom it hurts: People with memory difficulties, blind people, everyone in a hurry.
Mend: Name what is asked for: “Họ và tên người nộp”. Put fields that ask the same of two people
into a <fieldset> each, with a <legend> that can be seen.
Limits: Knows common empty words in Vietnamese and English. Whether any other label fits its field
is for a person to judge.
"""

from collections import defaultdict
from collections.abc import Iterator

from linter.blocks import is_repeated
from linter.elements import text_of
from linter.outline import outline_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, is_rendered, is_visible, labels_of, role_of
from linter.vietnamese import fold

_ROLES = frozenset("textbox combobox listbox searchbox spinbutton".split())
_EMPTY_WORDS = frozenset(
    """button|box|click|data|enter|enter here|enter text|field|form|go|here|input|input field|item|
    label|menu|ok|option|placeholder|select|send|submit|text|text box|text field|textbox|type here|
    value|widget|du lieu|gia tri|gui|nhap|nhap du lieu|nhap vao day|nut|o|o nhap|o trong|truong|
    truong du lieu|chon|lua chon|van ban nhap|nhan""".replace("\n    ", "").split("|")
)


@page_rule(
    "warning",
    wcag=("2.4.6", "3.3.2"),
    act=("cc0f0a",),
    messages={
        "empty": "The label “{text}” does not say what to fill in.",
        "twice": "Another field of the form is called “{text}” too, and nothing that can be seen "
        "tells which is which.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    same: dict[tuple[int, str], list[Element]] = defaultdict(list)
    for field in page.outline.pick("input", "select", "textarea", or_bearing=("role",)):
        if role_of(field) not in _ROLES or not is_exposed(field):
            continue
        text = " ".join(text for label in _labels(field) if (text := _words(label)))
        if not text:
            continue
        if fold(text).strip(" :*.…()") in _EMPTY_WORDS:
            yield page.fails(field, "empty", text=text)
            continue
        yield page.passes(field)
        if not is_repeated(field) and not any(field.iterancestors("td", "th")):
            form = next(field.iterancestors("form"), page.tree)
            same[id(form), fold(text)].append(field)
    for fields in same.values():
        names = {field.get("name") or field.get("id") for field in fields}
        if len(fields) > 1 and len(names) == len(fields):
            heads = [_head_of(field) for field in fields]
            if len(set(heads)) < len(fields) or None in heads:
                for field in fields:
                    text = " ".join(_words(label) for label in _labels(field))
                    yield page.fails(field, "twice", text=text)


def _labels(field: Element) -> list[Element]:
    """What can be seen of the field's label: <label>, or what aria-labelledby points to."""
    found = labels_of(field)
    for name in field.get("aria-labelledby", "").split():
        found += outline_of(field).valued("id", name)[:1]
    return [label for label in found if is_rendered(label) and is_visible(label)]


def _words(label: Element) -> str:
    """The label's own words, without those of a list inside it."""
    inner = "".join(text_of(one) for one in label.iter("select", "textarea"))
    return text_of(label).replace(inner, "").strip() if inner else text_of(label)


def _head_of(field: Element) -> Element | None:
    """The heading or legend that can be seen and under which the field stands, None for none."""
    heads = field.xpath(
        "preceding::h1|preceding::h2|preceding::h3|preceding::h4|preceding::h5"
        "|preceding::h6|ancestor::fieldset/legend|preceding::*[@role='heading']"
    )
    for head in reversed(heads):
        if is_rendered(head) and is_visible(head) and text_of(head):
            return head
    return None
