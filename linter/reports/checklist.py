"""This file is the form of what only a person can answer, and writes it as one HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from linter.messages import N_, format_date, say, translate

_HERE = Path(__file__).parent / "html"
_DOMAIN = "checklist"

# What the committee may tick, as answers.yml writes it.
CHOICES = {
    "pass": N_("Complies"),
    "fail": N_("Does not comply"),
    "could-not-tell": N_("Could not be told"),
}
# What belongs to an answer, in the order of the form.
FIELDS = {
    "evidence": N_("Evidence (number of a document, address of a page, minutes)"),
    "who": N_("Who answers (name, post)"),
    "when": N_("Day of the answer"),
    "until": N_("Holds until"),
}


@dataclass(frozen=True)
class Given:
    """An answer that a person has given already."""

    outcome: str
    who: str
    when: date
    until: date | None
    evidence: str


@dataclass(frozen=True)
class Question:
    """One clause as the form asks it: `requirement` is its id, `cite` how a lawyer names it."""

    requirement: str
    cite: str
    duty: str
    asks: str
    given: Given | None


@dataclass(frozen=True)
class Chapter:
    """One instrument and its questions; `title` is in the reader's language."""

    number: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Checklist:
    """All questions for one site by the law of one day."""

    site: str
    name: str
    as_of: date
    chapters: tuple[Chapter, ...]

    @property
    def count(self) -> int:
        """How many questions there are."""
        return sum(len(chapter.questions) for chapter in self.chapters)


def write_html(form: Checklist, lang: str) -> bytes:
    """The form as one page that needs no other file."""
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("checklist.jinja").render(
        form=form,
        lang=lang,
        t=lambda text, **params: say(text, params, lang, _DOMAIN),
        day=lambda day: format_date(day.isoformat(), lang),
        choices={key: translate(text, lang, _DOMAIN) for key, text in CHOICES.items()},
        style=(_HERE / "checklist.css").read_text("utf-8"),
    )
    return text.encode("utf-8")
