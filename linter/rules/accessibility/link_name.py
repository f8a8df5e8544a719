"""Every link has a name.

Why: A link without a name is read aloud as its address, letter by letter, or as “link” alone.
Whom it hurts: Blind people, people who speak to their computer.
Mend: Write text into the link, or give the picture in it an alt that says where it leads.
Mend in Markdown: Write the words between the brackets: [Bảng giá đất năm 2016](bang-gia-dat.md). A
picture as a link says where it leads: [![Bảng giá đất năm 2016](../anh/bia.jpg)](bang-gia-dat.md).
Limits: Names that only a script or a stylesheet adds are for the browser rules.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of, role_of


@page_rule(
    "error",
    wcag=("2.4.4", "4.1.2"),
    act=("c487ae",),
    supersedes=("axe/link-name", "axe/button-name"),
    messages={"nameless": "The link to {href} has no name."},
)
def rule(page: Page) -> Iterator[Observation]:
    for link in page.outline.pick("a", or_bearing=("role",)):
        if role_of(link) != "link" or not is_exposed(link):
            continue
        if name_of(link):
            yield page.passes(link)
        else:
            yield page.fails(link, "nameless", href=link.get("href", ""))
