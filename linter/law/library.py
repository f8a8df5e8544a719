"""This file reads the instruments and chooses those that a run is to judge by."""

from __future__ import annotations

import dataclasses
import difflib
import re
import typing
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from linter.errors import Mistake, UserError
from linter.law.choice import CHOICE
from linter.law.instrument import Instrument, Requirement, article_of, cite_clause
from linter.messages import N_
from linter.strict_yaml import KeyPath, Yaml, read_own_yaml, read_yaml
from linter.terms import Severity

Span: TypeAlias = tuple[date, date | None]

_HERE = Path(__file__).parent
IN_FORCE = "in-force"
# Data beside the instruments that are none themselves.
_OTHER_DATA = ("profiles.yml", "holidays.yml")


def choose_laws(
    spec: str, as_of: date, params_of: Mapping[str, type], more: Sequence[Path] = ()
) -> tuple[Instrument, ...]:
    """The instruments that `spec` names: profiles, ids or "in-force", with commas between.

    `params_of` gives the parameter type of each rule, by which a clause's values are checked;
    `more` are a province's own instruments. Raises UserError for an unknown name, or for data
    that does not fit.
    """
    library = all_laws(params_of, more)
    profiles = read_profiles()
    names: list[str] = []
    for part in (part.strip() for part in spec.split(",")):
        if part == IN_FORCE:
            names += [law.id for law in library.values() if _alive(law, as_of)]
        else:
            names += profiles.get(part, (part,))
    unknown = [name for name in names if name not in library]
    if unknown:
        message = N_("There is no law {name}. Known: {known}.")
        known = ", ".join([*profiles, IN_FORCE, *library])
        params = {"name": ", ".join(unknown), "known": known}
        raise UserError(Mistake(CHOICE, 0, message, params))
    return tuple(library[name] for name in dict.fromkeys(names))


def all_laws(params_of: Mapping[str, type], more: Sequence[Path] = ()) -> Mapping[str, Instrument]:
    """Every instrument by id, a province's own included; all mistakes at once as a UserError."""
    # Who works for hours (congtin serve) reads anew what changed in the meantime.
    stamped = tuple((path, path.stat().st_mtime_ns) for path in more)
    return _read_library(stamped, tuple(params_of.items()))


def _alive(law: Instrument, day: date) -> bool:
    return law.in_force[0] <= day and (law.in_force[1] is None or day <= law.in_force[1])


@cache
def read_profiles() -> Mapping[str, Sequence[str]]:
    """The ids of the instruments of each profile, by the profile's name."""
    path = _HERE / "profiles.yml"
    yaml = read_own_yaml(path, path.name, _HERE / "profiles.schema.json")
    if yaml.mistakes:
        raise UserError(yaml.mistakes)
    return {entry["id"]: tuple(entry["law"]) for entry in yaml.value["profiles"]}


@cache
def _read_library(
    own: tuple[tuple[Path, int], ...], params_of: tuple[tuple[str, type], ...]
) -> Mapping[str, Instrument]:
    laws: dict[str, Instrument] = {}
    texts: dict[str, tuple[str, Yaml]] = {}
    mistakes: list[Mistake] = []
    shipped = sorted(path for path in _HERE.glob("*.yml") if path.name not in _OTHER_DATA)
    files = {path: path.name for path in shipped}
    files |= {path: "/".join(path.parts[-2:]) for path, _ in own}
    for path, file in files.items():
        read = read_own_yaml if path in shipped else read_yaml
        yaml = read(path, file, _HERE / "instrument.schema.json")
        if yaml.mistakes:
            mistakes.extend(yaml.mistakes)
            continue
        law, found = _instrument(file, yaml, dict(params_of))
        mistakes.extend(found)
        if law.id in laws:
            message = N_("The law {id} is described in {other} too: give this one another id.")
            params = {"id": law.id, "other": texts[law.id][0]}
            mistakes.append(Mistake(file, yaml.line("id"), message, params))
        laws[law.id] = law
        texts[law.id] = (file, yaml)
    for law in laws.values():
        mistakes.extend(_check_successor(law, laws, *texts[law.id]))
    if mistakes:
        raise UserError(mistakes)
    return laws


def _check_successor(
    law: Instrument, laws: Mapping[str, Instrument], file: str, yaml: Yaml
) -> Iterator[Mistake]:
    """A law and the one that replaced it are never in force on one day."""
    if not law.superseded_by:
        return
    params = {"id": law.id, "next": law.superseded_by}
    if law.superseded_by not in laws:
        if "/" not in law.superseded_by:
            message = N_(
                "The law {next}, which replaced {id}, is not described: mend the id, or write the"
                " number of that law (22/2023/TT-BTTTT)."
            )
            yield Mistake(file, yaml.line("superseded_by"), message, params)
        return
    until = law.in_force[1]
    if until is None or laws[law.superseded_by].in_force[0] <= until:
        start = laws[law.superseded_by].in_force[0]
        message = N_(
            "{id} and {next}, which replaced it, are in force on the same day: in_force.until of"
            " {id} must lie before {start:date}, when {next} begins."
        )
        line = yaml.line("superseded_by")
        yield Mistake(file, line, message, {**params, "start": start.isoformat()})


