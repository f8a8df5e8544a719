"""A mistake of use is told in the reader's language, in click's words too."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from generator.cli.main import main

CASES = [
    (["dung"], "Không có lệnh 'dung'.", "No such command 'dung'."),
    (["lint", "--foo"], "Không có tùy chọn '--foo'.", "No such option '--foo'."),
    (["lint", "--kind", "x"], "'x' không thuộc 'main', 'department'", "'x' is not one of 'main'"),
    (
        ["build", "--jobs", "x"],
        "'x' không phải là số hợp lệ",
        "'x' is not a valid integer",
    ),
    (["build", "--jobs", "99"], "99 không nằm trong khoảng 1<=x<=64.", "99 is not in the range"),
    (["due", "--days"], "Tùy chọn '--days' cần một giá trị.", "'--days' requires an argument."),
    (["rules", "a", "b"], "Thừa tham số (b)", "Got unexpected extra argument (b)"),
    (["new"], "Thiếu tham số 'KIND'", "Missing argument 'KIND'"),
]


@pytest.mark.parametrize(("words", "vietnamese", "english"), CASES)
def test_a_mistake_of_use(words: list[str], vietnamese: str, english: str) -> None:
    told = CliRunner().invoke(main, ["--lang", "en", *words])
    assert (told.exit_code, english in told.output) == (2, True), told.output
    told = CliRunner().invoke(main, words)
    assert (told.exit_code, vietnamese in told.output) == (2, True), told.output
    assert told.output.count("Error") == 0
