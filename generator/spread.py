"""This file spreads the same small work on many things over several processes, where that pays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

# Below that many things a worker takes longer to start than it saves.
_LEAST = 400
_CHUNK = 200


def spread(work: Callable[[T], R], things: Sequence[T], pool: Executor | None) -> list[R]:
    """`work` of each thing, in order; here where there are few of them or there is no pool.

    `work` and things go to other processes, so they must be picklable.
    """
    if pool is None or len(things) < _LEAST:
        return [work(thing) for thing in things]
    chunks = [things[start : start + _CHUNK] for start in range(0, len(things), _CHUNK)]
    return [result for done in pool.map(partial(_all, work), chunks) for result in done]


def _all(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    return [work(thing) for thing in things]
