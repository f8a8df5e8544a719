"""Text is written as text, not shown as a picture of text.

Why: The letters of a picture cannot be enlarged without blur, recoloured, searched, copied or
translated.
Whom it hurts: People with low vision, people with dyslexia, blind people, people with a phone.
Mend: Write the text into the page, and keep the picture only where it shows more than text.
Mend in Markdown: Type the text into the document, and keep the picture only where it shows more
than text.
Limits: A picture is taken for text when its text alternative is as long as a text or its file is
called after a document; whether it shows text, a person must see.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed
from linter.vietnamese import fold

_LONG = 100  # characters of a text alternative
_DOCUMENT = re.compile(
    r"\b(thong bao|cong van|van ban|quyet dinh|ke hoach|giay moi|giay phep|lich tiep|lich cong tac|"
    r"bang gia|nghi quyet|bieu mau|scan\d*|noi dung)\b|^(tb|cv|qd|gm) "
)


@page_rule(
    "warning",
    wcag=("1.4.5",),
    messages={
        "long": "The text alternative is as long as a text ({count} characters). If the picture "
        "shows this text, write it as text.",
        "named": "The picture {file} is called after a document. If it shows the document's text, "
        "write it as text.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for image in page.outline.pick("img", bearing="src"):
        alt = " ".join(image.get("alt", "").split())
        if not alt or not is_exposed(image):
            continue
        file = unquote(urlsplit(image.get("src").strip()).path.rsplit("/", 1)[-1])
        words = re.sub(r"[^a-z0-9]+", " ", fold(file))
        if len(alt) > _LONG:
            yield page.wants_review(image, "long", count=len(alt))
        elif _DOCUMENT.search(words):
            yield page.wants_review(image, "named", file=file)
        else:
            yield page.passes(image)
