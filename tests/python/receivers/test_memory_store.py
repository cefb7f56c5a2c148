"""Claims in memory: what expires, what is forgotten when it is full, and what is not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import process_time
from typing import Any

import pytest
import twenty_webhook.replay
from twenty_webhook.replay import MemoryReplayStore


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    now = [1_000.0]
    monkeypatch.setattr(twenty_webhook.replay, "monotonic", lambda: now[0])

    def let(seconds: float) -> None:
        now[0] += seconds

    return let


def test_a_key_is_claimed_once() -> None:
    store = MemoryReplayStore()
    token = store.claim("a", 10, 5)
    assert token
    assert store.claim("a", 10, 5) is None
    assert store.claim("b", 10, 5) not in (None, token)
    store.release("a", "another")
    assert store.claim("a", 10, 5) is None
    store.release("a", token)
    store.release("a", token)
    store.release("never", token)
    assert store.claim("a", 10, 5) not in (None, token)
    assert len(store) == 2


def test_a_claim_expires(pass_time: Callable[[float], None]) -> None:
    """It is gone once it is exactly as old as it may become."""
    store = MemoryReplayStore()
    first = store.claim("a", 10, 5)
    pass_time(9.999)
    assert store.claim("a", 10, 5) is None
    pass_time(0.001)
    second = store.claim("a", 10, 5)
    assert second not in (None, first)
    store.release("a", str(first))
    assert store.claim("a", 10, 5) is None


def test_expired_claims_take_no_room(pass_time: Callable[[float], None]) -> None:
    store = MemoryReplayStore()
    for number in range(1_000):
        store.claim(f"{number}", 10 if number % 2 else 20, 5)
    pass_time(11)
    store.claim("a", 10, 5)
    assert len(store) == 501
    pass_time(11)
    store.claim("b", 10, 5)
    assert len(store) == 1


def test_full_it_forgets_the_expired_then_the_oldest_past_its_window(pass_time: Callable[[float], None]) -> None:
    store = MemoryReplayStore(max_entries=3)
    store.claim("long", 100, 50)
    pass_time(1)
    store.claim("short", 10, 5)
    pass_time(1)
    store.claim("shorter", 10, 5)
    with pytest.raises(RuntimeError, match="3 claims"):
        store.claim("more", 10, 5)
    assert store.claim("short", 10, 5) is None  # A duplicate needs no room.
    pass_time(4.5)
    assert (
        store.claim("more", 10, 5) is not None
    )  # "short" was older than its window; "long" is older, but not past its.
    assert store.claim("long", 100, 50) is None
    with pytest.raises(RuntimeError):
        store.claim("short", 10, 5)
    pass_time(60)
    assert store.claim("last", 10, 5) is not None  # "shorter" and "more" have expired.
    assert len(store) == 2
    assert store.claim("long", 100, 50) is None


def test_it_holds_what_the_core_says() -> None:
    store = MemoryReplayStore()
    for number in range(100_000):
        assert store.claim(f"{number}", 86_400, 86_400)
    with pytest.raises(RuntimeError, match="100000 claims"):
        store.claim("one more", 10, 5)


def test_a_claim_takes_no_longer_when_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full store that forgets one for each it takes, at worst ten times as long as an empty one; measured: twice."""
    now = [0.0]
    monkeypatch.setattr(twenty_webhook.replay, "monotonic", lambda: now[0])

    def seconds(store: MemoryReplayStore, prefix: str) -> float:
        began = process_time()
        for number in range(50_000):
            now[0] += 1
            assert store.claim(f"{prefix}{number}", 1e9, 5)
        return process_time() - began

    store = MemoryReplayStore(max_entries=50_000)
    filling = seconds(store, "a")
    assert seconds(store, "b") < 10 * filling
    assert len(store) == 50_000


def test_threads_claim_once() -> None:
    store = MemoryReplayStore()
    together = Barrier(8)

    def claim_all(_: int) -> int:
        together.wait()
        return sum(store.claim(f"{number}", 10, 5) is not None for number in range(5_000))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim_all, range(8))) == 5_000


@pytest.mark.parametrize(("entries", "error"), [(0, ValueError), (-1, ValueError), (True, TypeError), ("1", TypeError)])
def test_mistakes(entries: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        MemoryReplayStore(max_entries=entries)
