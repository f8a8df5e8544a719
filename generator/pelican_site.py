"""This file drives Pelican, and alone knows it: one job in, one portal's files out.

Pelican gives its settings, its generators' life cycle, its Jinja environment and its writer; its
own article and page readers stay idle, for documents come validated and rendered. What it keeps
for the whole process (signals) is undone after each portal; a warning of it fails the build.
"""

from __future__ import annotations

import copy
import logging
import shutil
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pelican
from jinja2 import FileSystemBytecodeCache, StrictUndefined, TemplateSyntaxError
from markupsafe import Markup as Safe
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG, configure_settings
from pelican.writers import Writer

from generator.freshness import freshness
from generator.outputs.feeds import moment, write_feed
from generator.outputs.jsonld import write_jsonld
from generator.outputs.search import write_index
from generator.outputs.sitemap import write_robots, write_sitemap
from generator.pages import Edition, Page, PortalJob, Say, edition, lay_out
from linter.errors import Mistake, UserError
from linter.messages import N_, format_date, say, speak_for

_BODY = "//*[@id='noi-dung']"

speak_for(Path(__file__).parent / "locale")


# So many documents are written by one process; more are shared among several.
_SHARE = 750


def build_portal(job: PortalJob, output: Path, pool: Executor | None = None) -> dict[str, Any]:
    """Builds the portal into an empty folder and returns its manifest (congtin.manifest/1).

    `pool` helps with very many documents. Raises UserError for a template that is no Jinja, and
    RuntimeError when Pelican says as much as a warning: that is a fault of the theme, too.
    """
    shares = len(job.documents) // _SHARE
    if pool is None or shares < 2:
        return _build_share(job, output)
    tasks = [pool.submit(_build_share, job, output, number, shares) for number in range(shares)]
    manifest, *others = [task.result() for task in tasks]
    for other in others:
        manifest["pages"].update(other["pages"])
        manifest["documents"].update(other["documents"])
    return manifest


def _build_share(job: PortalJob, output: Path, number: int = 0, shares: int = 1) -> dict[str, Any]:
    """Writes each page whose turn it is; the first share writes all else too."""
    manifest: dict[str, Any] = {
        "schema": "congtin.manifest/1",
        "site": _site(job),
        "pages": {},
        "files": {},
        "documents": {},
    }

    class Bound(_PortalGenerator):
        """The generator of this job; Pelican wants a class and makes the object itself."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.job, self.manifest = job, manifest
            self.number, self.shares = number, shares

    def choose(_pelican: Any) -> Any:
        return Bound

    plugin = SimpleNamespace(
        __name__="congtin",
        register=lambda: signals.get_generators.connect(choose, weak=False),
    )

    try:
        with _loud():
            pelican.Pelican(_settings(job, output, plugin)).run()
    except TemplateSyntaxError as error:
        raise UserError(_template_mistake(error, job.theme)) from error
    finally:
        signals.get_generators.disconnect(choose)
    return manifest


def _template_mistake(error: TemplateSyntaxError, theme: Path) -> Mistake:
    path = Path(error.filename or theme)
    place = path.relative_to(theme.parent.parent) if path.is_relative_to(theme) else path
    message = N_("The template is not valid Jinja: {problem}")
    return Mistake(place.as_posix(), error.lineno, message, {"problem": error.message or ""})


def _site(job: PortalJob) -> dict[str, Any]:
    """The portal as the linter is to see it (linter.terms.Site), with those that it must link."""
    site = asdict(job.registry.site(job.portal, job.now.date()))
    return {**site, "valid_to": site["valid_to"].isoformat() if site["valid_to"] else None}


def _settings(job: PortalJob, output: Path, plugin: Any) -> dict[str, Any]:
    settings: dict[str, Any] = copy.deepcopy(DEFAULT_CONFIG)
    settings.update(
        PATH=str(job.content / job.portal.id),
        OUTPUT_PATH=str(output),
        THEME=str(job.theme),
        SITENAME=job.portal.name,
        SITEURL=job.portal.url.rstrip("/"),
        TIMEZONE="Asia/Ho_Chi_Minh",
        PLUGINS=[plugin],
        ARTICLE_PATHS=[],
        PAGE_PATHS=[],
        STATIC_PATHS=[],
        THEME_STATIC_DIR="theme",
        DIRECT_TEMPLATES=[],
        FEED_ALL_ATOM=None,
        CATEGORY_FEED_ATOM=None,
        TRANSLATION_FEED_ATOM=None,
        AUTHOR_FEED_ATOM=None,
        AUTHOR_FEED_RSS=None,
        AUTHOR_SAVE_AS="",
        CATEGORY_SAVE_AS="",
        TAG_SAVE_AS="",
        CACHE_CONTENT=False,
        DELETE_OUTPUT_DIRECTORY=False,
        JINJA_ENVIRONMENT={
            "autoescape": True,
            "undefined": StrictUndefined,
            "trim_blocks": True,
            "lstrip_blocks": True,
            "bytecode_cache": FileSystemBytecodeCache(str(job.compiled)),
            "auto_reload": False,
        },
        JINJA_FILTERS={"iso": _iso, "kb": _kilobytes, "suffix": _suffix},
    )
    configured: dict[str, Any] = configure_settings(settings)
    return configured


class _Strict(logging.Handler):
    """Collects what Pelican warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _loud() -> Iterator[None]:
    """Keeps Pelican's console quiet, and turns its warnings into an error."""
    handler = _Strict()
    logger = logging.getLogger("pelican")
    before = logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    pelican.console.quiet = True
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
    if handler.said:
        raise RuntimeError("Pelican: " + "; ".join(handler.said))


