"""This file says what a paper is: a heading of an office, text and tables, apart from any format.

Each report is one function that makes a Paper; as_docx, as_xlsx and as_screen write any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from linter.findings import RuleCard
from linter.messages import say, translate
from linter.reports.wording import say_duty

Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True)
class Heading:
    """The title of a part."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; a `grave` one says what a reader must not miss."""

    text: str
    grave: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings. A cell None is empty: nothing is known.

    `sheet` is its short name in a workbook, `wide` the columns that hold long text.
    """

    sheet: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: frozenset[int] = frozenset({1})


Block: TypeAlias = Heading | Paragraph | Table


@dataclass(frozen=True)
class Letterhead:
    """Who reports, from where, and who signs; empty text becomes dots to fill in by hand."""

    parent: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    signer_title: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A report: `kind` is what it calls itself, `abstract` what it is about.

    `notes` stand on the first page, before the body: what was not judged, what is provisional. A
    `form` has no number, and who fills it in writes the day.
    """

    kind: str
    abstract: str
    letterhead: Letterhead
    day: date
    notes: tuple[str, ...]
    body: tuple[Block, ...]
    annexes: tuple[Block, ...] = ()
    form: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in order."""
        return tuple(b for b in (*self.body, *self.annexes) if isinstance(b, Table))


@dataclass(frozen=True)
class Words:
    """How a paper speaks: the language, and what rules and clauses say in it.

    `clauses` are what a clause demands, by its id and the rule that checks it; `cites` what lawyers
    call instruments and clauses, by their ids.
    """

    lang: str
    cards: Mapping[str, RuleCard] = field(default_factory=dict)
    clauses: Mapping[tuple[str, str], str] = field(default_factory=dict)
    cites: Mapping[str, str] = field(default_factory=dict)

    def t(self, text: str, **params: object) -> str:
        """A text of this room, translated and filled."""
        return say(text, params, self.lang, domain="reports")

    def ground(self, rule: str, clause: str) -> str:
        """What a clause or a rule demands, with its name."""
        if clause:
            duty, name = self.clauses.get((clause, rule), ""), self.cite(clause)
            return f"{duty} ({name})" if duty else name
        card = self.cards.get(rule)
        return f"{say_duty(card, self.lang)} ({rule})" if card else rule

    def cite(self, name: str) -> str:
        """How a lawyer names the instrument or the clause of that id."""
        return self.cites.get(name, name)

    def word(self, text: str) -> str:
        """A single word of this room, translated."""
        return translate(text, self.lang, domain="reports")


Writer: TypeAlias = Callable[[Paper, str], bytes]