def _instrument(
    file: str, yaml: Yaml, params_of: Mapping[str, type]
) -> tuple[Instrument, list[Mistake]]:
    data = yaml.value
    whole = _span(data["in_force"])
    mistakes = [*_check_span(file, yaml, whole, ("in_force",)), *_check_articles(file, yaml)]
    requirements: list[Requirement] = []
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, entry in enumerate(data["requirements"]):
        mistakes.extend(_check_clause(file, yaml, index, whole, params_of))
        mistakes.extend(_check_twins(file, yaml, index, alike[_asks(entry)], whole))
        alike[_asks(entry)].append(index)
        params = None
        if entry.get("rule") in params_of:
            params, found = _params(file, yaml, index, params_of[entry["rule"]])
            mistakes.extend(found)
        requirements.append(_requirement(data, entry, whole, params))
    law = Instrument(
        data["id"],
        data["number"],
        data["title"],
        whole,
        tuple(requirements),
        data["short"],
        data["read"],
        tuple(data["articles"]),
        data["whole"] == "true",
        data.get("superseded_by", ""),
        tuple((e["number"], date.fromisoformat(e["from"])) for e in data.get("amended_by", ())),
    )
    return law, mistakes


def _requirement(
    data: Mapping[str, Any], entry: Mapping[str, Any], whole: Span, params: Any
) -> Requirement:
    fine = entry.get("fine")
    return Requirement(
        id=f"{data['id']}/{entry['at']}",
        says=entry["says"],
        binds=tuple(entry["for"]),
        severity=Severity(entry.get("severity", "error")),
        sure=entry["sure"],
        in_force=_span(entry["in_force"]) if "in_force" in entry else whole,
        rule=entry.get("rule", ""),
        params=params,
        person=entry.get("person", {}),
        status=entry.get("status", ""),
        decided_by=entry.get("decided_by", ""),
        evidence=entry.get("evidence", ""),
        cite=entry.get("cite") or cite_clause(entry["at"], data["short"]),
        fine=(fine["from"], fine["to"]) if fine else None,
    )


def _check_articles(file: str, yaml: Yaml) -> Iterator[Mistake]:
    """Each article that the data must speak of has a clause, and no clause stands outside them."""
    articles = yaml.value["articles"]
    spoken = {article_of(entry["at"]) for entry in yaml.value["requirements"]}
    for index, article in enumerate(articles):
        if article not in spoken:
            message = N_(
                "Article {article} has no clause in requirements: add one (with status:"
                " not-available where the text could not be had), or take {article} out of"
                " articles."
            )
            line = yaml.line("articles", index)
            yield Mistake(file, line, message, {"article": article})
        if article in articles[:index]:
            message = N_("Article {article} stands twice in articles: take one out.")
            yield Mistake(file, yaml.line("articles", index), message, {"article": article})
    for index, entry in enumerate(yaml.value["requirements"]):
        if article_of(entry["at"]) not in articles:
            message = N_("Article {article} is missing from articles: add it there, or mend `at`.")
            line = yaml.line("requirements", index, "at")
            yield Mistake(file, line, message, {"article": article_of(entry["at"])})


def _check_span(file: str, yaml: Yaml, span: Span, path: KeyPath) -> Iterator[Mistake]:
    if span[1] is not None and span[1] < span[0]:
        message = N_(
            "The end of force lies before its start: until must be a day after from; without until"
            " the law is still in force."
        )
        yield Mistake(file, yaml.line(*path, "until"), message)


def _check_clause(
    file: str, yaml: Yaml, index: int, whole: Span, params_of: Mapping[str, type]
) -> Iterator[Mistake]:
    """One entry of requirements, as far as its schema cannot say it."""
    entries = yaml.value["requirements"]
    entry = entries[index]
    at = {"at": entry["at"]}
    if sum(key in entry for key in ("rule", "person", "status")) != 1:
        message = N_("The clause {at} needs exactly one of rule, person and status.")
        yield Mistake(file, yaml.line("requirements", index), message, at)
        return
    if "rule" in entry and entry["rule"] not in params_of:
        yield _unknown_rule(
            file, yaml.line("requirements", index, "rule"), entry["rule"], params_of
        )
    if "fine" in entry and entry["fine"]["to"] < entry["fine"]["from"]:
        message = N_("The fine ends below where it starts: exchange from and to.")
        yield Mistake(file, yaml.line("requirements", index, "fine"), message)
    if "in_force" in entry:
        span = _span(entry["in_force"])
        yield from _check_span(file, yaml, span, ("requirements", index, "in_force"))
        if span[0] < whole[0] or _end(span) > _end(whole):
            message = N_(
                "The clause {at} is in force longer than its law: keep its from and until within"
                " in_force of the law."
            )
            yield Mistake(file, yaml.line("requirements", index, "in_force"), message, at)