class _PortalGenerator(Generator):  # type: ignore[misc]
    """Writes a share of the pages of one portal with Pelican's writer, and the first its files."""

    job: PortalJob
    manifest: dict[str, Any]
    number: int
    shares: int

    def generate_output(self, writer: Writer) -> None:
        """Pages edition by edition, then feeds, index, site map and the files documents use."""
        job = self.job
        pages: list[Page] = []
        editions = [edition(job, lang) for lang in job.portal.languages]
        for one in editions:
            speak = _speaker(one.lang)
            chrome = _Chrome(self, one, editions, speak)
            for page in lay_out(job, one, speak):
                if len(pages) % self.shares == self.number:
                    self._write_page(writer, page, one, chrome, speak)
                pages.append(page)
            if self.number:
                continue
            for section in one.sections:
                path = f"{one.url_of(section)}atom.xml"
                own = one.documents.get(section.id, ())
                self._write(path, write_feed(job.portal, one.title_of(section), path, own))
            listed = (d for own in one.documents.values() for d in own)
            self._write(f"{one.home}tim-kiem/chi-muc.json", write_index(one, listed))
        if self.number:
            return
        self._write("/sitemap.xml", write_sitemap(job.portal, pages))
        self._write("/robots.txt", write_robots(job.portal))
        for source, public in job.files.items():
            if not source.endswith(".md"):
                target = Path(self.output_path, public.lstrip("/"))
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(job.content / source, target)
                self.manifest["files"][public.lstrip("/")] = target.stat().st_size

    def _write_page(
        self, writer: Writer, page: Page, one: Edition, chrome: _Chrome, speak: Say
    ) -> None:
        document = page.document
        template = f"types/{page.template}" if document else f"pages/{page.template}"
        markup = self.job.markups[document.file] if document else None
        writer.write_file(
            page.file,
            self.get_template(template),
            self.context,
            page=page,
            edition=one,
            job=self.job,
            portal=self.job.portal,
            chrome=chrome,
            t=speak,
            day=_day_in(one.lang),
            moment=_moment_in(one.lang),
            size_of=self._size_of,
            fresh=partial(freshness, one.sections, one.documents, self.job.duties, self.job.now),
            markup=markup,
            body=Safe(markup.html) if markup else "",  # noqa: S704  # made by our own renderer
            jsonld=Safe(write_jsonld(self.job.portal, page)),  # noqa: S704  # escaped there
        )
        self.manifest["pages"][page.file] = _page_source(page, markup)
        if document:
            self.manifest["documents"][document.file] = page.file

    def _write(self, path: str, data: bytes) -> None:
        target = Path(self.output_path, path.lstrip("/"))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.manifest["files"][path.lstrip("/")] = len(data)

    def _size_of(self, path: str) -> int:
        return (self.job.content / self.job.portal.id / path).stat().st_size


