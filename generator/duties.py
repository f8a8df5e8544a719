"""This file gives the builder the duties on time that bind a portal, without loading every rule.

Reading the laws needs the parameter types of all rules, which takes longer than building a page; so
the answer is kept beside the other caches, under the name of the laws' bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import linter.law
from generator.files import tree_digest
from linter.atomic import write_file
from linter.law.duties import Duty, duties, turning_days
from linter.terms import Severity, Site

_LAWS = Path(linter.law.__file__).parent


@dataclass(frozen=True)
class LawOnTime:
    """The duties of each kind of site on a day; before `until` no clause on time begins or ends."""

    by_kind: Mapping[tuple[str, str], tuple[Duty, ...]]
    until: date

    def of(self, site: Site) -> tuple[Duty, ...]:
        """What binds a site."""
        return self.by_kind.get((site.kind, site.body), ())


# (kind, body) of every site that a law may bind, as portal.yml names them.
_KINDS = tuple(
    (kind, body)
    for kind in ("main", "component", "vertical")
    for body in ("province", "department", "district", "agency")
)


def law_on_time(
    law: str, day: date, cache_folder: Path | None = None, own: tuple[Path, ...] = ()
) -> LawOnTime:
    """What a law, as --law names it, says of time on that day; `own` are a province's own laws.

    Raises UserError for a name that is unknown, and for every mistake in the laws' data.
    """
    name = f"{law} {laws_digest()} {tree_digest(own)}"
    return _law_on_time(name, law, day, cache_folder, own)


@cache
def _law_on_time(
    name: str, law: str, day: date, cache_folder: Path | None, own: tuple[Path, ...]
) -> LawOnTime:
    path = cache_folder / "duties.json" if cache_folder else None
    known = _load(path, name, day) if path else None
    if known is None:
        known = _read(law, day, own)
        if path:
            plain = [[*kind, [asdict(duty) for duty in own]] for kind, own in known.by_kind.items()]
            span = [day.isoformat(), known.until.isoformat()]
            data = {"name": name, "span": span, "duties": plain}
            write_file(path, json.dumps(data).encode("utf-8"))
    return known


def _read(law: str, day: date, own: tuple[Path, ...]) -> LawOnTime:
    from linter.law import library  # noqa: PLC0415  # slow to load, seldom needed
    from linter.rules.catalogue import all_rules  # noqa: PLC0415

    params = {name: rule.params for name, rule in all_rules().items()}
    laws = library.choose_laws(law, day, params, own)
    every = library.all_laws(params, own).values()
    ends = [turn for turn in turning_days(every) if turn > day]
    found = {kind: duties(laws, Site("", "", *kind), day) for kind in _KINDS}
    return LawOnTime(found, min(ends, default=date.max))


def _load(path: Path, name: str, day: date) -> LawOnTime | None:
    """What an earlier run read of the same laws, if it still holds on that day."""
    try:
        data = json.loads(path.read_text("utf-8"))
        start, until = map(date.fromisoformat, data["span"])
        if data["name"] != name or not start <= day < until:
            return None
        return LawOnTime({(k, b): tuple(map(_duty, own)) for k, b, own in data["duties"]}, until)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _duty(entry: Mapping[str, Any]) -> Duty:
    return Duty(**{**entry, "severity": Severity(entry["severity"])})


@cache
def laws_digest() -> str:
    """Names the bytes of the laws' data and of the code that reads them."""
    return tree_digest([_LAWS])
