"""The server shows no list of the files in a folder.

Why: A list gives away drafts, backups and uploads that nobody meant to publish.
Whom it hurts: The body whose papers are found, and persons named in them.
Mend: Switch directory listings off (Apache: Options -Indexes; nginx: autoindex off; IIS: directory
browsing), and move what is not for the public out of the folder.
Limits: Knows the lists of Apache, nginx and IIS; speaks only of lists that the site links to.
"""

import re
from collections.abc import Iterator

from linter.elements import text_of
from linter.page import Observation, Page
from linter.rules.rule import page_rule

_TITLES = re.compile(r"(index of /|directory listing for /|[\w.-]+ - /)", re.I)
_PARENT = re.compile(r"parent directory|\.\./|to parent directory", re.I)


@page_rule(
    "error", messages={"listed": "The server lists the files of this folder: {count} links."}
)
def rule(page: Page) -> Iterator[Observation]:
    heading = page.tree.find(".//h1")
    title = page.tree.findtext(".//title") or ""
    links = page.outline.pick("a", bearing="href")
    if heading is None or not links:
        return
    says = _TITLES.match(text_of(heading)) or _TITLES.match(title.strip())
    if says and (
        text_of(heading).lower().startswith("index of")
        or any(_PARENT.match(text_of(link).strip("[] ")) for link in links)
    ):
        yield page.fails(page.tree, "listed", count=len(links))
    else:
        yield page.passes(page.tree)