class _Chrome:
    """What many pages share, rendered once: header, menu and footer of an edition."""

    def __init__(
        self, generator: _PortalGenerator, one: Edition, editions: list[Edition], speak: Say
    ) -> None:
        self.generator, self.edition, self.editions, self.speak = generator, one, editions, speak
        self.known: dict[tuple[str, str], Safe] = {}

    def part(self, name: str, section: str = "") -> Safe:
        """The part, for pages of that section."""
        if (name, section) not in self.known:
            template = self.generator.get_template(f"parts/{name}")
            text = template.render(
                edition=self.edition,
                editions=self.editions,
                job=self.generator.job,
                portal=self.generator.job.portal,
                current=section,
                t=self.speak,
                day=_day_in(self.edition.lang),
            )
            self.known[name, section] = Safe(text)  # noqa: S704  # rendered with autoescape
        return self.known[name, section]


def _page_source(page: Page, markup: Any) -> dict[str, Any]:
    """Which files and lines the page's parts come from (see linter.page.Source)."""
    theme = "themes/congtin/templates"
    kind = "types" if page.document else "pages"
    own = f"{theme}/{kind}/{page.template}.html"
    marks: list[list[Any]] = [
        ["/html", own, 0],
        ["/html/head", f"{theme}/base.html", 0],
        ["/html/body/header", f"{theme}/parts/header.html", 0],
        ["/html/body/nav", f"{theme}/parts/menu.html", 0],
        ["/html/body/footer", f"{theme}/parts/footer.html", 0],
    ]
    if page.document is None:
        return {"file": own, "marks": marks}
    document = page.document
    line = {key[0]: number for key, number in document.lines.items() if len(key) == 1}
    for xpath, key in (
        ("//title", "title"),
        ("//h1", "title"),
        ("//meta[@name='description']", "summary"),
        ("//meta[@name='keywords']", "keywords"),
        ("//*[@id='tom-tat']", "summary"),
        ("//*[@id='tep-dinh-kem']", "attachments"),
        ("//*[@id='thong-tin']", "type"),
        ("//*[@data-urgent-until]", "urgent"),
    ):
        if key in line:
            marks.append([xpath, document.file, line[key]])
    marks += [
        [f"//*[@data-field='{key}']", document.file, line[key]]
        for key in document.fields
        if key in line
    ]
    lines = list(markup.lines)
    return {"file": document.file, "marks": marks, "body": _BODY, "lines": lines}


def _speaker(lang: str) -> Say:
    def speak(text: str, **params: object) -> str:
        return say(text, params, lang, "theme")

    return speak


def _iso(value: date | datetime) -> str:
    return moment(value) if isinstance(value, datetime) else value.isoformat()


def _day_in(lang: str) -> Any:
    return lambda value: format_date(value.isoformat(), lang)


def _moment_in(lang: str) -> Any:
    def show(value: date | datetime) -> str:
        day = format_date(value.isoformat(), lang)
        if not isinstance(value, datetime) or (value.hour, value.minute) == (0, 0):
            return day
        return f"{value:%H:%M}, {day}"

    return show


def _kilobytes(size: int) -> str:
    return f"{max(1, round(size / 1000))} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def _suffix(path: str) -> str:
    return path.rpartition(".")[2].upper()
