"""A heading is a heading, not a bold paragraph.

Why: Bold letters are seen, not heard: the part cannot be found by moving from heading to heading.
Whom it hurts: Blind people.
Mend: Write <h2>Tên phần</h2> instead of <p><b>Tên phần</b></p>; <h3> for a part of that part.
Mend in Markdown: Write ## Tên phần instead of **Tên phần**; ### for a part of that part.
Limits: Takes a short paragraph that is bold as a whole, followed by text, for a heading; a single
bold sentence that ends with a full stop passes.
"""

from collections.abc import Iterator

from linter.elements import text_of
from linter.model import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed

_LONGEST = 90
_WITHIN = ("td", "th", "li", "figure")
_AFTER = ("p", "ul", "ol", "table", "dl", "div")


@page_rule(
    "warning",
    wcag=("1.3.1",),
    supersedes=("axe/p-as-heading",),
    messages={"fake": "“{text}” looks like a heading but is a bold paragraph."},
)
def rule(page: Page) -> Iterator[Observation]:
    for paragraph in page.outline.pick("p"):
        after = paragraph.getnext()
        if after is None or after.tag not in _AFTER or not _is_bold(paragraph):
            continue
        if (
            not paragraph.text_content().strip()
            or next(paragraph.iterancestors(*_WITHIN), None) is not None
        ):
            continue
        text = text_of(paragraph)
        if len(text) > _LONGEST or text.endswith((".", "!", "?", ";", ",")):
            yield page.passes(paragraph)
        elif is_exposed(paragraph) and not (after.tag == "p" and _is_bold(after)):
            yield page.fails(paragraph, "fake", text=text)


def _is_bold(paragraph: Element) -> bool:
    """Whether all text of the paragraph stands in <b> or <strong>."""
    children = [child for child in paragraph if isinstance(child.tag, str)]
    bold = [child for child in children if child.tag in ("b", "strong")]
    loose = (paragraph.text or "") + "".join(child.tail or "" for child in children)
    return bool(bold) and len(bold) == len(children) and not loose.strip()
