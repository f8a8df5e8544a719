"""A PDF file holds its text as text.

Why: A scan is a photograph of paper: nothing can be read aloud, enlarged well, searched or copied.
Whom it hurts: Blind people, people with low vision, everyone who searches for the document.
Mend: Make the PDF from the word processor (Save as PDF) instead of scanning the print. Of a signed
paper show the text on the page too, and name the scan a scan.
Mend in Markdown: Make the PDF from the word processor (Save as PDF) and put it in place of the
scan. Of a signed paper type the text into this document too, and write “bản quét” into the name of
the attachment.
Limits: A file that has letters in it is left to a person where each page, or one of them, is a
large picture with fewer than 12 words beside it; so is one that holds drawings only, is broken,
locked, a collection of files, or larger than 10 MB. Looks at the first 30 pages.
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
        "stamped": "Each page of the PDF file {file} is a picture with hardly a word beside it, "
        "such as a stamp. See whether the pictures hold text.",
        "partly": "Of {pages} pages of the PDF file {file}, {pictures} are pictures with hardly a "
        "word beside them. See whether these hold text.",
        "drawn": "The PDF file {file} holds no letters, only drawings. See whether they show text.",
        "empty": "Nothing is to be seen in the PDF file {file}. See whether it is the right one.",
        "unreadable": "The PDF file {file} could not be looked into: it is broken, locked or too "
        "large, or a collection of files. See whether it holds text.",
    },
)
def rule(snapshot: Snapshot, _params: NoParams, _as_of: date) -> Iterator[Observation]:
    for address, pdf in snapshot.pdfs.items():
        if pdf.unreadable:
            yield speak_of(snapshot, address, Outcome.REVIEW, "unreadable")
        elif pdf.has_text and not pdf.pictures:
            yield speak_of(snapshot, address, Outcome.PASS)
        elif pdf.has_text:
            message = "stamped" if pdf.pictures == pdf.pages else "partly"
            counts = {"pages": pdf.pages, "pictures": pdf.pictures}
            yield speak_of(snapshot, address, Outcome.REVIEW, message, counts)
        elif pdf.pictures:
            yield speak_of(snapshot, address, Outcome.FAIL, "scan")
        elif pdf.drawn:
            yield speak_of(snapshot, address, Outcome.REVIEW, "drawn")
        else:
            yield speak_of(snapshot, address, Outcome.REVIEW, "empty")
