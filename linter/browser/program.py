"""This file tells which Chromium is here and of what version, without loading what drives it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from linter.atomic import write_file
from linter.errors import Mistake, UserError
from linter.messages import N_

# The shell is Chromium's engine without its windows: it shows the same and needs less time for it.
SHELL_NAMES = ("chromium-headless-shell", "chrome-headless-shell")
CHROMIUM_NAMES = (*SHELL_NAMES, "chromium", "chromium-browser", "google-chrome")
# What our probes ask of a browser (checkVisibility with its options) is there since then.
OLDEST = 121


@cache
def version_of(chromium: Path) -> str:
    """What Chromium calls itself. Raises UserError when it does not start."""
    try:
        answer = subprocess.run(  # noqa: S603  # the program was named by the user or the PATH
            [chromium, "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = N_("{program} does not start ({error}).")
        params = {"program": str(chromium), "error": type(error).__name__}
        raise UserError(Mistake(str(chromium), 0, message, params)) from error
    called = re.match(r"\D*[\d.]*", answer.stdout)
    name = called[0].strip() if called else ""
    return f"{name} (headless shell)" if chromium.resolve().name in SHELL_NAMES else name


def is_too_old(version: str) -> bool:
    """Whether a version as version_of says it is one that our probes cannot work with."""
    number = re.search(r"\d+", version)
    return number is not None and int(number[0]) < OLDEST


def installed_version(kept: Path) -> str:
    """The version of the PATH's Chromium, "" for none.

    Chromium is asked only when its file is another than when the answer was `kept` there.
    """
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")
    if not found:
        return ""
    state = Path(found).stat()
    now = [found, str(Path(found).resolve()), state.st_mtime_ns, state.st_size, state.st_ino]
    try:
        entry = json.loads(kept.read_bytes())
        if entry["program"] == now:
            return str(entry["version"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    try:
        version = version_of(Path(found))
    except UserError:
        return ""
    write_file(kept, json.dumps({"program": now, "version": version}).encode())
    return version
