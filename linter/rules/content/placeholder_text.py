"""Nothing on a page waits to be written.

Why: “Đang cập nhật” for months tells citizens that nobody looks after the page.
Whom it hurts: Everyone who came for that information.
Mend: Write the text, or take the page away until it is written.
Mend in Markdown: Write the text in place of this line; until then keep the document at status:
draft.
Limits: Finds the usual phrases where they are all that an element says.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from linter.elements import text_of
from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_rendered
from linter.vietnamese import fold

_WAITING = re.compile(
    r"\W*((noi dung|thong tin|du lieu|trang)( nay)? dang (duoc )?(xay dung|hoan thien)|"
    r"(noi dung |thong tin |du lieu |trang )?dang (duoc )?cap nhat|"
    r"(noi dung |thong tin )?se (duoc )?(cap nhat|bo sung)( sau)?|chua co noi dung|chua cap nhat|"
    r"under construction|coming soon|updating|lorem ipsum.*|cap nhat sau)\W*$"
)
_BLOCKS = ("p", "li", "td", "dd", "h1", "h2", "h3")
# These only where they hold nothing but text.
_BARE = ("div", "span")


@page_rule(
    "warning",
    messages={"waiting": "“{text}” stands where information should be."},
)
def rule(page: Page) -> Iterator[Observation]:
    for element in page.outline.pick(*_BLOCKS, *_BARE):
        if len(element) and element.tag in _BARE and any(isinstance(c.tag, str) for c in element):
            continue
        text = text_of(element)
        if not text:
            continue
        if len(text) < 400 and _waits(text) and is_rendered(element):
            if not any(_waits(text_of(child)) for child in element):
                yield page.fails(element, "waiting", text=text[:60])
        else:
            yield page.passes(element)


@lru_cache(maxsize=1 << 14)  # a site's menu stands on each of its pages
def _waits(text: str) -> bool:
    return bool(_WAITING.match(fold(text)))
