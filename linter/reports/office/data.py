"""This file reads what an office adds to its reports: its letterhead, and when they are due."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from linter.errors import UserError
from linter.history.period import Period
from linter.messages import N_, format_date
from linter.reports.office.paper import Letterhead, Words
from linter.strict_yaml import read_yaml

_HERE = Path(__file__).parent


def read_letterhead(path: Path) -> Letterhead:
    """content/office.yml; dots to fill in by hand where there is none. Raises UserError."""
    if not path.exists():
        return Letterhead()
    yaml = read_yaml(path, f"{path.parent.name}/{path.name}", _HERE / "office.schema.json")
    if yaml.mistakes:
        raise UserError(yaml.mistakes)
    data = dict(yaml.value)
    return Letterhead(**{**data, "recipients": tuple(data["recipients"])})


def say_due(report: str, period: Period, words: Words) -> str:
    """By which days the report must have arrived, and by which clauses; empty for no such day."""
    yaml = read_yaml(_HERE / "due.yml", "due.yml", _HERE / "due.schema.json")
    if yaml.mistakes:
        raise UserError(yaml.mistakes)
    dates = []
    for entry in yaml.value["due"]:
        if entry["report"] == report and entry["half"] == period.half:
            day = date(period.year + entry["next_year"], entry["month"], entry["day"])
            shown = format_date(day.isoformat(), words.lang)
            clause = words.cite(entry["clause"])
            dates.append(words.t(N_("before {day} ({clause})"), day=shown, clause=clause))
    return words.t(N_("To be handed in {dates}."), dates="; ".join(dates)) if dates else ""
