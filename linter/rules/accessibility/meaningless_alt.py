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
from urllib.parse import unquote, urlsplit

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.vietnamese import fold

_FILE = re.compile(
    r"\.(jpe?g|png|gif|svg|webp|bmp|tiff?)$|^\d{6,}([_-]\d+)*$|"
    r"^(img|dscn?|image|photo|anh|hinh|pic|scan|screenshot|fb_img)[\s_-]*\d[\d\s_-]*$|"
    r"^z\d{8,}_?[0-9a-f]*$",  # as Zalo calls what is sent by it
    re.I,
)
_NAME_OF_FILE = re.compile(r"[^\s_-]+(?:[_-][^\s_-]*)+|\S*\d\S*")
_SIZE = re.compile(r"\d{1,4}\s*[x×]\s*\d{1,4}$")
_GENERIC = re.compile(
    r"((buc |tam )?(hinh|anh|hinh anh)( minh hoa| dai dien| bia| (nguon )?internet| suu tam)?|"
    r"minh hoa|imgs?|images?|pictures?|photos?|pic|icon|logo|banner|slide|slideshow image|avatar|"
    r"thumbnail|screenshot|no image|untitled|undefined|null|none|alt|title)\s*\d*"
)
_SIGNS = re.compile(r"[\s_.:()\[\]…-]+")


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
        words = _SIGNS.sub(" ", fold(alt)).strip()
        if (
            _FILE.search(alt)
            or _SIZE.match(fold(alt))
            or _GENERIC.fullmatch(words)
            or alt.strip(".…") == ""
            or _is_file_of(image, alt)
        ):
            yield page.fails(image, "meaningless", alt=alt)
        else:
            yield page.passes(image)


def _is_file_of(image: Element, alt: str) -> bool:
    """Whether the text is the name of the picture's file without its ending: “tin-tuc-1”."""
    file = unquote(urlsplit(image.get("src", "").strip()).path).rsplit("/", 1)[-1]
    return bool(_NAME_OF_FILE.fullmatch(alt)) and alt.lower() == file.rsplit(".", 1)[0].lower()