def _check_twins(
    file: str, yaml: Yaml, index: int, alike: Sequence[int], whole: Span
) -> Iterator[Mistake]:
    """`alike` are the entries before that ask the same: of no body on the same day."""
    entries = yaml.value["requirements"]
    entry = entries[index]
    span = _span(entry["in_force"]) if "in_force" in entry else whole
    for before in alike:
        known = entries[before]
        other = _span(known["in_force"]) if "in_force" in known else whole
        apart = _end(span) < other[0] or _end(other) < span[0]
        if not apart and {*known["for"]} & {*entry["for"]}:
            message = N_(
                "The clause {at} asks the same twice on the same day (see line {other}): give the"
                " older one an in_force that ends before the newer one begins, or take one out."
            )
            params = {"at": entry["at"], "other": yaml.line("requirements", before)}
            yield Mistake(file, yaml.line("requirements", index), message, params)


def _unknown_rule(file: str, line: int, rule: str, known: Iterable[str]) -> Mistake:
    near = difflib.get_close_matches(rule, known, 1)
    message = (
        N_("There is no rule {id}; did you mean {near}?")
        if near
        else N_("There is no rule {id}. `congtin rules` lists them all.")
    )
    return Mistake(file, line, message, {"id": rule, "near": near[0] if near else ""})


def _asks(entry: Mapping[str, Any]) -> tuple[object, ...]:
    """What an entry asks, the same for two that ask one thing: numbers alone make no other duty.

    A duty may be asked with two numbers where their gravity differs: a warning, and an error.
    """
    if "rule" not in entry:
        return (entry["at"], "person" if "person" in entry else "status")
    values = {name: value for name, value in entry.get("with", {}).items() if not _number(value)}
    return (entry["at"], entry["rule"], entry.get("severity", "error"), str(values))


def _number(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9]+", value) is not None


def _end(span: Span) -> date:
    return span[1] or date.max


_hints = cache(typing.get_type_hints)


def _params(file: str, yaml: Yaml, index: int, kind: type) -> tuple[Any, list[Mistake]]:
    """The clause's values as an instance of the rule's parameter type, typed by its fields."""
    given: dict[str, Any] = yaml.value["requirements"][index].get("with", {})
    hints = _hints(kind)
    wanted = {field.name: field for field in dataclasses.fields(kind)}
    mistakes: list[Mistake] = []

    def complain(name: str, message: str) -> None:
        line = yaml.line("requirements", index, "with", name)
        params = {"name": name, "known": ", ".join(wanted), "value": str(given.get(name))}
        mistakes.append(Mistake(file, line, message, params))

    values: dict[str, Any] = {}
    for name, text in given.items():
        if name not in wanted:
            complain(name, N_("The rule takes no parameter {name}; it knows: {known}."))
            continue
        try:
            values[name] = _cast(text, hints[name])
        except (TypeError, ValueError, re.error):
            complain(name, _WRONG_TYPE[typing.get_origin(hints[name]) or hints[name]])
    for name, field in wanted.items():
        required = field.default is dataclasses.MISSING and (
            field.default_factory is dataclasses.MISSING
        )
        if required and name not in given:
            complain(name, N_("The parameter {name} is missing: the rule needs it under with."))
    if mistakes:
        return None, mistakes
    try:
        return kind(**values), []
    except ValueError as error:
        message = N_("The rule {rule} does not know: {words}. It knows: {known}.")
        words, known = error.args
        said = {"rule": yaml.value["requirements"][index]["rule"], "words": words, "known": known}
        return None, [Mistake(file, yaml.line("requirements", index, "with"), message, said)]


# What is said of a value of the wrong type, by the type that is wanted.
_WRONG_TYPE = {
    int: N_("The parameter {name} cannot be “{value}”: it is a whole number of at least 0."),
    bool: N_("The parameter {name} cannot be “{value}”: it is true or false."),
    str: N_("The parameter {name} cannot be “{value}”: it is one word or text."),
    re.Pattern: N_(
        "The parameter {name} cannot be “{value}”: it is a regular expression that can be read."
    ),
    tuple: N_("The parameter {name} cannot be “{value}”: it is a list of words, as in [a, b]."),
}


def _cast(value: Any, hint: Any) -> Any:
    if typing.get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(_cast(item, typing.get_args(hint)[0]) for item in value)
    if hint is bool:
        if value not in ("true", "false"):
            raise ValueError(value)
        return value == "true"
    if hint is int and _number(value):
        return int(value)
    if typing.get_origin(hint) is re.Pattern and isinstance(value, str):
        return re.compile(value)
    if hint is str and isinstance(value, str):
        return value
    raise TypeError(value)


def _span(data: Mapping[str, str]) -> Span:
    until = data.get("until")
    return date.fromisoformat(data["from"]), date.fromisoformat(until) if until else None
