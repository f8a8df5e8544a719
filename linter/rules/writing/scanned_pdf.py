"""A PDF file holds its text as text.

Why: A scan is a photograph of paper: nothing can be read aloud, enlarged well, searched or copied.
Whom it hurts: Blind people, people with low vision, everyone who searches for the document.
Mend: Make the PDF from the word processor (Save as PDF) instead of scanning the print. Of a signed
paper show the text on the page too, and name the scan a scan.
Mend in Markdown: Make the PDF from the word processor (Save as PDF) and put it in place of the
scan. Of a signed paper type the text into this document too, and write “bản quét” into the name of
the attachment.
Limits: Any letter counts as text. A file that is broken, locked or larger than 10 MB is left to a
person.
"""

from collections.abc import Iterator
from datetime import date

from linter.model import Snapshot
from linter.page import Observation
from linter.rules.rule import NoParams, site_rule
from linter.rules.writing.pdfs import speak_of
from linter.terms import Outcome


@site_rule(
    "error",
    wcag=("1.1.1", "1.4.5"),
    messages={
        "scan": "The PDF file {file} is a scan: it holds no text.",
        "unreadable": "The PDF file {file} could not be looked into: it is broken, locked or too "
        "large. See whether it holds text.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for address, pdf in snapshot.pdfs.items():
        if pdf.unreadable:
            yield speak_of(snapshot, address, Outcome.REVIEW, "unreadable")
        elif pdf.has_text:
            yield speak_of(snapshot, address, Outcome.PASS)
        else:
            yield speak_of(snapshot, address, Outcome.FAIL, "scan")
