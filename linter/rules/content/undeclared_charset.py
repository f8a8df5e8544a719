"""The page is UTF-8 and says so.

Why: A browser that guesses the encoding shows “Ủy ban” as “á»¦y ban”.
Whom it hurts: Everyone, search engines first.
Mend: Write <meta charset="utf-8"> as the first thing in <head>, and save the file as UTF-8.
Limits: Looks at the declaration and at whether the bytes obey it.
"""

from collections.abc import Iterator

from linter.page import Element, Observation, Page
from linter.rules.rule import page_rule


@page_rule(
    "error",
    messages={
        "undeclared": "The page does not declare its character encoding.",
        "other": "The page declares the encoding {encoding}, not UTF-8.",
        "broken": "The page declares UTF-8, but holds bytes that are none.",
    },
)
def rule(page: Page) -> Iterator[Observation]:
    if page.is_empty:
        return
    metas = [meta for meta in page.outline.pick("meta") if _speaks_of_it(meta)]
    target = metas[0] if metas else page.tree
    if not page.declared:
        yield page.fails(target, "undeclared")
    elif page.declared.replace("_", "-") not in ("utf-8", "utf8"):
        yield page.fails(target, "other", encoding=page.declared)
    elif not _is_utf8(page.body):
        yield page.fails(target, "broken")
    else:
        yield page.passes(target)


def _speaks_of_it(meta: Element) -> bool:
    if meta.get("charset") is not None:
        return True
    return meta.get("http-equiv") is not None and "charset" in meta.get("content", "")


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
