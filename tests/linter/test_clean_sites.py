"""On clean sites no alarm at all: the rules on break-ins say nothing of pages in honest manner."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from linter.model import Snapshot
from linter.page import Page
from linter.rules.catalogue import all_rules
from linter.rules.rule import NoParams
from linter.strict_yaml import read_yaml
from linter.terms import Outcome, Site

ROOT = Path(__file__).parent.parent.parent
RULES = [rule for rule in all_rules().values() if rule.family == "security"]
PAGES = sorted((ROOT / "tests" / "facts" / "tuned").glob("*.html"))
INNOCENT = """<nav><ul style="margin-left:-9999px"><li><a href="https://thcs-mau.edu.vn/">Trường</a>
</ul></nav><div style="display:none"><a href="/tin/">Tin</a><a href="https://zalo.me/1">Zalo</a>
</div><span class="sr-only" style="position:absolute;left:-9999px"><a href="#noi-dung">Nội dung</a>
</span><p>Tội đánh bạc theo Bộ luật Hình sự; Công an bắt giữ nhóm cá độ, lô đề, xóc đĩa.</p>
<p>XỔ SỐ HỌC TẬP. Microsoft Office Specialist. The Socialist Republic of Viet Nam.</p>
<img src="/anh/soi-cau.gif" alt="Cầu"><img alt="" src="data:image/gif;base64,w88slotR0lGODlhbet88">
<p>Thông báo mất CMND. Mật ong, mật khẩu, bảo mật, Luật Bảo vệ bí mật nhà nước.</p>"""


def alarms(page: Page) -> list[str]:
    snapshot = Snapshot(Site("vi-du", page.url), (page,))
    found = []
    for rule in RULES:
        if rule.page_check:
            observations = rule.page_check(page)
        else:
            assert rule.site_check
            observations = rule.site_check(snapshot, NoParams(), date(2026, 11, 24))
        found += [
            f"{rule.id}: {o.message} {dict(o.params)}"
            for o in observations
            if o.outcome in (Outcome.FAIL, Outcome.REVIEW)
        ]
    return found


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_alarm_on_a_page_in_the_manner_of_a_platform(path: Path) -> None:
    assert alarms(Page("https://vi-du.mau.gov.vn/", path.read_bytes())) == []


def test_no_alarm_on_what_is_innocent_and_common() -> None:
    html = f"<html lang=vi><title>Sở Mẫu</title><body>{INNOCENT}"
    assert alarms(Page("https://vi-du.mau.gov.vn/", html.encode())) == []


@pytest.mark.parametrize(
    "name",
    ["rules/hosts", "rules/spam", "rules/security/documents", "rules/language/function_words"],
)
def test_word_lists_obey_their_schema(name: str) -> None:
    path = ROOT / "linter" / f"{name}.yml"
    assert read_yaml(path, path.name, path.with_suffix(".schema.json")).mistakes == ()
