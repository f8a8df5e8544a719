"""The corpus as built pages, for benchmarks that judge them: served from here where a peer asks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from corpus import ROOT, write_corpus

CONGTIN = [sys.executable, "-c", "from generator.cli.main import main; main()"]


def build_corpus(root: Path, documents: int, portals: int | None = None) -> list[Path]:
    """The folders of the built portals, each with `documents` articles."""
    write_corpus(root, documents, portals)
    congtin(root, "build")
    return sorted(path for path in (root / ".congtin" / "staging").iterdir() if path.is_dir())


def congtin(root: Path, *arguments: str, allowed: tuple[int, ...] = (0,)) -> str:
    """What a command of ours prints in a project, when its exit code is allowed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*CONGTIN, *arguments]
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode not in allowed:
        sys.exit(done.stdout + done.stderr)
    return done.stdout


def install_peer(folder: Path, *packages: str) -> Path:
    """Installs npm packages into a folder; where their programs lie."""
    environment = {**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", *packages]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return folder / "node_modules" / ".bin"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up in the middle of an answer is nothing to speak of."""


@contextmanager
def served(folders: list[Path]) -> Iterator[dict[Path, str]]:
    """Each folder on a port of its own; its address without a slash at the end."""
    with ExitStack() as stack:
        bases = {}
        for folder in folders:
            handler = partial(_Quiet, directory=str(folder))
            server = stack.enter_context(_Server(("127.0.0.1", 0), handler))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
            bases[folder] = f"http://127.0.0.1:{server.server_address[1]}"
        yield bases
