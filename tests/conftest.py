"""A small project of two portals in a folder of its own, for tests that build and publish."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.build import Project
from linter.messages import speak_for
from linter.model import Appearance, Certificate, Snapshot
from linter.page import VISITORS, Page
from linter.sites.attachments import is_pdf, look_at_pdf, read_attachment
from linter.terms import Site

ROOT = Path(__file__).parent.parent
speak_for(ROOT / "generator" / "locale")

SECTIONS = [
    ("introduction", "gioi-thieu", "Giới thiệu", "Introduction", ["guide"]),
    ("news", "tin-tuc", "Tin tức, sự kiện", "News", ["news"]),
    ("documents", "van-ban", "Văn bản", "Documents", ["legal-document"]),
]


def registry_data() -> dict[str, Any]:
    return {
        "province": "tỉnh Mẫu",
        "province_en": "Sample Province",
        "main_portal": "chinh",
        "as_of": "2015-12-18",
        "law": "tt09-2014",
        "sections": [
            {
                "id": section,
                "slug": slug,
                "title": title,
                "title_en": english,
                "types": types,
                "required_for": ["main", "component"],
            }
            for section, slug, title, english, types in SECTIONS
        ],
    }


def portal_data(
    portal_id: str, kind: str = "component", body: str = "department"
) -> dict[str, Any]:
    mail = f"vanthu@{portal_id}.mau.gov.vn"
    return {
        "kind": kind,
        "body": body,
        "name": f"Sở Mẫu {portal_id}",
        "name_en": f"Sample Department {portal_id}",
        "short_name": f"Sở {portal_id}",
        "parent": "Ủy ban nhân dân tỉnh Mẫu",
        "parent_en": "People's Committee",
        "host": f"{portal_id}.mau.gov.vn",
        "source": "reconstruction",
        "valid_from": "2015-07-16",
        "sample_data": True,
        "languages": ["vi"],
        "address": "Số 1 đường Mẫu, phường 1, thành phố Mẫu",
        "phones": ["(073) 3990 001"],
        "email": mail,
        "responsible": {
            "name": "Trần Mẫu An",
            "title": "Giám đốc",
            "phone": "(073) 3990 002",
            "email": mail,
        },
        "editorial_board": {
            "decision": {"number": "1/QĐ-SM", "date": "2015-08-03"},
            "head": {"name": "Trần Mẫu An", "title": "Trưởng Ban biên tập"},
            "members": [
                {"name": "Lê Mẫu Bình", "title": "Phó Trưởng ban"},
                {"name": "Võ Mẫu Hoa", "title": "Thư ký"},
            ],
            "email": mail,
        },
        "moderation_rules": {"title": "Quy chế", "number": "2/QC-SM", "date": "2015-08-03"},
        "technical_staff": [
            {"name": "Hồ Mẫu Tú", "title": "Kỹ thuật", "email": mail, "skills": ["IU13", "IU14"]}
        ],
    }


def header(**more: Any) -> dict[str, Any]:
    """The header of a good piece of news; `more` changes or, with None, takes out keys."""
    data = {
        "type": "news",
        "title": "Khánh thành cầu qua rạch Gầm",
        "summary": "Cây cầu mới rút ngắn quãng đường đến trường của học sinh hai ấp.",
        "keywords": ["giao thông", "cầu"],
        "author": "Hồ Mẫu Tú",
        "approver": "Lê Mẫu Bình",
        "approved": "2015-12-17T08:00",
        "published": "2015-12-17T09:00",
        "status": "published",
        **more,
    }
    return {key: value for key, value in data.items() if value is not None}


BODY = "Sáng 17/12, xã khánh thành cây cầu dài **120 mét**.\n\n## Đường đi\n\nTừ chợ rẽ phải.\n"


def document_text(body: str = BODY, **more: Any) -> str:
    """A document: one line for each key of its header, then the body (from line 12 on)."""
    keys = header(**more).items()
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in keys]
    return "\n".join(["---", *lines, "---", body])


def own_law(vi: str, en: str, rule: str, demands: str) -> str:
    """A law "tinh" of the province, of one requirement: its words, its rule, what that is given."""
    return f"""\
id: tinh
number: "7/2015/QĐ-UBND"
short: {{vi: "Quyết định Mẫu", en: "Sample Decision"}}
title: {{vi: "Mẫu", en: "Sample"}}
signed: 2015-01-01
in_force: {{from: 2015-02-01}}
read: "dữ liệu mẫu"
articles: ["1"]
whole: true
requirements:
  - at: "1"
    says: {{vi: "{vi}", en: "{en}"}}
    for: [main, component]
    sure: full
    rule: {rule}
    with: {{{demands}}}
