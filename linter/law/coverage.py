"""This file says of each clause of an instrument who checks it, and by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from linter.law.instrument import Instrument, Requirement
from linter.messages import N_, format_date, say, translate

_DOMAIN = "coverage"


class State(StrEnum):
    """Who sees to a clause; the order is that of the summary."""

    CHECKED = "checked"
    PARTLY = "partly"
    PERSON = "person"
    NOT_AVAILABLE = "not-available"
    NOT_APPLICABLE = "not-applicable"


STATES: Mapping[State, str] = {
    State.CHECKED: N_("checked"),
    State.PARTLY: N_("partly, and by a person"),
    State.PERSON: N_("by a person"),
    State.NOT_AVAILABLE: N_("text not available"),
    State.NOT_APPLICABLE: N_("not applicable to a site"),
}
CERTAINTIES: Mapping[str, str] = {
    "full": N_("read whole"),
    "excerpt": N_("known by an excerpt"),
    "memory": N_("known from memory"),
    "inferred": N_("inferred"),
}


@dataclass(frozen=True)
class Row:
    """One clause: its duties, who sees to them, by which rules, and why nobody does."""

    clause: str
    duties: tuple[Requirement, ...]
    state: State
    rules: tuple[str, ...]
    note: str


def coverage(law: Instrument) -> tuple[Row, ...]:
    """Every clause of the instrument, in its order."""
    clauses: dict[str, list[Requirement]] = {}
    for requirement in law.requirements:
        clauses.setdefault(requirement.id, []).append(requirement)
    return tuple(_row(clause, duties) for clause, duties in clauses.items())


def _row(clause: str, duties: Sequence[Requirement]) -> Row:
    rules = tuple(dict.fromkeys(duty.rule for duty in duties if duty.rule))
    asked = any(duty.person for duty in duties)
    statuses = [duty.status for duty in duties if duty.status]
    if rules:
        state = State.PARTLY if asked or State.NOT_AVAILABLE in statuses else State.CHECKED
    else:
        state = State.PERSON if asked else State(statuses[0])
    notes = dict.fromkeys(duty.evidence for duty in duties if duty.evidence)
    return Row(clause, tuple(duties), state, rules, "; ".join(notes))


def write(laws: Iterable[Instrument], lang: str) -> str:
    """The coverage of the instruments as Markdown: a summary, then a table for each."""
    laws = tuple(laws)
    known = {law.id: coverage(law) for law in laws}
    lines = [f"# {translate('Which clause is checked by what', lang, _DOMAIN)}", ""]
    if len(laws) > 1:
        lines += [*_summary(laws, known, lang), ""]
    for law in laws:
        lines += [*_chapter(law, known[law.id], lang), ""]
    return "\n".join(lines).rstrip() + "\n"


def _summary(
    laws: Sequence[Instrument], known: Mapping[str, Sequence[Row]], lang: str
) -> Iterable[str]:
    states = [translate(text, lang, _DOMAIN) for text in STATES.values()]
    yield _line([translate("Instrument", lang, _DOMAIN), *states])
    yield _line(["---"] * (len(states) + 1))
    total: Counter[State] = Counter()
    for law in laws:
        counts = Counter(row.state for row in known[law.id])
        total.update(counts)
        cells = [str(counts[state]) for state in STATES]
        yield _line([f"[{law.short[lang]}](#{law.id})", *cells])
    sums = [str(total[state]) for state in STATES]
    yield _line([translate("Together", lang, _DOMAIN), *sums])


def _chapter(law: Instrument, rows: Sequence[Row], lang: str) -> Iterable[str]:
    start, end = law.in_force
    yield f'## <a id="{law.id}"></a>{law.short[lang]} (`{law.id}`)'
    yield ""
    yield f"{law.title[lang]}. {_span(start.isoformat(), end.isoformat() if end else '', lang)}"
    for number, day in law.amended_by:
        params = {"number": number, "day": day.isoformat()}
        yield say("Amended by {number} from {day:date}.", params, lang, _DOMAIN)
    if law.superseded_by:
        yield say("Replaced by {next}.", {"next": law.superseded_by}, lang, _DOMAIN)
    if lang == "vi":
        yield f"({law.read}.)"
    yield ""
    heads = ("Clause", "Duty", "Known", "Who checks", "By")
    yield _line([translate(head, lang, _DOMAIN) for head in heads])
    yield _line(["---"] * len(heads))
    for row in rows:
        duties = " ".join(dict.fromkeys(duty.says[lang] for duty in row.duties))
        sure = dict.fromkeys(translate(CERTAINTIES[d.sure], lang, _DOMAIN) for d in row.duties)
        by = ", ".join(f"`{rule}`" for rule in row.rules)
        if row.note and lang == "vi":
            by += f" ({row.note})" if by else row.note
        state = translate(STATES[row.state], lang, _DOMAIN)
        yield _line([f"`{row.clause.partition('/')[2]}`", duties, ", ".join(sure), state, by])


def _span(start: str, end: str, lang: str) -> str:
    days = {"start": format_date(start, lang), "end": format_date(end, lang)}
    text = N_("In force from {start} to {end}.") if end else N_("In force from {start}.")
    return say(text, days, lang, _DOMAIN)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
