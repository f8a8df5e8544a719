"""A link makes sense without the words around it.

Why: In a list of links “PDF” or “trang này” stands alone; the document that it belongs to is
mentioned somewhere else.
Whom it hurts: Blind people who list the links of a page, people who see little of it at a time.
Mend: Name the thing in the link: <a href="bang-gia-dat.pdf">Bảng giá đất 2016 (PDF)</a>.
Mend in Markdown: Name the thing between the brackets: [Bảng giá đất 2016 (PDF)](bang-gia-dat.pdf).
Limits: Knows names of file formats and phrases that only point. WCAG asks for this at level AAA;
that the words around a link help is enough at level A.
"""

from collections.abc import Iterator

from linter.link_words import links_of, needs_context
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import name_of


@page_rule(
    "notice",
    wcag=("2.4.9",),
    act=("aizyf1",),
    messages={"points": "“{text}” names its target only together with other words."},
)
def rule(page: Page) -> Iterator[Observation]:
    for link in links_of(page):
        name = name_of(link)
        if name and needs_context(name):
            yield page.fails(link, "points", text=name)
        elif name:
            yield page.passes(link)
