"""This file keeps what is slow to make of a file beside that file, as Python does with its modules.

It lies in the folder's __pycache__ and holds the name of what it was made of, so that another
source is never answered with it. A place that cannot be written only costs the time again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from linter.atomic import write_file


def compiled(folder: Path, name: str, made_of: bytes, make: Callable[[], Any]) -> Any:
    """What `make` returns (plain JSON data), kept in `folder` until `made_of` changes."""
    path = folder / "__pycache__" / f"{name}.json"
    source = hashlib.sha256(made_of).hexdigest()
    try:
        known = json.loads(path.read_bytes())
        if known["source"] == source:
            return known["data"]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    data = make()
    try:
        write_file(path, json.dumps({"source": source, "data": data}).encode("utf-8"))
    except OSError:
        return data
    return data
