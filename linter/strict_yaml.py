"""This file is the one YAML reader: strict, with line marks, all mistakes at once.

Every scalar is text until the schema types it, so that `NO` stays a word and `012` a code.
Anchors, duplicate keys and unknown keys are mistakes; text is normalised to NFC.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from linter.compiled import compiled
from linter.errors import Mistake, UserError, in_order
from linter.messages import N_

KeyPath: TypeAlias = tuple[str | int, ...]
MAX_BYTES = 2_000_000
# What libyaml says, in words that tell an editor how to mend it.
_PROBLEMS = {
    "mapping values are not allowed in this context": N_(
        "a value has a colon in it; put the whole value between quotation marks"
    ),
    "could not find expected ':'": N_("the colon after a key is missing"),
    "found character that cannot start any token": N_(
        "a value begins with a sign such as @, % or a tab; put it between quotation marks"
    ),
    "found unexpected end of stream": N_("a quotation mark is opened and never closed"),
    "did not find expected node content": N_("a list or group is opened and never closed"),
    "did not find expected ',' or ']'": N_("a list that [ opens is not closed by ]"),
    "did not find expected ',' or '}'": N_("a group that { opens is not closed by its twin"),
    "did not find expected key": N_(
        "a line is indented otherwise than those around it, or a value has quotation marks inside"
    ),
    "block sequence entries are not allowed in this context": N_(
        "a list begins on the line of its key; begin it on the next line"
    ),
}


@dataclass(frozen=True)
class Yaml:
    """A YAML text read: plain data, and the line on which each key or item starts.

    `lines` is keyed by the path of keys and indexes from the top; () is the whole. `mistakes` is
    empty when the text obeys its schema; `value` is whatever could be read.
    """

    value: Any
    lines: Mapping[KeyPath, int]
    mistakes: tuple[Mistake, ...]

    def line(self, *path: str | int) -> int:
        """The line of a key, or of its nearest parent that stands in the text."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return 0


def read_text(path: Path, file: str) -> tuple[str, Mistake | None]:
    """The NFC text of a file that an editor wrote, or the mistake that keeps it from being read."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        message = N_(
            "The file is {size} bytes large; at most {limit} are read. "
            "Split it, or attach the long part as a file of its own."
        )
        return "", Mistake(file, 1, message, {"size": size, "limit": MAX_BYTES})
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        message = N_("The file is not UTF-8 text. Save it again with the encoding UTF-8.")
        return "", Mistake(file, line, message)
    if not text.strip():
        return "", Mistake(file, 1, N_("The file is empty: write it, or delete it."))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")), None


def read_yaml(path: Path, file: str, schema: Path) -> Yaml:
    """Reads a whole YAML file and holds it against a JSON Schema file."""
    text, mistake = read_text(path, file)
    if mistake:
        return Yaml({}, {(): 1}, (mistake,))
    return parse_yaml(text, file, schema)


def read_own_yaml(path: Path, file: str, schema: Path) -> Yaml:
    """The same of a file that comes with the program: where it is right, its data is kept.

    On which lines the data stands is then found out when somebody asks.
    """

    def values() -> Any:
        read = read_yaml(path, file, schema)
        if read.mistakes:
            raise UserError(read.mistakes)
        return read.value

    try:
        value = compiled(path.parent, path.stem, path.read_bytes() + schema.read_bytes(), values)
    except UserError:
        return read_yaml(path, file, schema)
    return Yaml(value, _Lines(lambda: read_yaml(path, file, schema).lines), ())


class _Lines(Mapping[KeyPath, int]):
    """The lines of a Yaml, found when one of them is asked for."""

    def __init__(self, find: Callable[[], Mapping[KeyPath, int]]) -> None:
        self._find = find

    @cached_property
    def _lines(self) -> Mapping[KeyPath, int]:
        return self._find()

    def __getitem__(self, path: KeyPath) -> int:
        return self._lines[path]

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def parse_yaml(text: str, file: str, schema: Path, first_line: int = 1) -> Yaml:
    """Reads YAML text that starts at `first_line` of `file`."""
    mistakes: list[Mistake] = []
    lines: dict[KeyPath, int] = {(): first_line}
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = str(getattr(error, "problem", "") or error)
        problem = _PROBLEMS.get(problem, problem)
        message = N_("This is not valid YAML: {problem:word}.")
        return Yaml({}, lines, (Mistake(file, line, message, {"problem": problem}),))
    reader = _Reader(file, first_line, lines, mistakes)
    value = reader.build(node, ()) if node is not None else {}
    from linter.schemas import hold_against  # noqa: PLC0415  # its library is slow to load

    value, broken = hold_against(schema, value, file, lines)
    return Yaml(value, lines, in_order([*mistakes, *broken]))


@dataclass
class _Reader:
    file: str
    first_line: int
    lines: dict[KeyPath, int]
    mistakes: list[Mistake]

    def __post_init__(self) -> None:
        self.seen: set[int] = set()

    def line_of(self, node: yaml.Node) -> int:
        return int(node.start_mark.line) + self.first_line

    def build(self, node: yaml.Node, path: KeyPath) -> Any:
        if id(node) in self.seen:
            message = N_("Anchors and aliases (& and *) are not allowed; write the text out.")
            self.mistakes.append(Mistake(self.file, self.line_of(node), message))
            return ""
        self.seen.add(id(node))
        self.lines.setdefault(path, self.line_of(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, i)) for i, item in enumerate(node.value)]
        plain_null = getattr(node, "style", None) is None and node.value in ("", "~", "null")
        return None if plain_null else str(node.value)

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = self.line_of(key_node)
            key = str(key_node.value)
            if key in result:
                message = N_(
                    "The key {key} stands twice, first on line {other}. Delete one of the two."
                )
                params: dict[str, str | int] = {"key": key, "other": self.lines[(*path, key)]}
                self.mistakes.append(Mistake(self.file, line, message, params))
                continue
            self.lines[(*path, key)] = line
            result[key] = self.build(value_node, (*path, key))
        return result
