"""Every form field has a label.

Why: Without a label a screen reader says “edit, blank”; nobody knows what to type.
Whom it hurts: Blind people, people who speak to their computer, people with memory difficulties.
Mend: Give the field <label for="id">Từ khóa</label>.
Limits: A placeholder counts as a name here; that it is not enough is said by another rule.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of, role_of

_ROLES = frozenset(
    "checkbox combobox listbox menuitemcheckbox menuitemradio radio searchbox slider spinbutton "
    "switch textbox".split()
)


@page_rule(
    "error",
    wcag=("4.1.2", "3.3.2"),
    act=("e086e5",),
    supersedes=("axe/label", "axe/select-name", "axe/aria-input-field-name"),
    messages={"nameless": "The form field has no label."},
)
def rule(page: Page) -> Iterator[Observation]:
    for field in page.outline.pick("input", "select", "textarea", or_bearing=("role",)):
        if role_of(field) not in _ROLES or not is_exposed(field):
            continue
        if name_of(field):
            yield page.passes(field)
        else:
            yield page.fails(field, "nameless")
