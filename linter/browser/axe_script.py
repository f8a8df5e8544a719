"""This file finds axe-core: in the package that pip installs, or where the user says."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from linter.errors import Mistake, UserError
from linter.messages import N_

OLDEST = (4, 12)
_PACKAGE, _FILE = "axe-playwright-python", "axe_playwright_python/axe.min.js"


@dataclass(frozen=True)
class AxeScript:
    """One axe.min.js, of at least OLDEST."""

    path: Path
    version: str

    @cached_property
    def text(self) -> str:
        """The script itself."""
        return self.path.read_text("utf-8")

    @cached_property
    def digest(self) -> str:
        """Names its bytes."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def find_axe(given: Path | None = None) -> AxeScript:
    """The given script, else the one of the installed package. UserError: missing or too old."""
    path = given or _packaged()
    try:
        with path.open(encoding="utf-8") as stream:
            head = stream.read(2000)
    except (OSError, UnicodeDecodeError) as error:
        message = N_("axe-core cannot be read from {path} ({error}).")
        params = {"path": str(path), "error": type(error).__name__}
        raise UserError(Mistake(str(path), 0, message, params)) from error
    found = re.search(r"axe v(\d+)\.(\d+)\.(\d+)", head)
    if found is None:
        message = N_("{path} is no axe-core script.")
        raise UserError(Mistake(str(path), 0, message, {"path": str(path)}))
    version = ".".join(found.groups())
    if (int(found[1]), int(found[2])) < OLDEST:
        message = N_("{path} is axe-core {version}; at least {oldest} is needed.")
        oldest = ".".join(map(str, OLDEST))
        params = {"path": str(path), "version": version, "oldest": oldest}
        raise UserError(Mistake(str(path), 0, message, params))
    return AxeScript(path, version)


@cache
def _packaged() -> Path:
    """Where pip put the script; the package itself is not imported, it would load Playwright."""
    try:
        return Path(str(distribution(_PACKAGE).locate_file(_FILE)))
    except PackageNotFoundError as error:
        message = N_("axe-core is missing: pip install {package}.")
        raise UserError(Mistake(_PACKAGE, 0, message, {"package": _PACKAGE})) from error
