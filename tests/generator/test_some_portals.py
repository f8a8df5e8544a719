"""Building some portals gives what building all of them gives."""

from __future__ import annotations

from datetime import datetime

from generator.build import Project
from generator.cli.build import build_all
from linter.registry import read_registry

NOW = datetime(2015, 12, 18, 23, 59)


def test_the_main_portal_built_alone_still_lists_the_others(project: Project) -> None:
    registry = read_registry(project.content)
    home = project.staging("chinh") / "index.html"
    build_all(project, registry, registry.portals, NOW, False, 1, lambda _: None)
    whole = home.read_bytes()
    assert "/tin-tuc/khanh-thanh-cau/" in whole.decode().partition('class="others"')[2]

    main = [portal for portal in registry.portals if portal.id == "chinh"]
    (built,) = build_all(project, registry, main, NOW, True, 1, lambda _: None)
    assert not built.fresh
    assert home.read_bytes() == whole
