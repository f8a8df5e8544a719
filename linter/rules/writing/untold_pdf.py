"""A PDF file says its title, its language and what its parts are.

Why: Without a title a program shows the file's name, without a language a voice guesses it, and
without tags headings, lists and tables are one stream of words.
Whom it hurts: Blind people, people who use speech output.
Mend: In the word processor fill in the document's title, set its language, use heading styles, and
save as PDF with “Document structure tags for accessibility” (in LibreOffice: Tagged PDF).
Mend in Markdown: In the word processor fill in the document's title, set its language, use heading
styles, save as PDF with “Document structure tags for accessibility” (in LibreOffice: Tagged PDF),
and put that file in place of the old one.
Limits: Whether title, language and tags are right is for a person to see; only a title that a
program made of the file's name counts as none. Scans are told apart by scanned-pdf.
"""

import re
from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule
from linter.rules.writing.pdfs import speak_of
from linter.terms import Outcome

# What word processors and printers write where nobody wrote a title.
_FILE_NAME = re.compile(
    r"^(microsoft (word|excel|powerpoint) ?-|(untitled|document ?\d*|slide ?\d*|book ?\d*)$)"
    r"|\.(docx?|xlsx?|pptx?|pdf|rtf|odt|indd|cdr|tmp)$",
    re.I,
)


@site_rule(
    "warning",
    wcag=("1.3.1", "2.4.2", "3.1.1"),
    messages={
        "title": "The PDF file {file} has no title.",
        "file-name": "The title of the PDF file {file} is only a file's name: “{title}”.",
        "language": "The PDF file {file} does not say its language.",
        "tags": "The PDF file {file} has no tags: nobody can tell its headings and tables.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for address, pdf in snapshot.pdfs.items():
        if pdf.unreadable or not pdf.has_text:
            continue
        told = {"title": pdf.title, "language": pdf.language, "tags": pdf.tagged}
        for message, given in told.items():
            if message == "title" and _FILE_NAME.search(pdf.title):
                more = {"title": pdf.title[:80]}
                yield speak_of(snapshot, address, Outcome.FAIL, "file-name", more)
            elif given:
                yield speak_of(snapshot, address, Outcome.PASS)
            else:
                yield speak_of(snapshot, address, Outcome.FAIL, message)
