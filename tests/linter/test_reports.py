"""Reports: the JSON obeys its schema, markup in data is escaped, one cause is told once."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema_rs
import lxml.html
import pytest

import linter.reports
from linter.answers import Answers
from linter.atomic import write_files
from linter.findings import Report
from linter.history.background import Background, look_back
from linter.history.criteria import read_criteria
from linter.judge import judge, merge
from linter.lint import Terms, bench, lint
from linter.model import Snapshot, Unreached
from linter.page import Page, Place
from linter.reports import as_html, as_json, as_text
from linter.reports.menders import Mender, mender_of
from linter.reports.wording import source_of
from linter.sites.folder import read_folder
from linter.terms import Outcome, Severity, Site

DAY = date(2015, 12, 18)
SCHEMA = Path(linter.reports.__file__).with_name("report.schema.json")
# One white point as a PNG.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)
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
    assert set(files) == {
        *("index.html", "report.css", "report.js", "site-mot.html", "site-hai.html")
    }
    for name, data in files.items():
        if name.endswith(".html"):
            tree = lxml.html.document_fromstring(data.decode("utf-8"))
            assert [dict(script.attrib) for script in tree.iter("script")] == [
                {"src": "report.js", "defer": "defer"}
            ]
            assert tree.xpath("//style | //@style | //@onclick") == []
            assert EVIL in tree.text_content()


def own_faults(folder: Path, browser: str) -> list[tuple[str, str]]:
    """What our own linter says of a report in a folder."""
    snapshot = read_folder(folder, Site("bao-cao", "https://bao-cao.localhost/"))
    terms = Terms(as_of=DAY, law="P2015-TG", browser=browser, fail_on=Severity.NOTICE)
    said = lint(snapshot, terms, folder)
    return [(finding.rule, finding.snippet) for finding in said.findings]


def behind(report: Report) -> Mapping[str, Background]:
    """Two earlier days with fewer points, and a fault that stands since the first."""
    found = look_back(report, None, Answers(), read_criteria())
    days = (date(2015, 6, 30), date(2015, 9, 30))
    since = {finding.fingerprint: days[0] for finding in report.findings}
    return {
        site: replace(one, points=((days[0], 40.5), (days[1], 62.0), *one.points), since=since)
        for site, one in found.items()
    }


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_our_own_report_passes_our_own_rules(report: Report, lang: str, tmp_path: Path) -> None:
    mistakes = [f"content/{number}.md: sai" for number in range(3)]
    write_files(tmp_path, as_html.write(report, lang, mistakes, behind(report)))
    assert own_faults(tmp_path, "none") == []


@pytest.mark.slow
def test_our_own_report_passes_in_a_browser_too(report: Report, tmp_path: Path) -> None:
    places = {finding.fingerprint: PIXEL for finding in report.findings}
    evidence = {"mot": as_html.Evidence([("https://mot.mau.gov.vn/", PIXEL)], places)}
    write_files(tmp_path, as_html.write(report, "vi", ["sai"], behind(report), evidence))
    assert own_faults(tmp_path, "all") == []


def test_a_site_reads_its_points_its_trend_and_who_can_mend_what(report: Report) -> None:
    files = as_html.write(report, "en", behind=behind(report))
    page = lxml.html.document_fromstring(files["site-mot.html"].decode("utf-8"))
    spark = page.xpath("//*[name()='svg'][@role='img']/@aria-label")
    assert spark and spark[0].startswith("Points over 3 days: 40.5 on 30 June 2015, ")
    headings = [heading.text_content() for heading in page.iter("h2", "h3")]
    assert "What to mend" in headings and "For a person to look at" in headings
    assert any(heading.startswith("On the site as a whole") for heading in headings)
    assert "Points, and why some were lost" in headings
    assert "Could not be judged" in headings
    terms = [term.text_content() for term in page.iter("dt")]
    assert {"How to mend", "Grounds", "Since", "Element"} <= set(terms)
    assert "30 June 2015" in page.text_content()


def many(report: Report, sites: int, findings: int) -> Report:
    """The report with so many sites, and so many findings in all."""
    first = next(f for f in report.findings if f.outcome is Outcome.FAIL)
    said = tuple(
        replace(
            report.sites[0], site=replace(report.sites[0].site, id=f"cong{n}", name=f"Cổng {n}")
        )
        for n in range(sites)
    )
    found = tuple(
        replace(first, site=f"cong{n % sites}", fingerprint=f"{n:016x}") for n in range(findings)
    )
    return replace(report, sites=said, findings=found, pages=())


def test_a_report_on_39_portals_is_small(report: Report) -> None:
    large = many(report, 39, 39 * 10)
    files = as_html.write(large, "vi", behind=look_back(large, None, Answers(), read_criteria()))
    assert len(files) == 39 + 3
    assert sum(map(len, files.values())) < 1_000_000


def test_200_000_findings_are_counted_not_listed(report: Report) -> None:
    files = as_html.write(many(report, 2, 200_000), "en")
    assert max(map(len, files.values())) < 500_000
    assert b"99800 more are not shown here" in files["site-cong0.html"]


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


def test_what_a_page_of_the_theme_lacks_is_no_fault_of_its_template(report: Report) -> None:
    """Nothing new in a section: the template that lists it is not the place to mend."""
    first = report.findings[0]
    template = Place("themes/congtin/templates/pages/section.html", 0)
    lacking = replace(first, source=template, selector="", snippet="")
    assert source_of(lacking) is None
    assert mender_of(lacking) is Mender.SITE
    guilty = replace(lacking, selector="main > p")
    assert mender_of(guilty) is Mender.DEVELOPERS
    document = replace(lacking, source=Place("content/mau/tin-tuc/mot.md", 0))
    assert mender_of(document) is Mender.EDITORS
    text = as_text.write(replace(report, findings=(lacking,)), "en")
    assert text.startswith(first.page)
    assert "section.html" not in text


def test_a_clause_asks_a_person_its_own_question(report: Report) -> None:
    said = report.sites[0]
    cards = report.card_of_clause
    told = lxml.html.fromstring(as_html.write(report, "vi")[f"site-{said.site.id}.html"])
    text = " ".join(told.text_content().split())
    # This clause of the Directive has several duties; the first is checked by a rule.
    assert "ct11-2015/3.b" in said.questions
    assert cards["ct11-2015/3.b"].person != cards["ct11-2015/3.b"].says
    for name in said.questions:
        assert " ".join(cards[name].person["vi"].split()) in text, name