"""


def write_yaml(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


@pytest.fixture(scope="session")
def read_case() -> Callable[[Path, dict[str, Any]], Snapshot]:
    """Reads a folder of pages as a site, with what its case.yml says of it."""
    return _read_case


def _read_case(folder: Path, case: dict[str, Any]) -> Snapshot:
    """The example's pages as a site: index.html is the home page, other files lie beside it."""
    url = case.get("url", "https://vi-du.tiengiang.gov.vn/")
    end = case.get("valid_to")
    site = Site(
        "vi-du",
        url,
        case.get("kind", "component"),
        case.get("body", "department"),
        case.get("name", ""),
        tuple(case.get("kin", ())),
        date.fromisoformat(str(end)) if end else None,
    )
    pages = []
    files = {}
    texts: dict[str, str] = {}
    pdfs = {}
    sheets = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffixes[:1] and path.suffixes[0][1:] in VISITORS:
            continue
        if path.name.endswith((".pdf.txt", ".docx.txt")):
            texts[url + name.removesuffix(".txt")] = path.read_text("utf-8")
            files[url + name.removesuffix(".txt")] = path.stat().st_size
        elif path.suffix == ".html":
            address = case.get("urls", {}).get(name, name.removesuffix("index.html"))
            others = {
                visitor: Page(url + address, other.read_bytes())
                for visitor in VISITORS
                if (other := path.with_suffix(f".{visitor}.html")).exists()
            }
            for visitor, place in case.get("moved", {}).get(name, {}).items():
                others[visitor] = Page(url + address, b"", 302, {"location": place})
            headers = case.get("headers", {}).get(name, {})
            pages.append(
                Page(
                    url + address,
                    path.read_bytes(),
                    case.get("status", {}).get(name, 200),
                    headers,
                    alternates=others,
                )
            )
        elif path.suffix == ".xml":
            headers = {"content-type": "application/xml"}
            pages.append(Page(url + name, path.read_bytes(), headers=headers))
        elif path.suffix == ".css":
            sheets[url + name] = Page(
                url + name, path.read_bytes(), headers={"content-type": "text/css"}
            )
            files[url + name] = path.stat().st_size
        elif path.is_file() and path.name != "case.yml":
            files[url + name] = path.stat().st_size
            if is_pdf(name):
                texts[url + name] = read_attachment(name, path.read_bytes())
                pdfs[url + name] = look_at_pdf(path.read_bytes(), texts[url + name])
    known = {
        url + path: tuple(
            Appearance(kind, first or date.min, last or date.max) for kind, first, last in found
        )
        for path, found in case.get("appeared", {}).items()
    }
    doors = {
        address: Page(address, said.get("body", "").encode(), said["status"], said)
        for path, said in case.get("doors", {}).items()
        for address in (path if "://" in path else url + path.lstrip("/"),)
    }
    shown = case.get("certificate")
    complete = case.get("complete", True)
    hosts = frozenset(case["known_hosts"]) if "known_hosts" in case else None
    return Snapshot(
        site,
        tuple(pages),
        files=files,
        complete=complete,
        appeared=known,
        texts=texts,
        pdfs=pdfs,
        known_hosts=hosts,
        doors=doors,
        certificate=Certificate(**shown) if shown else None,
        sheets=sheets,
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two portals, "chinh" (main) and "mau", each with an introduction, news and a document."""
    shutil.copytree(ROOT / "themes", tmp_path / "themes")
    content = tmp_path / "content"
    write_yaml(content / "registry.yml", registry_data())
    write_yaml(content / "chinh" / "portal.yml", portal_data("chinh", "main", "province"))
    write_yaml(content / "mau" / "portal.yml", portal_data("mau"))
    for portal in ("chinh", "mau"):
        folder = content / portal
        for name in ("gioi-thieu", "tin-tuc", "van-ban", "tep"):
            (folder / name).mkdir()
        (folder / "tin-tuc" / "khanh-thanh-cau.md").write_text(document_text(), "utf-8")
        guide = document_text(type="guide", title="Chức năng, nhiệm vụ")
        (folder / "gioi-thieu" / "chuc-nang.md").write_text(guide, "utf-8")
        (folder / "tep" / "quyet-dinh.docx").write_bytes(b"mau" * 100)
        (folder / "van-ban" / "qd-1.md").write_text(
            document_text(
                type="legal-document",
                title="Quyết định về giờ tiếp công dân",
                number="1/QĐ-SM",
                document_kind="Quyết định",
                issuer="Sở Mẫu",
                signatory="Trần Mẫu An",
                signed="2015-12-16",
                in_force="2015-12-16",
                validity="in-force",
                field="Tiếp công dân",
                attachments=[{"file": "tep/quyet-dinh.docx", "title": "Toàn văn"}],
            ),
            "utf-8",
        )
    return Project(tmp_path)


@pytest.fixture
def write(project: Project) -> Callable[..., Path]:
    """Writes a document of the portal "mau": write("tin-tuc/x.md", body="...", title="...")."""

    def put(name: str, body: str = BODY, text: str | None = None, **more: Any) -> Path:
        path = project.content / "mau" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document_text(body, **more) if text is None else text, "utf-8")
        return path

    return put
