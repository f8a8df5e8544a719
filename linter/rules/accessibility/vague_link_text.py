"""A link says by itself where it leads.

Why: Screen reader users list the links of a page; ten times “tại đây” or “xem thêm” says nothing.
Whom it hurts: Blind people, people who see only a small part of the screen at a time.
Mend: In Markdown put the name of the thing between the brackets: [Đơn xin cấp phép xây
dựng](don.md) instead of [tại đây](don.md).
Limits: Knows the common Vietnamese and English phrases; an aria-label or title that names the
target makes the link pass.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.model import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of
from linter.vietnamese import fold

_VAGUE = frozenset(
    """tai day|o day|day|xem|xem them|xem tiep|xem chi tiet|chi tiet|doc them|doc tiep|click|
    click vao day|click day|click tai day|bam vao day|nhan vao day|nhap vao day|bam day|nhan day|
    tai ve|tai xuong|download|link|lien ket|duong dan|tiep|tiep theo|them|here|click here|more|
    read more|see more|details|view|view more|continue""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)


@page_rule(
    "error",
    wcag=("2.4.4", "2.4.9"),
    messages={"vague": "The link text “{text}” does not say where the link leads."},
)
def rule(page: Page) -> Iterator[Observation]:
    for link in page.tree.xpath("//a[@href]"):
        name = name_of(link)
        if not name or not is_exposed(link):
            continue
        words = fold(name).strip(" .…:>»→-[]()")
        if words in _VAGUE and fold(link.get("title", "")) in ("", fold(name)):
            yield page.fails(link, "vague", text=text_of(link) or name)
        else:
            yield page.passes(link)
