"""`congtin audit` on seventeen replica sites: what was planted against what was found.

`pytest -s tests/audit/test_replicas.py -m slow` prints the table.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml

from linter.rules.catalogue import all_rules
from tests.audit.test_audit import CONGTIN, ROOT
from tests.sites.hostile import serve
from tests.sites.replicas import REPLICAS, sites


@pytest.mark.slow
def test_what_is_planted_is_found(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}

    def congtin(*arguments: str) -> str:
        command = [*CONGTIN, *arguments, "--as-of", "2015-12-18"]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode in (0, 1, 3), done.stderr
        return done.stdout

    with serve(sites()) as server:
        entries = [
            {
                "id": name,
                "url": server.url(name),
                "name": name,
                "kind": replica.kind,
                "owner": "Xã Mẫu",
                "licence": {"state": "unlicensed"},
            }
            for name, replica in REPLICAS.items()
        ]
        (tmp_path / "inventory.yml").write_text(yaml.safe_dump({"sites": entries}), "utf-8")
        said = congtin("audit", "--inventory", "inventory.yml", "--delay", "0", "--html", "bao-cao")
    print(said)
    wrong = []
    for name, replica in REPLICAS.items():
        (archive,) = (tmp_path / ".congtin" / "audit" / name).glob("*.warc.gz")
        report = json.loads(congtin("lint", str(archive), "--format", "json"))
        found = {f["rule"] for f in report["findings"] if f["outcome"] in ("fail", "review")}
        missed = set(replica.planted) - found
        reasons = {page["why"] for page in report["pages"] if page["why"]}
        print(
            f"{name:18} {replica.verdict:15}{report['verdict']:15}"
            f"{len(replica.planted) - len(missed)}/{len(replica.planted)} found"
            + (f", missed {', '.join(sorted(missed))}" if missed else "")
            + (f" ({replica.why})" if replica.why in reasons and replica.why else "")
        )
        if (
            missed
            or report["verdict"] != replica.verdict
            or (replica.why and replica.why not in reasons)
        ):
            wrong.append((name, report["verdict"], missed, reasons))
    assert not wrong


def test_the_table_names_every_kind() -> None:
    assert len(REPLICAS) >= 12
    assert {rule for replica in REPLICAS.values() for rule in replica.planted} <= set(all_rules())
    assert {replica.verdict for replica in REPLICAS.values()} == {"pass", "fail", "could-not-tell"}
