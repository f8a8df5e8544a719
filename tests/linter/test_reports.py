"""Reports: the JSON obeys its schema, markup in data is escaped, one cause is told once."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema_rs
import lxml.html
import pytest

import linter.reports
from linter.judge import judge, merge
from linter.lint import Terms, bench
from linter.model import Page, Report, Severity, Site, Snapshot, Unreached
from linter.reports import as_html, as_json, as_text

DAY = date(2015, 12, 18)
SCHEMA = Path(linter.reports.__file__).with_name("report.schema.json")
EVIL = "<script>alert('x')</script>"


@pytest.fixture(scope="module")
def report() -> Report:
    """Two sites with faults whose data holds markup, and an address that did not answer."""
    reports = []
    for name in ("mot", "hai"):
        site = Site(name, f"https://{name}.mau.gov.vn/", "component", "department", EVIL + name)
        html = (
            '<html lang="vi"><head><meta charset="utf-8"><title>Tin</title></head><body>'
            '<a href="x">&lt;script&gt;alert(1)&lt;/script&gt;</a><img src="&lt;b&gt;.png">'
            '<p>Tin lũ về sớm hơn mọi năm: <a href="/tin/">xem thêm</a></p></body></html>'
        )
        gone = Unreached(site.url + "mat/", "unreachable", {"error": EVIL})
        snapshot = Snapshot(site, (Page(site.url, html.encode()),), (gone,))
        terms = Terms(as_of=DAY, law="P2015-TG", browser="none", fail_on=Severity.ERROR)
        reports.append(judge(snapshot, bench(terms)))
    return merge(reports, DAY)


def test_json_obeys_its_schema_and_speaks_both_languages(report: Report) -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    texts = []
    for lang in ("vi", "en"):
        data = json.loads(as_json.write(report, lang))
        jsonschema_rs.validate(schema, data)
        texts.append([finding.pop("text") for finding in data["findings"]])
        without = data
    assert texts[0] != texts[1]
    assert without["planned"] == 4
    assert {page["verdict"] for page in without["pages"]} == {"fail", "could-not-tell"}


def test_no_markup_of_a_site_gets_into_the_html(report: Report) -> None:
    files = as_html.write(report, "vi", [f"content/x.md: {EVIL}"])
    assert set(files) == {"index.html", "report.css", "site-mot.html", "site-hai.html"}
    for name, data in files.items():
        if name.endswith(".html"):
            tree = lxml.html.document_fromstring(data.decode("utf-8"))
            assert tree.xpath("//script") == []
            assert EVIL in tree.text_content()


def test_our_own_report_passes_our_own_rules(report: Report) -> None:
    files = as_html.write(report, "vi")
    site = Site("bao-cao", "https://bao-cao.localhost/")
    pages = tuple(
        Page(site.url + name.removesuffix("index.html"), data)
        for name, data in files.items()
        if name.endswith(".html")
    )
    own = {site.url + "report.css": len(files["report.css"])}
    snapshot = Snapshot(site, pages, files=own, complete=True)
    terms = Terms(as_of=DAY, law="P2015-TG", browser="none", fail_on=Severity.NOTICE)
    said = [(f.rule, f.snippet) for f in judge(snapshot, bench(terms)).findings]
    assert said == []


def test_text_tells_each_finding_with_grounds_and_remedy(report: Report) -> None:
    text = as_text.write(report, "en")
    assert "[vague-link-text] (WCAG 2.4.4, WCAG 2.4.9)" in text
    assert "To mend it: " in text
    assert "Verdict: fail. 2 of 4 pages judged." in text
    assert "and" in as_text.write(report, "en", most=1).lower()


def test_an_empty_run_could_not_tell() -> None:
    data = json.loads(as_json.write(merge([], DAY), "vi"))
    jsonschema_rs.validate(json.loads(SCHEMA.read_text("utf-8")), data)
    assert data["verdict"] == "could-not-tell"
