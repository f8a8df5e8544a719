"""This file knows the page with known faults, and tells which of them a browser did not find.

Each probe has its fault there, and axe-core has several, in the page and in its frame: a probe that
breaks without a word comes back from this page with nothing, and nobody believes it.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from linter.browser.serve import Answer
from linter.page import Rendered

ORIGIN = "http://canary.localhost"
_FOLDER = Path(__file__).parent / "canary"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_AXE_RULES = ("image-alt", "html-has-lang", "color-contrast", "link-name", "label")

# What each probe must have found there.
FAULTS: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "shown": lambda found: (
        "gone" in [node["class"] for node in found.get("unseen", ())]
        and [node["text"] for node in found.get("written", ())] == ["A"]
    ),
    "reflow": lambda found: found.get("nodes"),
    "focus": lambda found: found.get("unseen"),
    "keyboard": lambda found: found.get("held"),
    "labels": lambda found: found.get("nodes"),
    "spacing": lambda found: found.get("nodes"),
    "targets": lambda found: (
        [target["words"] for group in found.get("groups", ()) for target in group["targets"]].count(
            None
        )
        == 1
    ),
    "media": lambda found: [node["sound"] for node in found.get("nodes", ())] == [True],
    "contrast": lambda found: [n for n in found.get("nodes", ()) if n["contrast"] < 3],
    "clipping": lambda found: found.get("nodes"),
    "shortcuts": lambda found: found.get("keys") == ["k"],
    "pictures": lambda found: [node["holds"] for node in found.get("nodes", ())] == [True],
    "frames": lambda found: [node["out"] for node in found.get("nodes", ())] == [True],
    "objects": lambda found: [node["named"] for node in found.get("nodes", ())] == [False],
    "changes": lambda found: found.get("nodes"),
    "hidden_focus": lambda found: [node["stops"] for node in found.get("nodes", ())] == [1],
    "turns": lambda found: found.get("nodes"),
    "motion": lambda found: found.get("moves"),
}


def missed_faults(seen: Rendered) -> list[str]:
    """The known faults of the canary that were not found on it."""
    found = {result["id"]: result["nodes"] for result in seen.axe["violations"]}
    missed = [fault for fault in _AXE_RULES if fault not in found]
    if not any(">>>" in node["css"] for node in found.get("image-alt", ())):
        missed.append("image-alt in a frame")
    return missed + [
        name for name, is_found in FAULTS.items() if not is_found(seen.probes.get(name, {}))
    ]


def canary_answers(url: str) -> Answer | None:
    """What the canary's site answers (see serve.Answers)."""
    name = url.removeprefix(f"{ORIGIN}/")
    if name == "beep.wav":
        return Answer(_beep(), {"content-type": "audio/wav"})
    path = _FOLDER / name
    if path.suffix not in _TYPES or not path.is_file():
        return None
    return Answer(path.read_bytes(), {"content-type": _TYPES[path.suffix]})


@cache
def _beep() -> bytes:
    """Half a second of a sound."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes((0, 255) * 2000))
    return file.getvalue()
