"""This file reads labels and what stands behind them, over cells and lines too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from linter.facts.zones import Line, label_words

_SEPARATOR = re.compile(r"\s*(?:\(?\*\)?\s*)?(?:[:：]+\s*|[-–—]\s+|$)")
_COLON = re.compile(r"\s*(?:\(?\*\)?\s*)?[:：]")
# Labels that are followed by their value without any separator, and what then must come next.
_DIRECT = {
    "phone": re.compile(r"\s*\.?\s*[+(]?\s*[(+]?[\d☎]"),
    "fax": re.compile(r"\s*\.?\s*[+(]?[\d]"),
    "email": re.compile(r"\s*✉?\s*[\w.+-]+\s?(@|\[at\]|\(at\))"),
    "address": re.compile(r"\s+(so (nha )?)?\d+[a-z]?[ ,]"),
    "responsible": re.compile(r"\s+(la\s+)?(ong|ba|dong chi|d/c|ths\.?|ts\.?|bs\.?)\s+\w"),
}
_ICONS = {"☎": "phone", "✉": "email", "⌂": "address", "℻": "fax"}
_EDGE = " \t:：-–—|;,.•*·+►»>/"


@dataclass(frozen=True, slots=True)
class Field:
    """A label's kind and words, and the value behind it.

    `exact` says that a separator or a line's end stands between the two. `rest` are the lines
    after the one in which the value starts.
    """

    kind: str
    label: str
    value: Line
    exact: bool
    rest: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Label:
    kind: str
    start: int
    end: int
    value: int
    exact: bool


def fields(lines: Sequence[Line]) -> Iterator[Field]:
    """Every label of the lines with its value; a label at a line's end takes the next line."""
    for number, line in enumerate(lines):
        found = labels_of(line)
        for label, after in pairwise([*found, None]):
            assert label is not None
            raw = line.cut(label.value, after.start if after else None)
            value = strip(raw)
            rest = tuple(lines[number + 1 : number + 4]) if after is None else ()
            if not raw.text.strip(" :：*-–") and rest and not _is_next_field(label, rest[0]):
                value, rest = rest[0], rest[1:]
            words = line.folded[label.start : label.end]
            yield Field(label.kind, words, value, label.exact, rest)


def _is_next_field(label: _Label, line: Line) -> bool:
    """Whether the line after a label is another field; an editorial board may be who answers."""
    if label.kind == "responsible":
        first = next(iter(labels_of(line)), None)
        if first and first.kind == "board" and not line.text[first.end :].strip(_EDGE):
            return False
    return starts_with_label(line)


def labels_of(line: Line) -> Sequence[_Label]:
    """The labels of a line from left to right, none within another; icons are labels too."""
    return _labels(line.text, line.folded)


@lru_cache(maxsize=1 << 12)  # several kinds of fact ask of the same lines
def _labels(text: str, folded: str) -> Sequence[_Label]:
    found: list[_Label] = []
    for kind, words in label_words().items():
        if kind in ("licence", "copyright", "belongs"):
            continue
        for match in words.finditer(folded):
            separator = _SEPARATOR.match(folded, match.end())
            direct = _DIRECT.get(kind)
            if separator:
                start = separator.end()
                found.append(_Label(kind, match.start(), match.end(), start, True))
            elif direct and direct.match(folded, match.end()):
                found.append(_Label(kind, match.start(), match.end(), match.end(), False))
    found += [
        _Label(_ICONS[char], place, place + 1, place + 1, True)
        for place, char in enumerate(text)
        if char in _ICONS
    ]
    kept: list[_Label] = []
    for label in sorted(found, key=lambda label: (label.start, -label.end)):
        if not kept or label.start >= kept[-1].end:
            kept.append(label)
    if kept and _in_a_sentence(kept[0], text):
        return []
    return [label for label in kept if not _only_an_icon(label, kept, text)]


def _in_a_sentence(label: _Label, text: str) -> bool:
    """Whether a line's first label stands within running text: "..., điện thoại 0907 ..."."""
    return label.start > 30 and text[label.start].islower()


def _only_an_icon(label: _Label, all_labels: Sequence[_Label], text: str) -> bool:
    """Whether an icon stands right before the words that say the same or better."""
    if label.end - label.start != 1 or text[label.start] not in _ICONS:
        return False
    return any(
        other.start > label.start and not text[label.end : other.start].strip(_EDGE)
        for other in all_labels
    )


def starts_with_label(line: Line) -> bool:
    """Whether a line is a field of its own and no value of the label before it."""
    head = labels_of(line)
    return bool(head) and not line.text[: head[0].start].strip(_EDGE)


def strip(line: Line) -> Line:
    """A line without separators and white space at its ends; "<Hoa Sen>" keeps its mark."""
    start = len(line.text) - len(line.text.lstrip(_EDGE))
    end = max(start, len(line.text.rstrip(_EDGE)))
    quoted = line.text.count("<", start, end) > line.text.count(">", start, end)
    return line.cut(start, end + 1 if quoted and line.text[end : end + 1] == ">" else end)


def has_colon(line: Line) -> bool:
    """Whether any words before a colon stand in the line: a field of a kind we do not know."""
    return bool(re.search(r"\w{2}[^:]*[:：]", line.text)) and "://" not in line.text
