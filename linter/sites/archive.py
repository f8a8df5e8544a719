"""This file writes and reads archives of crawls: WARC files, a gzip member a record.

Each record is on disk before the next address is asked, so a kill loses at most the answer that
was just coming in. Beside the answers as they came, `metadata` records hold, as JSON, what else
must be known to judge again without network or browser: addresses that could not be reached, what
a browser saw, and how the crawl went. `resource` records hold pictures of pages.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from linter.errors import Mistake, UserError
from linter.messages import N_

# warcio is slow to load, and who judges folders never needs it.
if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

SCHEMA = "congtin.archive/1"
ENDINGS = (".warc.gz", ".warc")
MOST_BYTES = 20_000_000
_PICTURE = "urn:view:"
_VISITOR = "Congtin-Visitor"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a server answered for an address. `headers` has lower-case names.

    `visitor` is a key of page.VISITORS where we asked as somebody else. `cut` says that the
    connection ended before the announced length. `offset` is where the record starts.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    date: datetime
    id: str = ""
    offset: int = 0
    cut: bool = False
    visitor: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What we wrote down of an address; `data` has one key that says what it is."""

    url: str
    data: Mapping[str, Any]
    date: datetime


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of a page as a browser showed it."""

    url: str
    png: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stored:
    """The body of an answer that is left where it lies, in an archive; called, it is read."""

    path: Path
    offset: int

    def __call__(self) -> bytes:
        """Reads it."""
        answer = answer_at(self.path, self.offset)
        return answer.body if answer else b""


class ArchiveWriter:
    """Adds records to an archive, new or broken off. A context manager."""

    def __init__(self, path: Path) -> None:
        from warcio.warcwriter import WARCWriter  # noqa: PLC0415

        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            mend(path)
        self.stream = path.open("ab", buffering=0)
        self.buffer = io.BytesIO()
        self.writer = WARCWriter(self.buffer, gzip=True)
        if path.stat().st_size == 0:
            self._flush(self.writer.create_warcinfo_record(path.name, {"software": "congtin"}))

    def __enter__(self) -> ArchiveWriter:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stream.close()

    def answer(
        self,
        url: str,
        status: int,
        headers: list[tuple[str, str]],
        body: bytes,
        date: datetime | None = None,
        cut: bool = False,
        visitor: str = "",
    ) -> str:
        """Keeps an answer as it came, still packed as its headers say; returns the record's id.

        `cut` and `visitor` as in Answered.
        """
        from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415

        try:
            line = f"{status} {HTTPStatus(status).phrase}"
        except ValueError:
            line = str(status)
        http = StatusAndHeaders(line, headers, protocol="HTTP/1.1")
        more = {"WARC-Date": _stamp(date)} if date else {}
        if cut:
            more["WARC-Truncated"] = "disconnect"
        if visitor:
            more[_VISITOR] = visitor
        record = self.writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=more
        )
        self._flush(record)
        return str(record.rec_headers.get_header("WARC-Record-ID"))

    def unchanged(self, url: str, old: Answered) -> None:
        """The server said that nothing changed: the old answer, and that it holds today."""
        again = self.answer(url, old.status, list(old.headers.items()), old.body, old.date, old.cut)
        says = {
            "WARC-Refers-To": again,
            "WARC-Refers-To-Date": _stamp(old.date),
            "WARC-Profile": "http://netpreserve.org/warc/1.0/revisit/server-not-modified",
        }
        self._flush(self.writer.create_warc_record(url, "revisit", warc_headers_dict=says))

    def note(self, url: str, data: Mapping[str, Any], refers_to: str = "") -> None:
        """Keeps what we know of an address, as JSON."""
        text = json.dumps(data, ensure_ascii=False).encode()
        more = {"WARC-Refers-To": refers_to} if refers_to else {}
        self._flush(
            self.writer.create_warc_record(
                url,
                "metadata",
                payload=io.BytesIO(text),
                warc_content_type="application/json",
                warc_headers_dict=more,
            )
        )

    def picture(self, url: str, png: bytes) -> None:
        """Keeps a picture of a page."""
        record = self.writer.create_warc_record(
            _PICTURE + url, "resource", payload=io.BytesIO(png), warc_content_type="image/png"
        )
        self._flush(record)

    def _flush(self, record: ArcWarcRecord) -> None:
        self.buffer.seek(0)
        self.buffer.truncate()
        self.writer.write_record(record)
        self.stream.write(self.buffer.getvalue())


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def mend(path: Path) -> None:
    """Cuts off a record that a killed process left half written."""
    with path.open("rb") as stream:
        good = _end_of_last_member(stream)
    with path.open("r+b") as stream:
        stream.truncate(good)


def _end_of_last_member(stream: BinaryIO) -> int:
    good = position = 0
    member = zlib.decompressobj(31)
    while chunk := stream.read(1 << 16):
        while chunk:
            try:
                member.decompress(chunk)
            except zlib.error:
                return good
            if not member.eof:
                position += len(chunk)
                break
            position += len(chunk) - len(member.unused_data)
            good = position
            chunk, member = member.unused_data, zlib.decompressobj(31)
    return good


def records(
    path: Path, start: int = 0, end: int | None = None
) -> Iterator[Answered | Note | Picture]:
    """The records of an archive in their order; a half-written one at the end is left out.

    `start` is where a record begins, `end` where one ends, for want of it the last.
    Raises UserError when the file is no archive.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    try:
        with path.open("rb") as stream:
            stream.seek(start)
            archive = ArchiveIterator(stream)
            for record in archive:
                if end is not None and archive.offset >= end:
                    return
                if (known := _read(record, archive.offset)) is not None:
                    yield known
    except EOFError:
        return
    except (OSError, ArchiveLoadFailed, ValueError) as error:
        message = N_("{path} is no readable archive ({error}).")
        params = {"path": str(path), "error": str(error)}
        raise UserError(Mistake(str(path), 0, message, params)) from error


def answer_at(path: Path, offset: int) -> Answered | None:
    """The answer whose record starts there."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415

    with path.open("rb") as stream:
        stream.seek(offset)
        for record in ArchiveIterator(stream):
            known = _read(record, offset)
            return known if isinstance(known, Answered) else None
    return None


def _read(record: ArcWarcRecord, offset: int) -> Answered | Note | Picture | None:
    head = record.rec_headers
    url = head.get_header("WARC-Target-URI") or ""
    date = datetime.fromisoformat(head.get_header("WARC-Date").replace("Z", "+00:00"))
    if record.rec_type == "response" and record.http_headers is not None:
        body = record.content_stream().read(MOST_BYTES + 1)
        http = record.http_headers
        headers: dict[str, str] = {}
        for name, value in http.headers:
            key = name.lower()
            if key not in ("content-encoding", "transfer-encoding"):
                # Cookies keep their lines, which no comma may join.
                headers[key] = f"{headers[key]}\n{value}" if key in headers else value
        cut = head.get_header("WARC-Truncated") is not None
        status = int(http.get_statuscode() or 0)
        name = head.get_header("WARC-Record-ID") or ""
        visitor = head.get_header(_VISITOR) or ""
        return Answered(url, status, headers, body, date, name, offset, cut, visitor)
    if record.rec_type == "metadata" and head.get_header("Content-Type") == "application/json":
        data = json.loads(record.content_stream().read())
        return Note(url, data, date) if isinstance(data, dict) else None
    if record.rec_type == "resource" and url.startswith(_PICTURE):
        return Picture(url.removeprefix(_PICTURE), record.content_stream().read())
    return None
