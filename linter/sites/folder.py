"""This file makes a Snapshot of a folder of built pages, with the manifest of its builder."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from pathlib import Path

from linter.errors import Mistake, UserError
from linter.messages import N_
from linter.model import Appearance, Pdf, Snapshot, Unreached
from linter.page import Page
from linter.sites.appeared import appeared_path, read_appeared
from linter.sites.attachments import is_pdf, look_at_pdf, may_be_read, read_attachment
from linter.sites.manifest import read_manifest
from linter.terms import Site
from linter.vietnamese import slugify

_PAGES = (".html", ".htm", ".xhtml")


def read_folder(folder: Path, site: Site | None = None, manifest: Path | None = None) -> Snapshot:
    """Every page, feed and site map below `folder`; an address is the site's own plus the path.

    `dir/index.html` has the address `dir/`. `manifest` defaults to `<folder>.manifest.json`
    beside the folder and names the site; without one it is `site`, or called after the folder.
    `<folder>.appeared.json`, where there is one, says since when pages have been there.
    Raises UserError when the folder does not exist or holds no page.
    """
    if folder.is_file():
        message = N_(
            "{path} is a file; name the folder that it lies in, or an archive (*.warc.gz)."
        )
        raise UserError(Mistake(str(folder), 0, message, {"path": str(folder)}))
    if not folder.is_dir():
        message = N_("There is no folder {folder}.")
        raise UserError(Mistake(str(folder), 0, message, {"folder": str(folder)}))
    folder = folder.resolve()  # "." has no name, and nothing beside it
    manifest = manifest or folder.with_name(folder.name + ".manifest.json")
    built = read_manifest(manifest) if manifest.exists() else None
    site = built.site if built else site or site_of(folder)
    sources = built.sources if built else {}
    pages: list[Page] = []
    files: dict[str, int] = {}
    texts: dict[str, str] = {}
    pdfs: dict[str, Pdf] = {}
    sheets: dict[str, Page] = {}
    unreached: list[Unreached] = []
    for path in sorted(_files(folder)):
        name = path.relative_to(folder).as_posix()
        kind = path.suffix.lower()
        size = path.stat().st_size
        data = b""
        if kind in (*_PAGES, ".xml", ".css") or may_be_read(name, size):
            try:
                data = path.read_bytes()
            except OSError as error:
                why = {"error": error.strerror or type(error).__name__}
                unreached.append(Unreached(url_of(name, site), "unreadable", why))
                continue
        if kind in _PAGES:
            pages.append(Page(url_of(name, site), data, source=sources.get(name)))
        else:
            if kind == ".xml":
                headers = {"content-type": "application/xml"}
                pages.append(Page(site.url + name, data, headers=headers))
            elif kind == ".css":
                headers = {"content-type": "text/css"}
                sheets[site.url + name] = Page(site.url + name, data, headers=headers)
            files[site.url + name] = size
            if may_be_read(name, size):
                texts[site.url + name] = read_attachment(name, data)
                if is_pdf(name):
                    pdfs[site.url + name] = look_at_pdf(data, texts[site.url + name])
            elif is_pdf(name):
                pdfs[site.url + name] = Pdf(unreadable=True)
    if not any(page.is_html for page in pages) and not unreached:
        message = N_("There is no HTML page in the folder {folder}.")
        raise UserError(Mistake(str(folder), 0, message, {"folder": str(folder)}))
    return Snapshot(
        site,
        tuple(pages),
        tuple(unreached),
        files=files,
        complete=True,
        origin="folder",
        texts=texts,
        pdfs=pdfs,
        appeared=_appeared(folder, site),
        sheets=sheets,
    )


def site_of(folder: Path, kind: str = "other", body: str = "") -> Site:
    """The site of a folder without a manifest: called after it, at an address of this machine."""
    name = folder.resolve().name
    return Site(name, f"http://{slugify(name) or 'site'}.localhost/", kind, body)


def _appeared(folder: Path, site: Site) -> dict[str, tuple[Appearance, ...]]:
    path = appeared_path(folder)
    known = read_appeared(path) if path.exists() else {}
    return {url_of(name, site): found for name, found in known.items()}


def url_of(name: str, site: Site) -> str:
    """The address of the page that lies at a path below the folder."""
    return site.url + name.removesuffix("index.html")


def path_of(url: str, site: Site) -> str:
    """Where below the folder the page of an address lies."""
    name = url.removeprefix(site.url)
    return name + "index.html" if name == "" or name.endswith("/") else name


def media_type(path: str) -> str:
    """The media type that a server would send for a file of that name."""
    return mimetypes.guess_type(path)[0] or "application/octet-stream"


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
