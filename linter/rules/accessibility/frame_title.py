"""Every frame has a title.

Why: A screen reader names the frame by its title before it goes in; without one it reads an
address.
Whom it hurts: Blind people.
Mend: Write <iframe title="Bản đồ đường đến trụ sở" ...>.
Limits: Whether the title fits the frame is for a person to judge.
"""

import re
from collections.abc import Iterator

from linter.page import Observation, Page
from linter.rules.rule import page_rule
from linter.semantics import is_exposed, name_of


@page_rule(
    "error",
    wcag=("4.1.2",),
    act=("cae760",),
    supersedes=("axe/frame-title",),
    messages={"nameless": "The frame {src} has no title."},
)
def rule(page: Page) -> Iterator[Observation]:
    for frame in page.outline.pick("iframe", "frame"):
        unfocusable = re.fullmatch(r"\s*-\d+\s*", frame.get("tabindex", ""))
        decorative = frame.get("role", "").strip().lower() in ("none", "presentation")
        if unfocusable or decorative or not is_exposed(frame):
            continue
        if name_of(frame):
            yield page.passes(frame)
        else:
            yield page.fails(frame, "nameless", src=frame.get("src", ""))
