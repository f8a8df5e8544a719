"""Vietnamese text is written in Unicode, not in the codes of the years before.

Why: TCVN3 and VNI text needs special fonts; elsewhere “Phòng Giáo dục” looks like “Phßng Gi¸o dôc”.
Whom it hurts: Everyone without those fonts, blind people, and all who search.
Mend: Convert the text to Unicode, for instance with UniKey's converter, and type it in anew.
Mend in Markdown: Convert the text to Unicode, for instance with UniKey's converter, put it in place
of the old lines and save the file as UTF-8.
Limits: Wants several such words before it speaks; letters written as entities are not looked at.
"""

from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule


@page_rule("error", messages={"old": "{count} words are written in {name}, such as “{sample}”."})
def rule(page: Page) -> Iterator[Observation]:
    name, words = page.old_words
    if name:
        sample = min(words)
        yield page.fails(page.tree, "old", count=len(words), name=name, sample=sample)
    elif not page.is_empty:
        yield page.passes(page.tree)
