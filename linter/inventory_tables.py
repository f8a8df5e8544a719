"""This file carries the inventory to and from tables: CSV and XLSX, one row a site.

A cell that a spreadsheet would run as a formula is written as text, with an apostrophe before it,
which reading takes away again.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from linter.errors import Mistake, UserError
from linter.inventory import Entry, data_of, entry_of
from linter.messages import N_
from linter.strict_yaml import parse_yaml

_SCHEMA = Path(__file__).parent / "inventory.schema.json"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "id",
    "url",
    "name",
    "kind",
    "owner",
    "licence_state",
    "licence_number",
    "licence_issued",
    "licence_expires",
    "contact_name",
    "contact_phone",
    "contact_email",
    "status",
    "last_audit",
    "note",
)
_NEEDED = ("id", "url", "name", "kind", "owner", "licence_state")


def write_table(entries: Sequence[Entry], path: Path) -> bytes:
    """The entries as the file's ending wants them. Raises UserError for another ending.

    A second person to call has no column; the inventory itself keeps all of them.
    """
    rows = [_row(entry) for entry in entries]
    if _ending(path) == ".csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerows([COLUMNS, *(map(_harmless, row) for row in rows)])
        return out.getvalue().encode("utf-8-sig")  # Excel reads UTF-8 by its mark only
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "inventory"
    sheet.append(COLUMNS)
    for row in rows:
        sheet.append([_harmless(cell) for cell in row])
    sheet.freeze_panes = "A2"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read_table(path: Path) -> tuple[Entry, ...]:
    """The entries of a table. Raises UserError with every mistake, by row."""
    rows = list(_rows(path))
    if not rows:
        raise UserError(Mistake(str(path), 0, N_("The table is empty.")))
    head = [cell.strip().lower() for cell in rows[0]]
    missing = [name for name in _NEEDED if name not in head]
    if missing:
        message = N_("The table has no column {names}. `congtin inventory export` shows all.")
        raise UserError(Mistake(str(path), 1, message, {"names": ", ".join(missing)}))
    entries = []
    mistakes: list[Mistake] = []
    for number, row in enumerate(rows[1:], 2):
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        if not any(cells.values()):
            continue
        data = _site(cells)
        read = parse_yaml(_as_yaml(data), str(path), _SCHEMA)
        wrong = [Mistake(str(path), number, m.message, m.params) for m in read.mistakes]
        mistakes.extend(wrong)
        if not wrong:
            entries.append(entry_of(data))
    if mistakes:
        raise UserError(set(mistakes))
    return tuple(entries)


def _as_yaml(site: Mapping[str, object]) -> str:
    return json.dumps({"sites": [site]}, ensure_ascii=False)


def _row(entry: Entry) -> list[str]:
    data = data_of(entry)
    licence = {f"licence_{key}": value for key, value in data.pop("licence").items()}
    contacts = data.pop("contacts", [{}])
    contact = {f"contact_{key}": value for key, value in contacts[0].items()}
    flat = {**data, **licence, **contact}
    return [str(flat.get(name, "")) for name in COLUMNS]


def _site(cells: Mapping[str, str]) -> dict[str, object]:
    def part(prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in cells.items()
            if name.startswith(prefix) and value
        }

    contact = part("contact_")
    site: dict[str, object] = {
        name: cells[name]
        for name in ("id", "url", "name", "kind", "owner", "status", "last_audit", "note")
        if cells.get(name)
    }
    return {**site, "licence": part("licence_"), **({"contacts": [contact]} if contact else {})}


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: object) -> str:
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:10]
    text = "" if cell is None else str(cell)
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in (".csv", ".xlsx"):
        message = N_("{path} must end in .csv or .xlsx.")
        raise UserError(Mistake(str(path), 0, message, {"path": str(path)}))
    return ending


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        if _ending(path) == ".csv":
            text = path.read_bytes().decode("utf-8-sig")
            delimiter = ";" if text.partition("\n")[0].count(";") > 2 else ","
            rows: Iterable[Iterable[object]] = csv.reader(io.StringIO(text), delimiter=delimiter)
            yield from ([_plain(cell) for cell in row] for row in rows)
            return
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        yield from ([_plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True))
    except (
        OSError,
        UnicodeDecodeError,
        csv.Error,
        zipfile.BadZipFile,
        InvalidFileException,
        KeyError,
    ) as error:
        message = N_("The table {path} cannot be read ({error}).")
        params = {"path": str(path), "error": str(error)}
        raise UserError(Mistake(str(path), 0, message, params)) from error
