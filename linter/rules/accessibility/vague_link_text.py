"""A link says by itself where it leads.

Why: Screen reader users list the links of a page; ten times “tại đây” or “xem thêm” says nothing.
Whom it hurts: Blind people, people who see only a small part of the screen at a time.
Mend: Name the thing in the link: <a href="don.docx">Đơn xin cấp phép xây dựng</a> instead of <a
href="don.docx">tại đây</a>.
Mend in Markdown: Put the name of the thing between the brackets: [Đơn xin cấp phép xây
dựng](don.md) instead of [tại đây](don.md).
Limits: Knows the common Vietnamese and English phrases; an aria-label or title that names the
target makes the link pass.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.link_words import is_vague, links_of
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import name_of
from linter.vietnamese import fold


@page_rule(
    "error",
    wcag=("2.4.4", "2.4.9"),
    act=("aizyf1",),
    messages={"vague": "The link text “{text}” does not say where the link leads."},
)
def rule(page: Page) -> Iterator[Observation]:
    for link in links_of(page):
        name = name_of(link)
        if not name:
            continue
        if is_vague(name) and fold(link.get("title", "")) in ("", fold(name)):
            yield page.fails(link, "vague", text=text_of(link) or name)
        else:
            yield page.passes(link)
