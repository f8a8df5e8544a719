"""This file opens what does the work of an audit: processes of this machine, or a Dask cluster."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from linter.audit_site import start_worker
from linter.errors import Mistake, UserError
from linter.messages import N_


@contextmanager
def open_pool(jobs: int, tell_step: Callable[[str], object]) -> Iterator[Executor]:
    """Worker processes that tell each address; they are killed when the block is left early."""
    spawn = multiprocessing.get_context("spawn")
    steps = spawn.Queue()

    def listen() -> None:
        while (url := steps.get()) is not None:
            tell_step(url)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    pool = ProcessPoolExecutor(jobs, spawn, start_worker, (steps.put,))
    try:
        yield pool
        pool.shutdown()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in spawn.active_children():
            worker.kill()
        raise
    finally:
        steps.put(None)


def cluster(address: str) -> Callable[[], Any]:
    """An existing Dask cluster; it starts lost work again by itself."""
    try:
        from distributed import Client  # noqa: PLC0415  # an extra: pip install congtin[cluster]
    except ImportError as error:
        message = N_("--scheduler needs the package distributed: pip install congtin[cluster].")
        raise UserError(Mistake("congtin audit", 0, message)) from error

    @contextmanager
    def open_cluster() -> Iterator[Executor]:
        try:
            client: Any = Client(address, timeout=15)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError) as error:
            message = N_("No Dask scheduler answers at {address} ({error}).")
            params = {"address": address, "error": str(error)}
            raise UserError(Mistake("congtin audit", 0, message, params)) from error
        with client:
            yield client.get_executor(pure=False, retries=3)

    return open_cluster
