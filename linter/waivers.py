"""This file holds findings that a named person accepts for a time, and watches those waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from linter.errors import Mistake, UserError
from linter.findings import Finding, Report, RuleCard, fingerprint
from linter.messages import N_
from linter.model import Params, Place
from linter.strict_yaml import read_yaml
from linter.terms import Outcome, Severity, Verdict

_HERE = Path(__file__).parent
FILE = "content/waivers.yml"
# An exception that outlives a year is no exception: it must be granted anew.
MOST_DAYS = 366
CARD = RuleCard(
    id="waiver",
    family="waivers",
    severity=Severity.WARNING,
    engine="static",
    wcag=(),
    act=(),
    messages={
        "expired": "The waiver {id} of {owner} expired on {expires:date}.",
        "unused": "The waiver {id} of {owner} accepts a fault that is no longer there.",
        "too-long": "The waiver {id} of {owner} lasts until {expires:date}: at most {most} days "
        "may be granted at once.",
    },
    duty="A waiver accepts one fault that is there, for a time.",
    manual={
        "Why": "A forgotten waiver hides the next fault of its kind.",
        "Mend": "Delete the waiver from content/waivers.yml, or mend the fault; if it must be "
        "accepted longer, have it granted anew.",
    },
)


@dataclass(frozen=True)
class Waiver:
    """A finding that a named person accepts until a day, with reason and legal basis.

    `line` is where it stands in the file of waivers.
    """

    id: str
    fingerprint: str
    rule: str
    site: str
    owner: str
    reason: str
    basis: str
    granted: date
    expires: date
    line: int


def waived(waivers: Mapping[str, Waiver], fingerprint: str, as_of: date) -> str:
    """The id of the waiver in force for a fingerprint, else empty text."""
    waiver = waivers.get(fingerprint)
    return waiver.id if waiver and as_of <= waiver.expires else ""


def read_waivers(path: Path) -> Mapping[str, Waiver]:
    """Waivers by fingerprint; none when there is no such file. Raises UserError."""
    return {
        entry["fingerprint"]: Waiver(
            entry["id"],
            entry["fingerprint"],
            entry["rule"],
            entry["site"],
            entry["owner"],
            entry["reason"],
            entry["basis"],
            date.fromisoformat(entry["granted"]),
            date.fromisoformat(entry["expires"]),
            line,
        )
        for line, entry in _entries(path)
    }


def _entries(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Each entry with its line."""
    if not path.exists():
        return []
    file = f"{path.parent.name}/{path.name}"
    yaml = read_yaml(path, file, _HERE / "waivers.schema.json")
    mistakes = list(yaml.mistakes)
    if not mistakes:
        seen: set[str] = set()
        for index, entry in enumerate(yaml.value["waivers"]):
            name = entry["fingerprint"]
            if name in seen:
                message = N_("The fingerprint {value} stands twice.")
                line = yaml.line("waivers", index, "fingerprint")
                mistakes.append(Mistake(file, line, message, {"value": name}))
            seen.add(name)
    if mistakes:
        raise UserError(mistakes)
    return [
        (yaml.line("waivers", index), entry) for index, entry in enumerate(yaml.value["waivers"])
    ]


def check_waivers(
    report: Report, waivers: Mapping[str, Waiver], as_of: date, fail_on: Severity | None
) -> Report:
    """The report with what is wrong with the waivers themselves, as findings of their own.

    A waiver is unused where its site was judged, by its rule, and the fault was not there.
    """
    found = [
        _finding(waiver, message, params, report)
        for waiver in waivers.values()
        if (said := _wrong(waiver, report, as_of)) is not None
        for message, params in [said]
    ]
    if not found:
        return report
    fails = fail_on is not None and CARD.severity.rank <= fail_on.rank
    return replace(
        report,
        verdict=Verdict.FAIL if fails else report.verdict,
        rules=(*report.rules, CARD),
        findings=(*report.findings, *found),
    )


def _wrong(waiver: Waiver, report: Report, as_of: date) -> tuple[str, Params] | None:
    params = {"id": waiver.id, "owner": waiver.owner, "expires": waiver.expires.isoformat()}
    if as_of > waiver.expires:
        return "expired", params
    if (waiver.expires - waiver.granted).days > MOST_DAYS:
        return "too-long", {**params, "most": MOST_DAYS}
    judged = {s.site.id for s in report.sites if s.verdict is not Verdict.COULD_NOT_TELL}
    rules = {card.id for card in report.rules}
    there = any(finding.fingerprint == waiver.fingerprint for finding in report.findings)
    if waiver.site in judged and waiver.rule in rules and not there:
        return "unused", params
    return None


def _finding(waiver: Waiver, message: str, params: Params, report: Report) -> Finding:
    home = next((s.site.url for s in report.sites if s.site.id == waiver.site), "")
    return Finding(
        rule=CARD.id,
        requirements=(),
        outcome=Outcome.FAIL,
        severity=CARD.severity,
        site=waiver.site,
        page=home,
        selector="",
        snippet=f"{waiver.id}: {waiver.rule}",
        source=Place(FILE, waiver.line),
        message=message,
        params=params,
        fingerprint=fingerprint(CARD.id, waiver.site, waiver.id, 0),
    )
