"""Replay stores: what remembers which deliveries have been handled.

One process is served by `MemoryReplayStore`, which receivers use unless they are given another. Several processes or
machines need one they share: `SqlReplayStore`, `RedisReplayStore`, or whatever has the two methods of `ReplayStore`.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable
from time import monotonic
from typing import Protocol

from twenty_webhook._core import MemoryClaims
from twenty_webhook._redis import RedisReplayStore
from twenty_webhook._sql import SqlReplayStore
from twenty_webhook._webhook import _LEFT_OUT

__all__ = ["AsyncReplayStore", "MemoryReplayStore", "RedisReplayStore", "ReplayStore", "SqlReplayStore"]


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

    def __init__(self, *, max_entries: int = _LEFT_OUT) -> None:
        self._claims = MemoryClaims(None if max_entries is _LEFT_OUT else _number_of_claims(max_entries))

    def claim(self, key: str, ttl: float, window: float, /) -> str | None:
        """Claims a key for `ttl` seconds: a token, or `None` where it is claimed already."""
        return self._claims.claim(key, ttl, window, monotonic())

    def release(self, key: str, token: str, /) -> None:
        """Gives a claim up, if it is still this token's."""
        self._claims.release(key, token)

    def __len__(self) -> int:
        return len(self._claims)


def _number_of_claims(max_entries: object) -> int:
    if isinstance(max_entries, bool) or not isinstance(max_entries, int):
        raise TypeError(f"max_entries must be an int, not {type(max_entries).__name__}")
    if max_entries < 1:
        raise ValueError("max_entries must be at least 1")
    return min(max_entries, sys.maxsize)
