"""The search index holds what a reader may ask for, also what stands in the text alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from generator.build import Project, build
from linter.registry import read_registry


def test_words_of_the_text_and_of_the_facts_are_found(
    project: Project, write: Callable[..., Path]
) -> None:
    write("tin-tuc/x.md", body="Đồng bằng [sông Cửu Long](khanh-thanh-cau.md) đồng bằng.\n")
    registry = read_registry(project.content)
    build(project, registry, registry.portal("mau"), datetime(2015, 12, 18, 23, 59))
    rows = json.loads((project.staging("mau") / "tim-kiem" / "chi-muc.json").read_bytes())
    words = {row[2]: row[5].split() for row in rows}
    assert words["/tin-tuc/x/"][:5] == ["đồng", "bằng", "sông", "cửu", "long"]
    assert "thanh" not in words["/tin-tuc/x/"]  # of the link's target, which nobody reads
    assert {"sở", "mẫu"} <= set(words["/van-ban/qd-1/"])
