"""This file finds the rules by walking this folder; there is no list to keep."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache

import linter.rules
from linter.rules.rule import Rule


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by id, in order of family and id.

    A module's Rule objects count, and those of its tuple RULES where one file declares many.
    """
    found: dict[str, Rule] = {}
    for info in pkgutil.walk_packages(linter.rules.__path__, "linter.rules."):
        module = importlib.import_module(info.name)
        declared = [value for value in vars(module).values() if isinstance(value, Rule)]
        for rule in (*declared, *getattr(module, "RULES", ())):
            if found.setdefault(rule.id, rule) is not rule:
                raise RuntimeError(f"two rules are called {rule.id}")
    return dict(sorted(found.items(), key=lambda item: (item[1].family, item[0])))
