"""Every image has a text alternative.

Why: A person who cannot see the image hears or feels its text alternative instead; without one a
screen reader reads the file's name or nothing.
Whom it hurts: Blind people, people with a slow connection, search engines.
Mend: Write <img src="cau.jpg" alt="What the picture shows">. Where a picture only decorates, write
alt="".
Mend in Markdown: Write ![What the picture shows](../anh/file.jpg). Where a picture only decorates,
leave the brackets empty: ![](../anh/file.jpg).
Limits: Whether the text says what the picture shows is for a person to judge.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed


@page_rule(
    "error",
    wcag=("1.1.1",),
    act=("23a2a8",),
    supersedes=("axe/image-alt",),
    messages={"missing": "The image {src} has no text alternative."},
)
def rule(page: Page) -> Iterator[Observation]:
    for image in page.outline.pick("img"):
        named = image.get("aria-label", "").strip() or image.get("aria-labelledby", "").strip()
        if image.get("role") in ("presentation", "none") or not is_exposed(image):
            continue
        if image.get("alt") is None and not named and not image.get("title"):
            yield page.fails(image, "missing", src=image.get("src", ""))
        else:
            yield page.passes(image)
