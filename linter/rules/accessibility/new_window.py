"""A link that opens a new window says so.

Why: In a new window the Back button does nothing; who does not see the change is lost.
Whom it hurts: Blind people, people with memory difficulties, beginners.
Mend: Let the link open in the same window; otherwise write “(mở cửa sổ mới)” into it.
Limits: Finds target, and window.open in onclick; what other scripts open is not seen.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of
from linter.vietnamese import fold

_SAME_WINDOW = ("", "_self", "_top", "_parent")
_NOTICE = re.compile(r"(cua so|tab|the|trang) (moi|khac)|new (window|tab)")


@page_rule(
    "notice",
    wcag=("3.2.5",),
    messages={"silent": "The link “{text}” opens a new window without saying so."},
)
def rule(page: Page) -> Iterator[Observation]:
    for link in page.outline.pick("a", "area", bearing="href"):
        opens = link.get("target", "").strip().lower() not in _SAME_WINDOW
        if not (opens or "window.open(" in link.get("onclick", "")) or not is_exposed(link):
            continue
        name = name_of(link)
        if _NOTICE.search(fold(f"{name} {link.get('title', '')}")):
            yield page.passes(link)
        else:
            yield page.fails(link, "silent", text=name)
