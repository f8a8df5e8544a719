"""A text alternative says what the picture shows.

Why: “IMG_2041.jpg”, “ảnh” or “hình 1” tells a person who cannot see the picture nothing.
Whom it hurts: Blind people, people with a slow connection.
Mend: Write into alt what the picture shows, or alt="" where it only decorates.
Mend in Markdown: Write ![What the picture shows](../anh/file.jpg), or ![](../anh/file.jpg) where it
decorates.
Limits: Finds file names, generic words, sizes and template leftovers; any other text passes.
"""

import re
from collections.abc import Iterator

from linter.model import Observation, Page
from linter.rules.rule import page_rule
from linter.vietnamese import fold

_FILE = re.compile(
    r"\.(jpe?g|png|gif|svg|webp|bmp|tiff?)$|^(img|dsc|image|photo|anh)[_-]?\d+$", re.I
)
_SIZE = re.compile(r"\d{1,4}\s*[x×]\s*\d{1,4}$")
_GENERIC = re.compile(
    r"(hinh|anh|hinh anh|buc anh|tam anh|img|image|picture|photo|pic|icon|logo|banner|slide|"
    r"slideshow image|hinh minh hoa|anh minh hoa|no image|untitled|alt|title)[\s_.-]*\d*$"
)


@page_rule(
    "error",
    wcag=("1.1.1",),
    messages={"meaningless": "The text alternative “{alt}” does not say what the picture shows."},
)
def rule(page: Page) -> Iterator[Observation]:
    for image in page.outline.pick("img", "input", bearing="alt"):
        alt = image.get("alt").strip()
        if not alt or (image.tag == "input" and image.get("type") != "image"):
            continue
        folded = fold(alt)
        if _FILE.search(alt) or _SIZE.match(folded) or _GENERIC.match(folded):
            yield page.fails(image, "meaningless", alt=alt)
        else:
            yield page.passes(image)
