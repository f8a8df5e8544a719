"""This file reads axe-core's own English texts out of its script, and our Vietnamese beside them.

The English stays in the package that pip installs; `axe.vi.json` is ours, in the form that
axe.configure takes. Templates come back in our form: {name} where axe writes ${data.name}.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from linter.browser.axe_script import find_axe
from linter.page import Params

VIETNAMESE = Path(__file__).parent / "axe.vi.json"
_DATA = re.compile(r'axe\._load\(\s*\{\s*lang:\s*["\']en["\'],\s*data:\s*')
_TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\')|(?P<name>[\w$]+)|(?P<mark>[{}:,]))'
)
_HOLE = re.compile(r"\$\{\s*data(?:\.(\w+))?\s*\}")
_LONGEST = 200

Tree: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """All texts of one language: `rules` by id to description and help, `checks` by id to
    templates by message id ("fail", "fail.singular", "incomplete.bgImage")."""

    rules: Mapping[str, Mapping[str, str]]
    checks: Mapping[str, Mapping[str, str]]


@cache
def english_words() -> Words:
    """The texts of the installed axe-core. Raises UserError when it is missing."""
    return read_english(find_axe().text)


@cache
def vietnamese_words() -> Words:
    """Our texts for the same."""
    data = json.loads(VIETNAMESE.read_text("utf-8"))
    return Words(
        data["rules"], {name: dict(_flatten(tree)) for name, tree in data["checks"].items()}
    )


def read_english(script: str) -> Words:
    """The texts in a script of axe-core. Raises ValueError when it keeps them in another way."""
    start = _DATA.search(script)
    if start is None:
        raise ValueError("axe-core keeps its texts in another place")
    tree = _Reader(script, start.end()).members(until="failureSummaries")
    checks = {name: dict(_flatten(check["messages"])) for name, check in tree["checks"].items()}
    return Words(tree["rules"], checks)


def _flatten(messages: Tree) -> Iterator[tuple[str, str]]:
    for outcome in ("fail", "incomplete"):
        text = messages.get(outcome)
        if isinstance(text, str):
            yield outcome, _our_form(text)
        elif text:
            yield from ((f"{outcome}.{name}", _our_form(one)) for name, one in text.items())


def _our_form(text: str) -> str:
    return _HOLE.sub(lambda hole: "{" + (hole[1] or "data") + "}", text)


def choose_message(
    templates: Mapping[str, str], outcome: str, data: Any
) -> tuple[str, Params] | None:
    """Which of a check's templates says it, and what fills it; None where axe has no words.

    `outcome` is fail or incomplete; `data` is the check's own, as in Rendered.axe.
    """
    for wanted in (outcome, "fail"):
        names = [name for name in templates if name.split(".")[0] == wanted]
        if names:
            name = f"{wanted}.{_variant(data, names)}" if "." in names[0] else wanted
            return (name, _params(data)) if name in templates else None
    return None


def _variant(data: Any, names: list[str]) -> str:
    if isinstance(data, Mapping) and data.get("messageKey"):
        return str(data["messageKey"])
    values = data.get("values") if isinstance(data, Mapping) else data
    if any(name.endswith(".singular") for name in names):
        return "plural" if isinstance(values, list) and len(values) > 1 else "singular"
    return "default"


def _params(data: Any) -> Params:
    if isinstance(data, Mapping):
        return {name: _said(value) for name, value in data.items() if name != "messageKey"}
    if data is None:
        return {}
    return {"values": _said(data)} if isinstance(data, list) else {"data": _said(data)}


def _said(value: Any) -> str | int:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class _Reader:
    """Reads a JavaScript object of objects and strings, such as axe's build writes."""

    def __init__(self, script: str, start: int) -> None:
        self.script = script
        self.at = start

    def token(self) -> str:
        found = _TOKEN.match(self.script, self.at)
        if found is None:
            raise ValueError(f"axe-core writes its texts in another way at {self.at}")
        self.at = found.end()
        return found[0].strip()

    def members(self, until: str = "") -> dict[str, Any]:
        """The members of the object that starts here; stops before the key `until`."""
        found: dict[str, Any] = {}
        if self.token() != "{":
            raise ValueError("axe-core writes its texts in another way")
        while (key := self.token()) != "}":
            if key == ",":
                continue
            name = _text(key) if key[0] in "\"'" else key
            if name == until:
                break
            self.token()  # the colon
            before = self.at
            value = self.token()
            if value == "{":
                self.at = before
                found[name] = self.members()
            else:
                found[name] = _text(value)
        return found


def _text(token: str) -> str:
    """The value of a JavaScript string."""
    inner = token[1:-1]
    if token[0] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    text: str = json.loads(f'"{inner}"')
    return text
