"""What CI reads of a run: SARIF, JUnit, GitHub's notes, Markdown, and a baseline."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from generator.cli.main import main
from linter.baseline import read_baseline, tell_mended
from linter.errors import UserError
from linter.findings import Report
from linter.judge import Bench, judge, merge
from linter.lint import Terms, conclude
from linter.model import Snapshot
from linter.page import Page, Place, Source
from linter.reports import as_github, as_json, as_junit, as_markdown, as_sarif, as_text
from linter.rules.catalogue import all_rules
from linter.terms import Severity, Site, Verdict
from linter.waivers import Waiver, read_waivers

ROOT = Path(__file__).parent.parent.parent
SARIF = ROOT / ".congtin/tools/node_modules/@microsoft/jest-sarif/lib/schemas"
DAY = date(2015, 12, 18)
SITE = Site("so-mau", "https://mau.gov.vn/")
NASTY = "Tin <b>&amp;\"'%0A::error::|*@all`</b>\x0b ảnh"
RULES = ("image-alt", "page-title", "repeated-title")


def page(name: str, body: str) -> Page:
    head = f'<!doctype html><html lang="vi"><head><title>{name}</title></head>'
    html = f"{head}<body>{body}</body></html>"
    source = Source("content/so-mau/tin-tuc/a, b.md", (("//img", Place("content/a, b.md", 12)),))
    return Page(SITE.url + name, html.encode(), source=source)


def run(*pages: Page, known: frozenset[str] = frozenset()) -> Report:
    rules = {name: all_rules()[name] for name in RULES}
    report = judge(Snapshot(SITE, pages), Bench(rules, (), DAY, baseline=known))
    return merge([report], DAY)


@pytest.fixture
def report() -> Report:
    """One fault with a source line whose words try to break out of every format."""
    found = run(page("mot", f'<img src="{NASTY.replace(chr(34), "")}"><p>{NASTY}</p>'))
    finding = replace(found.findings[0], snippet=NASTY)
    return replace(found, findings=(finding, *found.findings[1:]))


def test_sarif_names_rule_line_level_and_fingerprint(report: Report) -> None:
    sarif = json.loads(as_sarif.write(report, "vi"))["runs"][0]
    result = sarif["results"][0]
    assert (result["ruleId"], result["level"], result["kind"]) == ("image-alt", "error", "fail")
    assert sarif["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "image-alt"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "content/a%2C%20b.md", "uriBaseId": "ROOT"}
    assert place["region"]["startLine"] == 12
    assert result["partialFingerprints"] == {"congtin/v1": report.findings[0].fingerprint}
    assert sarif["invocations"][0]["properties"]["verdict"] == "fail"


def test_sarif_of_an_unjudged_page_is_open_and_the_run_unsuccessful() -> None:
    found = judge(
        Snapshot(SITE, (page("mot", "<p>x</p>"),)),
        Bench({"axe/image-alt": all_rules()["axe/image-alt"]}, (), DAY),
    )
    sarif = json.loads(as_sarif.write(found, "en"))["runs"][0]
    assert [(r["kind"], r["level"]) for r in sarif["results"]] == [("open", "none")]
    assert sarif["invocations"][0]["executionSuccessful"] is False


@pytest.mark.slow
def test_sarif_obeys_its_schema(report: Report) -> None:
    assert SARIF.is_dir(), "run .ci/slow, which installs the schema"
    schema = json.loads(next(SARIF.glob("sarif-2.1.0*.json")).read_text("utf-8"))
    # The pattern has a "]" too many, which only JavaScript forgives.
    for name in ("run", "toolComponent"):
        assert schema["definitions"][name]["properties"]["language"].pop("pattern")
    for lang in ("vi", "en"):
        jsonschema_rs.validate(schema, json.loads(as_sarif.write(report, lang)))


def test_junit_counts_what_failed_and_survives_any_text(report: Report) -> None:
    root = etree.fromstring(as_junit.write(report, "vi").encode())
    assert dict(root.attrib) == {"name": "congtin", "tests": "3", "failures": "1", "errors": "0"}
    failure = root.find(".//testcase[@name='image-alt']/failure")
    assert failure is not None and failure.text is not None
    assert "content/a, b.md:12" in failure.text
    assert root.find(".//testcase[@name='page-title']/failure") is None


def test_github_notes_stand_on_the_line_and_nothing_breaks_out(report: Report) -> None:
    first, *rest = as_github.write(report, "vi").split("\n")
    assert first.startswith("::error file=content/a%2C b.md,title=image-alt")
    assert ",line=12::" in first
    assert not any(line.startswith("::") for line in rest)


def test_markdown_says_what_is_new_mended_and_open(report: Report, tmp_path: Path) -> None:
    earlier = tmp_path / "moc.json"
    old = run(page("mot", '<img src="a.png">'), page("hai", '<img src="b.png">'))
    earlier.write_text(as_json.write(old, "vi"), "utf-8")
    baseline = read_baseline(earlier)
    assert len(baseline.faults) == 2
    pages = (
        page("mot", '<img src="a.png"><img src="c.png">'),
        page("hai", '<img src="b.png" alt="Cầu">'),
    )
    now = tell_mended(run(*pages, known=baseline.fingerprints), baseline)
    assert now.verdict is Verdict.FAIL
    assert [finding.known for finding in now.findings] == [True, False]
    text = as_markdown.write(now, "en")
    assert "### New: 1" in text
    assert "### Still open: 1" in text
    assert "### Mended: 1" in text
    only_old = run(page("mot", '<img src="a.png">'), known=baseline.fingerprints)
    assert only_old.verdict is Verdict.PASS


def test_what_was_not_judged_again_is_not_mended(tmp_path: Path) -> None:
    earlier = tmp_path / "moc.json"
    earlier.write_text(as_json.write(run(page("mot", '<img src="a.png">')), "vi"), "utf-8")
    other = Snapshot(Site("khac", "https://khac.gov.vn/"), (page("x", "<p>x</p>"),))
    rules = {name: all_rules()[name] for name in RULES}
    now = judge(other, Bench(rules, (), DAY))
    assert tell_mended(now, read_baseline(earlier)).mended == ()


def test_markdown_shows_ten_and_counts_the_rest_and_calls_nobody() -> None:
    pages = [page(f"trang-{n}", f'<p>@all</p><img src="anh-{n}-*x*.png">') for n in range(14)]
    pages = [replace(one, source=None) for one in pages]
    text = as_markdown.write(run(*pages), "en")
    assert "### New: 14" in text
    assert text.count("\n- `") == 10
    assert "And 4 more" in text


def waiver(fingerprint: str, **more: object) -> Waiver:
    fields = {
        "id": "w1",
        "fingerprint": fingerprint,
        "rule": "image-alt",
        "site": SITE.id,
        "owner": "Trần Mẫu An",
        "reason": "Đang làm lại ảnh",
        "basis": "CV 12/SM",
        "granted": DAY,
        "expires": date(2016, 3, 1),
        "line": 2,
    }
    return Waiver(**{**fields, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (waiver("0" * 16), "unused"),
        (waiver("0" * 16, site="khac"), None),
        (waiver("0" * 16, rule="khong-chay"), None),
        (waiver("0" * 16, expires=date(2015, 12, 1)), "expired"),
        (waiver("0" * 16, site="khac", expires=date(2017, 12, 1)), "too-long"),
    ],
)
def test_waivers_are_watched(made: Waiver, message: str | None) -> None:
    report = run(page("mot", '<img src="a.png" alt="Cầu">'))
    terms = Terms(DAY, "tt09-2014", waivers=(made,), fail_on=Severity.WARNING)
    said = conclude([report], terms)
    assert [f.message for f in said.findings] == ([message] if message else [])
    assert said.verdict is (Verdict.FAIL if message else Verdict.PASS)
    if message:
        assert said.findings[0].source == Place("content/waivers.yml", 2)
        assert "Trần Mẫu An" in as_github.write(said, "vi")


def waive(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["waive", *arguments], catch_exceptions=False)


def test_congtin_waive_writes_what_the_next_run_accepts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = run(page("mot", '<img src="a.png">'))
    name = found.findings[0].fingerprint
    (tmp_path / "content").mkdir()
    (tmp_path / "content/waivers.yml").write_text("# Lời đầu\nwaivers: []\n", "utf-8")
    (tmp_path / "r.json").write_text(as_json.write(found, "vi"), "utf-8")
    said = ["--report", "r.json", "--owner", 'Ông "An": Phó', "--reason", "Đang làm lại ảnh này"]
    more = ["--basis", "Công văn 12", "--as-of", "2015-12-18"]
    assert waive(name, *said, *more).exit_code == 2  # nobody there to be asked
    assert waive(name, *said, *more, "--expires", "2019-01-01").exit_code == 2
    assert waive("f" * 16, *said, *more, "--expires", "2016-01-01").exit_code == 2
    assert read_waivers(tmp_path / "content/waivers.yml") == ()
    assert waive(name, *said, *more, "--expires", "2016-01-01").exit_code == 0
    text = (tmp_path / "content/waivers.yml").read_text("utf-8")
    assert text.startswith("# Lời đầu\nwaivers:\n  - id: ")
    (written,) = read_waivers(tmp_path / "content/waivers.yml")
    assert (written.owner, written.expires) == ('Ông "An": Phó', date(2016, 1, 1))
    assert waive(name, *said, *more, "--expires", "2016-01-01").exit_code == 2


def from_theme(name: str, *images: str) -> Page:
    """A page whose images stand in the one template, each in a line of its own."""
    marks = tuple(
        (f"//img[@src='{image}']", Place("themes/x/base.html", line))
        for line, image in enumerate(images, 3)
    )
    body = "".join(f'<img src="{image}">' for image in images)
    return replace(page(name, body), source=Source("content/so-mau/a.md", marks))


def test_a_waiver_for_a_file_accepts_one_fault_on_every_page_and_no_two() -> None:
    made = waiver("", file="themes/x/base.html")
    rules = {name: all_rules()[name] for name in RULES}
    bench = Bench(rules, (), DAY, waivers=(made,))
    terms = Terms(DAY, "tt09-2014", waivers=(made,))
    pages = (from_theme("mot", "a.png"), from_theme("hai", "a.png"))
    one = conclude([judge(Snapshot(SITE, pages), bench)], terms)
    assert [finding.waived for finding in one.findings] == ["w1", "w1"]
    assert one.verdict is Verdict.PASS
    pages = (from_theme("mot", "a.png", "b.png"), pages[1])
    two = conclude([judge(Snapshot(SITE, pages), bench)], terms)
    assert [finding.waived for finding in two.findings] == [""] * 4
    assert two.findings[-1].message == "too-broad"
    assert two.findings[-1].params["count"] == 2
    assert two.verdict is Verdict.FAIL


def test_congtin_waive_names_the_file_of_a_fault_on_many_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rules = {name: all_rules()[name] for name in RULES}
    found = judge(
        Snapshot(SITE, (from_theme("mot", "a.png"), from_theme("hai", "a.png"))),
        Bench(rules, (), DAY),
    )
    (tmp_path / "r.json").write_text(as_json.write(found, "vi"), "utf-8")
    said = ["--owner", "Trần Mẫu An", "--reason", "Đang làm lại ảnh này", "--basis", "CV 12"]
    more = ["--report", "r.json", "--as-of", "2015-12-18", "--expires", "2016-01-01"]
    first, second = (finding.fingerprint for finding in found.findings)
    assert waive(first, *said, *more).exit_code == 0
    (written,) = read_waivers(tmp_path / "content/waivers.yml")
    assert (written.file, written.fingerprint) == ("themes/x/base.html", "")
    assert waive(second, *said, *more).exit_code == 2  # accepted with the first
    text = (tmp_path / "content/waivers.yml").read_text("utf-8")
    both = text.replace("    file:", f'    fingerprint: "{first}"\n    file:')
    (tmp_path / "content/waivers.yml").write_text(both, "utf-8")
    with pytest.raises(UserError, match="one of the two"):
        read_waivers(tmp_path / "content/waivers.yml")


def test_what_stands_in_the_baseline_is_counted_and_not_told_again(tmp_path: Path) -> None:
    earlier = tmp_path / "moc.json"
    earlier.write_text(as_json.write(run(page("mot", '<img src="a.png">')), "vi"), "utf-8")
    known = read_baseline(earlier).fingerprints
    now = run(page("mot", '<img src="a.png"><img src="moi.png">'), known=known)
    for text in (as_text.write(now, "en"), as_github.write(now, "en")):
        assert "moi.png" in text
        assert "Image a.png" not in text
        assert "1 stand in the baseline" in text
    assert f"congtin waive: {now.findings[-1].fingerprint}" in as_text.write(now, "en")


def test_the_gravest_stands_first_whatever_its_site() -> None:
    rules = {name: all_rules()[name] for name in ("sample-data", "image-alt")}
    bench = Bench(rules, (), DAY)
    mild = page("mot", "<p>Chữ</p>")
    sample = mild.body.replace(b"</head>", b'<meta name="sample-data" content="true"></head>')
    first = judge(Snapshot(SITE, (replace(mild, content=sample),)), bench)
    other = Site("khac", "https://khac.gov.vn/")
    second = judge(Snapshot(other, (Page(other.url, page("x", '<img src="a.png">').body),)), bench)
    report = merge([first, second], DAY)
    assert [finding.rule for finding in report.findings] == ["image-alt", "sample-data"]
    assert as_github.write(report, "en").startswith("::error ")


def test_no_tag_of_a_sarif_rule_stands_twice() -> None:
    rules = dict(all_rules())
    report = judge(Snapshot(SITE, (page("mot", '<img src="a.png">'),)), Bench(rules, (), DAY))
    for rule in json.loads(as_sarif.write(report, "en"))["runs"][0]["tool"]["driver"]["rules"]:
        tags = rule["properties"]["tags"]
        assert len(tags) == len(set(tags)), rule["id"]
