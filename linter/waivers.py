"""This file holds findings that a named person accepts for a time, and watches those waivers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from linter.errors import Mistake, UserError
from linter.findings import Finding, Report, RuleCard, fingerprint
from linter.messages import N_
from linter.page import Params, Place
from linter.strict_yaml import read_yaml
from linter.terms import Outcome, Severity, Verdict

SCHEMA_FILE = Path(__file__).parent / "waivers.schema.json"
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
        "too-broad": "The waiver {id} of {owner} would accept {count} faults in {file} at once, "
        "and accepts none: a waiver is for one fault.",
        "too-long": "The waiver {id} of {owner} lasts until {expires:date}: at most {most} days "
        "may be granted at once.",
    },
    duty="A waiver accepts one fault that is there, for a time.",
    manual={
        "Why": "A forgotten waiver hides the next fault of its kind.",
        "Mend": "Delete the waiver from content/waivers.yml, or mend the fault; if it must be "
        "accepted longer, have it granted anew; if it is too broad, name the one fault by its "
        "fingerprint.",
    },
)


@dataclass(frozen=True)
class Waiver:
    """A fault that a named person accepts until a day, with reason and legal basis.

    It is known by its fingerprint or, where one place of a source `file` (a template, a portal.yml)
    puts it on many pages, by the rule and that file. `line` is where it stands in the file of
    waivers.
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
    file: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What no two waivers share."""
        return (self.fingerprint,) if self.fingerprint else (self.rule, self.site, self.file)

    def holds(self, day: date) -> bool:
        """Whether it accepts anything on a day; what was granted for too long ends sooner."""
        return day <= min(self.expires, self.granted + timedelta(days=MOST_DAYS))

    def means(self, finding: Finding) -> bool:
        """Whether the finding is what it speaks of."""
        if self.fingerprint:
            return finding.fingerprint == self.fingerprint
        own = (finding.rule, finding.site, finding.source.file if finding.source else "")
        return own == self.key and finding.outcome is not Outcome.UNTESTED


def accept(
    findings: Sequence[Finding], waivers: Sequence[Waiver], as_of: date
) -> Iterator[Finding]:
    """The findings, each with the id of the waiver that accepts it; one too broad accepts none."""
    accepted: dict[str, str] = {}
    for waiver in waivers:
        meant = [finding for finding in findings if waiver.means(finding)]
        if waiver.holds(as_of) and not is_too_broad(meant):
            accepted |= {finding.fingerprint: waiver.id for finding in meant}
    for finding in findings:
        name = accepted.get(finding.fingerprint, "")
        yield replace(finding, waived=name) if name else finding


def is_too_broad(meant: Iterable[Finding]) -> bool:
    """Whether findings of one waiver are more than what one change mends."""
    return len({finding.cause for finding in meant}) > 1


def read_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file; none when there is no such file. Raises UserError."""
    if not path.exists():
        return ()
    file = f"{path.parent.name}/{path.name}"
    yaml = read_yaml(path, file, SCHEMA_FILE)
    if yaml.mistakes:
        raise UserError(yaml.mistakes)
    read: dict[tuple[str, ...], Waiver] = {}
    mistakes = []
    for index, entry in enumerate(yaml.value["waivers"]):
        waiver = _waiver(entry, yaml.line("waivers", index))
        if bool(waiver.fingerprint) == bool(waiver.file):
            message = N_("Name the fault by its fingerprint or by a file, by one of the two.")
            mistakes.append(Mistake(file, waiver.line, message))
        elif waiver.key in read:
            message = N_("The fault {value} is accepted twice.")
            params = {"value": " ".join(waiver.key)}
            mistakes.append(Mistake(file, waiver.line, message, params))
        read[waiver.key] = waiver
    if mistakes:
        raise UserError(mistakes)
    return tuple(read.values())


def _waiver(entry: Mapping[str, str], line: int) -> Waiver:
    return Waiver(
        entry["id"],
        entry.get("fingerprint", ""),
        entry["rule"],
        entry["site"],
        entry["owner"],
        entry["reason"],
        entry["basis"],
        date.fromisoformat(entry["granted"]),
        date.fromisoformat(entry["expires"]),
        line,
        entry.get("file", ""),
    )


def check_waivers(
    report: Report, waivers: Sequence[Waiver], as_of: date, fail_on: Severity | None
) -> Report:
    """The report with what is wrong with the waivers themselves, as findings of their own.

    A waiver is unused where its site was judged, by its rule, and the fault was not there.
    """
    found = [
        _finding(waiver, message, params, report)
        for waiver in waivers
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
    meant = [finding for finding in report.findings if waiver.means(finding)]
    if is_too_broad(meant):
        count = len({finding.cause for finding in meant})
        return "too-broad", {**params, "count": count, "file": waiver.file}
    if waiver.site in judged and waiver.rule in rules and not meant:
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
