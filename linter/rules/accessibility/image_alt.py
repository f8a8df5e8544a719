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
from linter.semantics import is_exposed, is_read_as_one, name_of, role_of


@page_rule(
    "error",
    wcag=("1.1.1",),
    act=("23a2a8",),
    supersedes=("axe/image-alt", "axe/role-img-alt"),
    messages={
        "missing": "The image {src} has no text alternative.",
        "unnamed": "The element says that it is an image, and has no text alternative.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for image in page.outline.pick("img", or_bearing=("role",)):
        role = role_of(image)
        if not is_exposed(image) or (role != "img" and image.get("alt") != ""):
            continue
        if role != "img" or name_of(image):
            yield page.passes(image)
        elif image.tag == "img":
            if not is_read_as_one(image):
                yield page.fails(image, "missing", src=image.get("src", ""))
        elif next(image.iterancestors("svg"), image).tag != "svg":
            yield page.fails(image, "unnamed")
