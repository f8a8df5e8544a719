"""This file builds the guides, in Markdown beside it, as a small site of the portals' own theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup as Safe

from generator.markdown import Markup, render
from linter.messages import N_, translate

_GUIDES = Path(__file__).parent / "guides"
# In the order of the menu, with their language.
_ORDER = {"bien-tap": "vi", "nhom-cong": "vi", "cai-dat": "vi", "developers": "en"}
_STATIC = ("portal.css", "print.css", "mark.svg")
_PICTURE = re.compile(r"!\[[^\]]*\]\(hinh/([a-z-]+)\.png\)\n*")
# The template's words; the theme's catalogue holds them.
_WORDS = (N_("Skip to the content"), N_("Guides"))


@dataclass(frozen=True)
class Guide:
    """One page of the guides, as the template sees it."""

    file: str
    lang: str
    title: str
    markup: Markup


def write_guides(theme: Path, pictures: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Every file of the guides by name; a picture that is not at hand is left out of the text."""
    guides = [_read(name, lang, pictures) for name, lang in _ORDER.items()]
    environment = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("guide-page.html")
    files = {
        guide.file: page.render(
            guide=guide,
            guides=guides,
            body=Safe(guide.markup.html),  # noqa: S704  # made by our own renderer
            t=lambda text, lang=guide.lang: translate(text, lang, "theme"),
        ).encode("utf-8")
        for guide in guides
    }
    files.update((name, (theme / "static" / name).read_bytes()) for name in _STATIC)
    files.update((f"hinh/{name}.png", data) for name, data in pictures.items())
    return files


def _read(name: str, lang: str, pictures: Mapping[str, bytes]) -> Guide:
    text = (_GUIDES / f"{name}.md").read_text("utf-8")
    kept = _PICTURE.sub(lambda found: found[0] if found[1] in pictures else "", text)
    links = {f"hinh/{picture}.png": f"hinh/{picture}.png" for picture in pictures}
    markup = render(kept, 1, "", links)
    file = "index.html" if name == next(iter(_ORDER)) else f"{name}.html"
    return Guide(file, lang, markup.headings[0].text, markup)
