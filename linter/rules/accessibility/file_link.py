"""A link to a file says its type and size.

Why: Who pays for every megabyte, or cannot open the format, must know before the download starts.
Whom it hurts: People with slow or costly connections, people on phones, blind people.
Mend: Write type and size into the link: <a href="mau-don.docx">Mẫu đơn (DOCX, 35 kB)</a>.
Mend in Markdown: Put the file under attachments in the document's header: the theme then writes
type and size. In running text write [Mẫu đơn (DOCX, 35 kB)](../tep/mau-don.docx).
Limits: Knows files by their ending; looks for type and size in the link and right behind it, in a
table also in the cells behind it.
"""

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of
from linter.vietnamese import fold

_FILE = re.compile(r"\.(pdf|docx?|xlsx?|pptx?|od[tsp]|rtf|csv|txt|zip|rar|7z)([?#]|$)", re.I)
_SIZE = re.compile(r"\d\s*(b|kb|mb|gb|kib|mib|byte|kilobyte|megabyte)\b")


@page_rule(
    "warning",
    wcag=("2.4.9", "3.2.4"),
    messages={
        "neither": "The link to the file {file} says neither its type nor its size.",
        "type": "The link to the file {file} does not say its type.",
        "size": "The link to the file {file} does not say its size.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    for link in page.outline.pick("a", bearing="href"):
        match = _FILE.search(link.get("href"))
        if not match or not is_exposed(link):
            continue
        said = fold(f"{name_of(link)} {_behind(link)}")
        kind = re.search(rf"\b{match[1].lower()}\b|\b(word|excel|powerpoint)\b", said)
        size = _SIZE.search(said)
        file = link.get("href").split("?")[0].rsplit("/", 1)[-1]
        if kind and size:
            yield page.passes(link)
        else:
            fault = "neither" if not kind and not size else "size" if kind else "type"
            yield page.fails(link, fault, file=file)


def _behind(link: Element) -> str:
    """The text up to the next link of the same parent; in a table, of the cells behind it too."""
    parts = [link.tail or ""]
    for sibling in link.itersiblings():
        if sibling.tag == "a":
            break
        if isinstance(sibling.tag, str):
            parts.append(text_of(sibling))
        parts.append(sibling.tail or "")
    cell = link.getparent() if link.getparent() is not None else link
    if cell.tag == "td" and len(cell.getparent().findall(".//a")) == 1:
        parts += [text_of(other) for other in cell.itersiblings("td")]
    return " ".join(parts)[:80]
