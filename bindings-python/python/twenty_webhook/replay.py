"""Replay stores: what remembers which deliveries have been handled.

One process is served by `MemoryReplayStore`, which receivers use unless they are given another. Several processes or
machines need one they share: `RedisReplayStore`, or whatever has the two methods of `ReplayStore`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Awaitable
from itertools import count
from time import monotonic
from typing import NamedTuple, Protocol

from twenty_webhook._core import RECEIVER_LIMITS
from twenty_webhook._redis import RedisReplayStore

__all__ = ["AsyncReplayStore", "MemoryReplayStore", "RedisReplayStore", "ReplayStore"]


class ReplayStore(Protocol):
    """What a receiver asks of a store. One that raises, or answers a claim with anything else, is unavailable."""

    def claim(self, key: str, ttl: float, window: float, /) -> str | None:
        """Claims a key for `ttl` seconds: a token, which is a `str` that is not empty, or `None` where it is claimed
        already.

        A store that has to forget something early may forget what is older than `window` seconds.
        """

    def release(self, key: str, token: str, /) -> object:
        """Gives a claim up, if it is still this token's."""


class AsyncReplayStore(Protocol):
    """The same for receivers that are asynchronous; these take both."""

    def claim(self, key: str, ttl: float, window: float, /) -> Awaitable[str | None]:
        """As `ReplayStore.claim`."""

    def release(self, key: str, token: str, /) -> Awaitable[object]:
        """As `ReplayStore.release`."""


class MemoryReplayStore:
    """Claims in the memory of this process: gone when it ends, and unknown to every other process.

    When it holds as many claims as it may, it forgets expired ones, then the oldest that is older than its window. If
    there is none, `claim` raises.
    """

    def __init__(self, *, max_entries: int = RECEIVER_LIMITS[3]) -> None:
        if isinstance(max_entries, bool) or not isinstance(max_entries, int):
            raise TypeError(f"max_entries must be an int, not {type(max_entries).__name__}")
        if max_entries < 1:
            raise ValueError("max_entries must be at least 1")
        self._max_entries = max_entries
        # Nothing waits while it is held, so greenlets share one that was made before gevent patched, too.
        self._lock = threading.Lock()
        # Claims live in this object only, so counting tells them apart.
        self._granted = count()
        self._entries: dict[str, _Entry] = {}
        # Each in the order in which its entries expire, so what has expired is at the front.
        self._queues: dict[tuple[float, float], OrderedDict[str, _Entry]] = {}

    def claim(self, key: str, ttl: float, window: float, /) -> str | None:
        """Claims a key for `ttl` seconds: a token, or `None` where it is claimed already."""
        with self._lock:
            now = monotonic()
            self._forget_expired(now)
            if key in self._entries:
                return None
            if len(self._entries) >= self._max_entries:
                self._forget_oldest(now)
            lifetimes = (ttl, window)
            entry = self._entries[key] = _Entry(str(next(self._granted)), lifetimes, now)
            self._queues.setdefault(lifetimes, OrderedDict())[key] = entry
            return entry.token

    def release(self, key: str, token: str, /) -> None:
        """Gives a claim up, if it is still this token's."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None and entry.token == token:
                self._forget(key)

    def __len__(self) -> int:
        return len(self._entries)

    def _forget_expired(self, now: float) -> None:
        """A delivery is accepted at the very end of its tolerance, so a claim is held to the very end, too."""
        for ttl, window in list(self._queues):
            queue = self._queues[ttl, window]
            while queue and now - next(iter(queue.values())).claimed_at > ttl:
                del self._entries[queue.popitem(last=False)[0]]
            if not queue:
                del self._queues[ttl, window]

    def _forget_oldest(self, now: float) -> None:
        heads = [(key, entry) for queue in self._queues.values() for key, entry in [next(iter(queue.items()))]]
        old = [(entry.claimed_at, key) for key, entry in heads if now - entry.claimed_at > entry.lifetimes[1]]
        if not old:
            raise RuntimeError(f"{self._max_entries} claims are held, and each is too young to be forgotten")
        self._forget(min(old)[1])

    def _forget(self, key: str) -> None:
        entry = self._entries.pop(key)
        queue = self._queues[entry.lifetimes]
        del queue[key]
        if not queue:
            del self._queues[entry.lifetimes]


class _Entry(NamedTuple):
    token: str
    lifetimes: tuple[float, float]
    claimed_at: float
