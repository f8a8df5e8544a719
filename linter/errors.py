"""This file holds the errors that a user can mend, and the exit codes of every command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Exit(IntEnum):
    """What a command tells the shell. FINDINGS wins over COULD_NOT_TELL."""

    PASS = 0
    FINDINGS = 1
    WRONG_USE = 2
    COULD_NOT_TELL = 3


@dataclass(frozen=True, order=True)
class Mistake:
    """One fault of the input: where it is, and which message (with its data) says so.

    `file` is relative to the project root, `line` counts from 1 (0: the file as a whole).
    `message` is a key of MESSAGES; `law` cites the clause that asks for it, if one does.
    """

    file: str
    line: int
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict, compare=False)
    law: str = ""


def in_order(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Each mistake once, by place: two that differ in their data alone are two."""
    distinct = {(mistake, repr(sorted(mistake.params.items()))): mistake for mistake in mistakes}
    return tuple(sorted(distinct.values()))


class UserError(Exception):
    """Input or use that the user can mend; carries every mistake found, sorted by place."""

    def __init__(self, mistakes: Mistake | Iterable[Mistake]) -> None:
        found = [mistakes] if isinstance(mistakes, Mistake) else list(mistakes)
        self.mistakes = sorted(found)
        super().__init__("; ".join(f"{m.file}:{m.line}: {m.message}" for m in self.mistakes))

    def __reduce__(self) -> tuple[type[UserError], tuple[list[Mistake]]]:
        """A worker process hands the mistakes over, not the sentence made of them."""
        return type(self), (self.mistakes,)
