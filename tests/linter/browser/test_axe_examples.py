"""The examples that the manual shows of axe-core's rules are true: of the good ones no rule says
anything, the bad ones are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from linter.judge import Bench, judge
from linter.model import Canary, Snapshot
from linter.page import Page
from linter.rules.catalogue import all_rules
from linter.rules.examples import examples_of
from linter.terms import Outcome, Site

ALL = {rule.id: rule for rule in all_rules().values() if rule.engine != "law"}
AXE = [rule for rule in ALL if rule.startswith("axe/")]
SITE = Site("vi-du", "https://vi-du.tiengiang.gov.vn/")
HEAD = (
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>Lịch tiếp công dân</title></head>"
)
H1 = "<h1>Lịch tiếp công dân</h1>"
SKIP, MAIN = '<p><a href="#nd">Đến nội dung chính</a></p>', '<main id="nd">'
WORDS = (
    "<p>Ủy ban nhân dân xã tiếp công dân vào sáng thứ năm hằng tuần tại trụ sở; ai muốn gặp Chủ"
    " tịch thì báo trước cho văn phòng, bằng điện thoại hay bằng thư.</p>"
)


def page_of(text: str) -> str:
    """The example in a page that is in order apart from it."""
    lang, head, body = '<html lang="vi">', HEAD, ""
    if text.startswith("<html"):
        lang = text
    elif text.startswith("<head>"):
        head = text
    elif text.startswith(("<meta", "<style")):
        head = HEAD.replace("</head>", f"{text}</head>")
    else:
        body = _body(text)
    return f"<!DOCTYPE html>{lang}{head}{body or _body('')}</html>"


def _body(text: str) -> str:
    if text.startswith(("<tr", "<td", "<th")):
        text = f"<table>{text}</table>"
    if text.startswith("<body") and text.endswith("</body>"):
        return text
    if "<main>" in text:
        return f"<body>{SKIP}{text.replace('<main>', MAIN)}</body>"
    if "<main" in text:
        return f"<body>{text}</body>"
    main = f"{MAIN}{H1}{WORDS}</main>"
    if text.startswith("<body"):
        return f"{text}{main}</body>"
    if text.startswith(("<header", "<footer")):
        return f"<body>{SKIP}{text}{main}</body>"
    heading = "" if "<h1" in text else H1
    return f"<body><main>{heading}{WORDS}{text}</main></body>"


def test_each_example_of_axe_core_is_true(
    tmp_path: Path, show_folder: Callable[..., Snapshot]
) -> None:
    for rule in AXE:
        for example in examples_of(rule):
            name = f"{rule.removeprefix('axe/')}-{'bad' if example.bad else 'good'}.html"
            (tmp_path / name).write_text(page_of(example.files[0].text), "utf-8")
    for name in ("ban-do", "a", "b"):  # what the examples show in frames
        framed = page_of(f"<body>{H1}{WORDS}</body>")
        (tmp_path / f"{name}.html").write_text(framed, "utf-8")
    wrong = {}
    for page in show_folder(tmp_path).pages:
        name = page.url.rpartition("/")[2].removesuffix(".html")
        rule, _, kind = name.rpartition("-")
        if kind not in ("bad", "good"):
            continue
        said = set(_told_of(page))
        if said if kind == "good" else f"axe/{rule}" not in said | _doubted(page, f"axe/{rule}"):
            wrong[name] = said
    assert wrong == {}


def _told_of(page: Page) -> Iterator[str]:
    """The rules that say something of the page."""
    alone = Snapshot(SITE, (page,), canary=Canary.SEEN)
    for finding in judge(alone, Bench(ALL, (), date(2015, 12, 18))).findings:
        yield finding.rule


def _doubted(page: Page, rule: str) -> set[str]:
    """The rule itself, where it is right and a better one of ours speaks in its place."""
    check = ALL[rule].page_check
    assert check
    told = {said.outcome for said in check(page)} - {Outcome.PASS}
    return {rule} if told else set()
