"""Links at the foot of every page: data of the registry, each from its day on."""

from __future__ import annotations

from datetime import datetime

import yaml

from generator.build import Project, build
from linter.registry import read_registry

LINK = {
    "text": "Cổng Dịch vụ công quốc gia",
    "text_en": "National Public Service Portal",
    "url": "https://dichvucong.gov.vn/",
    "from": "2015-12-20",
}


def test_a_link_is_shown_from_its_day_on(project: Project) -> None:
    path = project.content / "registry.yml"
    data = yaml.safe_load(path.read_text("utf-8")) | {"links": [LINK]}
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    registry = read_registry(project.content)
    portal = registry.portal("mau")
    home = project.staging("mau") / "index.html"
    assert build(project, registry, portal, datetime(2015, 12, 19, 23)).mistakes == ()
    assert "dichvucong.gov.vn" not in home.read_text("utf-8")
    later = build(project, registry, portal, datetime(2015, 12, 20, 0, 0))
    assert not later.fresh
    text = home.read_text("utf-8")
    assert '<a href="https://dichvucong.gov.vn/">Cổng Dịch vụ công quốc gia</a>' in text
