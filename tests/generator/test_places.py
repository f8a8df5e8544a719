"""A finding on content names the Markdown file and line: faults planted in known places."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from generator.build import Project, build
from linter.judge import judge
from linter.lint import Terms, bench
from linter.registry import read_registry
from linter.sites.folder import read_folder
from linter.terms import Outcome, Severity

FAULTS = [
    ("vague-link-text", "Tải mẫu đơn [tại đây](https://mau.mau.gov.vn/)."),
    ("vague-link-text", "- Một mục với [xem thêm](https://mau.mau.gov.vn/) trong danh sách."),
    ("meaningless-alt", "![IMG_2041.jpg](../anh/a.jpg)"),
    ("meaningless-alt", "Câu có hình ![ảnh](../anh/a.jpg) ở giữa."),
    ("file-link", "[Biểu mẫu](../tep/quyet-dinh.docx)"),
    ("placeholder-text", "Đang cập nhật"),
    ("skipped-heading", "#### Đề mục nhảy cấp"),
    ("broken-link", "[Trang cũ của cổng](https://mau.mau.gov.vn/khong-co/)"),
    ("missing-h1", "# Đề mục cấp một thứ hai"),
    ("fake-heading", "**Đề mục giả**"),
]
FILLER = [
    "Người dân nộp hồ sơ tại bộ phận một cửa.\nKết quả được trả đúng hẹn.",
    "- Bản sao sổ hộ khẩu.\n- Đơn đề nghị.",
    "1. Nộp hồ sơ.\n2. Nhận giấy hẹn.",
    "> Trích lời người dân.",
    "| Tên | Số |\n| --- | --- |\n| Xã | 3 |\n| Ấp | 9 |",
]


def test_at_least_95_of_100_planted_faults_are_named_with_file_and_line(
    project: Project, write: Callable[..., Path]
) -> None:
    (project.content / "mau" / "anh").mkdir()
    (project.content / "mau" / "anh" / "a.jpg").write_bytes(b"x")
    chance = random.Random(5)
    planted: list[tuple[str, str, int]] = []
    for number in range(100):
        rule, text = FAULTS[number % len(FAULTS)]
        before = chance.sample(FILLER, chance.randint(0, 4))
        blocks = [*before, text, "Cuối bài có một câu bình thường."]
        line = 12 + sum(block.count("\n") + 2 for block in before)
        name = f"tin-tuc/loi-{number}.md"
        write(name, body="\n\n".join(blocks) + "\n", title=f"Bài số {number}")
        planted.append((rule, f"content/mau/{name}", line))
    registry = read_registry(project.content)
    built = build(project, registry, registry.portal("mau"), datetime(2015, 12, 18, 23))
    assert built.mistakes == ()
    terms = Terms(datetime(2015, 12, 18).date(), "tt09-2014", "none", Severity.NOTICE)
    report = judge(read_folder(project.staging("mau")), bench(terms))
    named = {
        (f.rule, f.source.file, f.source.line)
        for f in report.findings
        if f.outcome is Outcome.FAIL and f.source
    }
    missed = [fault for fault in planted if fault not in named]
    assert len(missed) <= 5, missed
