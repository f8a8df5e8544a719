"""How many W3C ACT test cases the linter judges right: `act_score.py FOLDER` prints the score.

FOLDER is the root of the host that the cases were published on, with testcases.json in it (each
case: ruleId, ruleName, expected, relativePath). It is served from here and goes through
`congtin lint --urls-from`. A "failed" case is caught when a failed rule that names its ACT rule
stands on its page; on any other case that is a false alarm.
"""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

PREFIX = "/WAI/content-assets/wcag-act-rules/"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: Any) -> None:
        pass


def main(folder: Path) -> None:
    cases = json.loads((folder / "testcases.json").read_text("utf-8"))["testcases"]
    handler = functools.partial(_Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_port}{PREFIX}"
    started = time.monotonic()
    report = lint([home + case["relativePath"] for case in cases])
    minutes = (time.monotonic() - started) / 60
    tell(report, cases, home)
    print(f"{len(cases)} cases in {minutes:.1f} minutes: {len(cases) / minutes:.0f} a minute")


def lint(addresses: list[str]) -> Any:
    with tempfile.TemporaryDirectory() as name:
        listed, output = Path(name, "urls.txt"), Path(name, "report.json")
        listed.write_text("\n".join(addresses), "utf-8")
        wanted = ["--urls-from", listed, "--format", "json", "--output", output]
        command = [Path(sys.executable).with_name("congtin"), "lint", *wanted]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        return json.loads(output.read_text("utf-8"))


def tell(report: Any, cases: list[dict[str, Any]], home: str) -> None:
    act = {rule["id"]: set(rule["act"]) for rule in report["rules"]}
    fired: dict[str, set[str]] = defaultdict(set)
    for finding in report["findings"]:
        if finding["outcome"] == "fail":
            fired[finding["page"].removeprefix(home)] |= act[finding["rule"]]
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        hit = case["ruleId"] in fired[case["relativePath"]]
        kind = ("failed", "caught") if case["expected"] == "failed" else ("clean", "false")
        for row in (rows[f"{case['ruleId']} {case['ruleName']}"], rows["all"]):
            row[kind[0]] += 1
            row[kind[1]] += hit
    for name, row in rows.items():
        scores = f"caught {row['caught']}/{row['failed']} false {row['false']}/{row['clean']}"
        print(f"{scores}  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
