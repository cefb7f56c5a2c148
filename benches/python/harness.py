"""Timing two things against each other.

A machine's speed drifts by more than the differences of interest. So the two run in turns, in batches of a few
milliseconds, each pair gives one ratio, and the median of the ratios stands: what slows a whole pair cancels out, what
hits one batch is an outlier. Of several rounds the one with the least time in sum counts, which favours neither side.

The clock is the thread's processor time. Nothing here waits, and a batch is about as long as a scheduler's slice: on a
busy machine the wall clock charges one side, pair after pair, with the time that went to another process.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from statistics import median
from time import thread_time_ns


def _nothing(_: int) -> None:
    """Most of what is timed consumes nothing."""


@dataclass(frozen=True)
class Task:
    """An operation, and what makes, off the clock, what so many runs of it consume."""

    run: Callable[[], object]
    prepare: Callable[[int], object] = _nothing

    def once(self) -> None:
        self.prepare(1)
        self.run()


@dataclass(frozen=True)
class Timing:
    """Nanoseconds per operation, and how many times as long the peer took."""

    ours_ns: float
    peer_ns: float
    ratio: float

    @classmethod
    def median_of(cls, pairs: list[tuple[float, float]]) -> Timing:
        ours, peer = zip(*pairs, strict=True)
        return cls(median(ours), median(peer), median(theirs / own for own, theirs in pairs))


def compare(ours: Task, peer: Task) -> Timing:
    batches = Batch(ours), Batch(peer)
    return min((_round(*batches) for _ in range(ROUNDS)), key=lambda timing: timing.ours_ns + timing.peer_ns)


ROUNDS = 5
PAIRS = 21
BATCH_NS = 3_000_000


def _round(ours: Batch, peer: Batch) -> Timing:
    pairs = []
    for index in range(PAIRS):
        # Each goes first as often as the other: whoever comes second finds the caches of the first.
        if index % 2 == 0:
            ours_ns = ours.time()
            peer_ns = peer.time()
        else:
            peer_ns = peer.time()
            ours_ns = ours.time()
        pairs.append((ours_ns, peer_ns))
    return Timing.median_of(pairs)


class Batch:
    """An operation and how often it runs between two looks at the clock."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._count = 1
        while (elapsed := self._elapsed()) * 2 < BATCH_NS:
            self._count *= 2
        self._count = max(1, round(BATCH_NS / elapsed * self._count))

    def time(self) -> float:
        return self._elapsed() / self._count

    def _elapsed(self) -> int:
        self._task.prepare(self._count)
        run = self._task.run
        gc.disable()
        try:
            start = thread_time_ns()
            for _ in repeat(None, self._count):
                run()
            return thread_time_ns() - start
        finally:
            gc.enable()
