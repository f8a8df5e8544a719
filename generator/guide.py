"""This file builds the guides, in Markdown beside it, as a small site in the portals' own look."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from generator.markdown import Markup, render

_GUIDES = Path(__file__).parent / "guides"
# In the order of the menu, with their language.
_ORDER = {"bien-tap": "vi", "nhom-cong": "vi", "cai-dat": "vi", "developers": "en"}

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – congtin</title>
<link rel="stylesheet" href="portal.css">
</head>
<body>
<ul class="skips"><li><a href="#main">{skip}</a></li></ul>
<header class="top"><div class="identity"><p class="name">congtin</p></div></header>
<nav class="menu" aria-label="{menu}"><ul>
{links}
</ul></nav>
<main id="main" tabindex="-1"><div class="prose">
{body}
</div></main>
</body>
</html>
"""


def write_guides(theme: Path) -> Mapping[str, bytes]:
    """Every file of the guides by name."""
    guides = {name: _render(name) for name in _ORDER}
    files = {
        f"{name}.html": _page(name, markup, guides).encode("utf-8")
        for name, markup in guides.items()
    }
    files["index.html"] = files.pop(f"{next(iter(_ORDER))}.html")
    files["portal.css"] = (theme / "static" / "portal.css").read_bytes()
    return files


def _render(name: str) -> Markup:
    return render((_GUIDES / f"{name}.md").read_text("utf-8"), 1, "", {})


def _page(name: str, markup: Markup, guides: Mapping[str, Markup]) -> str:
    lang = _ORDER[name]
    return _PAGE.format(
        lang=lang,
        title=escape(markup.headings[0].text),
        skip="Đến nội dung" if lang == "vi" else "Skip to the content",
        menu="Hướng dẫn" if lang == "vi" else "Guides",
        links="\n".join(_link(other, found, name) for other, found in guides.items()),
        body=markup.html,
    )


def _link(name: str, markup: Markup, current: str) -> str:
    file = "index.html" if name == next(iter(_ORDER)) else f"{name}.html"
    here = ' aria-current="page"' if name == current else ""
    title = escape(markup.headings[0].text)
    return f'<li><a href="{file}" lang="{_ORDER[name]}"{here}>{title}</a></li>'
