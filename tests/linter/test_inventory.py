"""`congtin inventory`: sites come in, go out as tables, come back, and none stands there twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from generator.cli.main import main
from linter.errors import UserError
from linter.inventory import (
    Contact,
    Entry,
    Inventory,
    SiteLicence,
    read_inventory,
    write_inventory,
)
from linter.inventory_tables import read_table, write_table
from linter.sites.archive import ArchiveWriter
from tests.sites.hostile import page, serve

Run = Callable[..., Result]
ENTRY = Entry(
    "thcs-mau",
    "https://thcs-mau.example/",
    "Trường Mẫu",
    "school",
    "Phòng Giáo dục Mẫu",
    SiteLicence("trial", "1/GP", date(2015, 1, 2), date(2016, 1, 2)),
    (Contact("Trần Mẫu An", "(073) 3990 001", "an@mau.example"),),
    last_audit=date(2015, 12, 1),
    note="=1+1",
)


@pytest.fixture
def congtin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["inventory", *arguments])

    return run


def add(run: Run, url: str, *more: str) -> Result:
    named = ("--name", "Trang Mẫu", "--owner", "Xã Mẫu", "--kind", "other")
    return run("add", url, *named, "--licence", "unlicensed", *more)


def test_a_site_is_added_once(congtin: Run, tmp_path: Path) -> None:
    assert add(congtin, "https://mau.example").exit_code == 0
    again = add(congtin, "http://www.mau.example/")
    assert again.exit_code == 2
    assert "cùng một trang" in again.stderr
    (entry,) = read_inventory(tmp_path / "content" / "inventory.yml").entries
    assert (entry.id, entry.url) == ("mau-example", "https://mau.example/")
    listed = congtin("list")
    assert "Trang Mẫu" in listed.stdout
    assert "chưa có phép" in listed.stdout


@pytest.mark.parametrize("name", ["bang.csv", "bang.xlsx"])
def test_tables_bring_back_what_they_took(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(write_table([ENTRY], path))
    assert read_table(path) == (ENTRY,)


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    data = write_table([replace(ENTRY, name="@SUM(A1)")], tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    text = write_table([ENTRY], tmp_path / "x.csv").decode("utf-8-sig")
    assert all(
        cell[:1] not in ("=", "+", "-", "@")
        for row in csv.reader(io.StringIO(text))
        for cell in row
    )


def test_a_table_with_mistakes_is_refused_with_their_rows(congtin: Run, tmp_path: Path) -> None:
    head = "id,url,name,kind,owner,licence_state\n"
    rows = "a,https://a.example/,Trang A,school,Xã A,trial\nb,khong,Trang B,zoo,Xã B,trial\n"
    (tmp_path / "x.csv").write_text(head + rows, "utf-8")
    done = congtin("import", "x.csv")
    assert done.exit_code == 2
    assert "3: " in done.stderr
    assert not (tmp_path / "content").exists()
    (tmp_path / "x.csv").write_text("id,url\na,b\n", "utf-8")
    assert "licence_state" in congtin("import", "x.csv").stderr
    (tmp_path / "x.xlsx").write_bytes(b"no table")
    assert congtin("import", "x.xlsx").exit_code == 2


def test_an_import_adds_and_changes(congtin: Run, tmp_path: Path) -> None:
    file = tmp_path / "content" / "inventory.yml"
    other = replace(ENTRY, id="x", url="https://x.example/")
    write_inventory(file, Inventory((ENTRY, other)))
    assert congtin("export", "ra.xlsx").exit_code == 0
    changed = [
        replace(ENTRY, name="Trường Mẫu mới"),
        replace(other, id="y", url="https://y.example/"),
    ]
    (tmp_path / "vao.csv").write_bytes(write_table(changed, tmp_path / "vao.csv"))
    done = congtin("import", "vao.csv")
    assert "Đã thêm 1 trang, sửa 1 trang." in done.stdout
    assert [entry.id for entry in read_inventory(file).entries] == ["thcs-mau", "x", "y"]


def test_an_old_table_takes_away_no_audit_and_no_contact(congtin: Run, tmp_path: Path) -> None:
    file = tmp_path / "content" / "inventory.yml"
    second = Contact("Lê Mẫu Hoa", "(073) 3990 002", "hoa@mau.example")
    audited = replace(ENTRY, contacts=(*ENTRY.contacts, second))
    write_inventory(file, Inventory((audited,)))
    for name, day in (("cu.csv", None), ("moi.csv", date(2015, 12, 9))):
        table = write_table([replace(ENTRY, last_audit=day)], tmp_path / name)
        (tmp_path / name).write_bytes(table)
    assert "sửa 0 trang" in congtin("import", "cu.csv").stdout
    assert read_inventory(file).entries == (audited,)
    congtin("import", "moi.csv")
    assert read_inventory(file).entries == (replace(audited, last_audit=date(2015, 12, 9)),)


def test_twins_and_unknown_keys_are_mistakes_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "inventory.yml"
    rest = "name: AA, kind: other, owner: AA, licence: {state: trial}"
    site = "- {id: %s, url: 'https://a.example/', " + rest + "}\n"
    file.write_text("sites:\n" + site % "a" + site % "b", "utf-8")
    with pytest.raises(UserError) as caught:
        read_inventory(file)
    assert caught.value.mistakes[0].line == 3


def test_the_dead_and_the_twins_are_found(congtin: Run, tmp_path: Path) -> None:
    with serve({"a": lambda p, h: page(), "b": lambda p, h: page()}) as server:
        entries = tuple(
            replace(ENTRY, id=name, url=url)
            for name, url in (
                ("mot", f"http://127.0.0.1:{server.port}/"),
                ("chet", "http://127.0.0.1:1/"),
            )
        )
        server.sites["127"] = lambda path, headers: page()
        twin = replace(ENTRY, id="hai", url=f"http://localhost:{server.port}/")
        server.sites["localhost:" + str(server.port)] = server.sites["127"]
        write_inventory(tmp_path / "content" / "inventory.yml", Inventory((*entries, twin)))
        listed = congtin("list", "--check")
    assert "Địa chỉ không trả lời" in " ".join(listed.stdout.split())
    assert "trang chủ giống hệt mot" in listed.stdout


def test_candidates_come_from_the_links_of_audits(congtin: Run, tmp_path: Path) -> None:
    hosts = ["www.facebook.com", "phuong-mau.gov.vn", "www.thcs-mau.example", "10.0.0.1"]
    for site in ("mot", "hai"):
        path = tmp_path / ".congtin" / "audit" / site / "20151218T000000.warc.gz"
        with ArchiveWriter(path) as archive:
            archive.note("https://a.example/", {"hosts": [*hosts, f"rieng-{site}.example"]})
    write_inventory(tmp_path / "content" / "inventory.yml", Inventory((ENTRY,)))
    found = congtin("discover")
    assert found.exit_code == 0, found.stderr
    assert found.stdout.index("phuong-mau.gov.vn") < found.stdout.index("rieng-hai.example")
    for host in ("facebook", "thcs-mau", "10.0.0.1"):
        assert host not in found.stdout
    assert "rieng-hai.example" not in congtin("discover", "--reject", "rieng-hai.example").stdout
    assert "rieng-hai.example" not in congtin("discover").stdout
