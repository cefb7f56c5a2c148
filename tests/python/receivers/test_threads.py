"""Threads that cannot be begun, because the machine has no more of them or no memory for one, and threads that must not end."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import twenty_webhook._threads
from deliveries import record
from drivers import HOOK, Store, Threads


def test_a_claim_that_no_thread_asks_for_is_not_asked_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twenty_webhook._threads, "_made", {})
    start = threading.Thread.start

    def failing(thread: threading.Thread) -> None:
        if thread.name.startswith("twenty-webhook-store"):
            raise RuntimeError("can't start new thread")
        start(thread)

    store: Any = Store()
    handled: list[Any] = []
    receiver = Threads.make(HOOK, lambda *given: handled.append(given), replay_store=store)
    first, second = record(), record()
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", failing)
        for _ in range(20):
            assert Threads().send(receiver, first) == (503, "replay_store_unavailable")
    assert Threads().send(receiver, second) == (200, "handled")
    assert Threads().send(receiver, first) == (200, "handled")
    assert store.verbs == ["claim", "claim"]


def test_what_hangs_in_one_thread_keeps_no_other_from_being_begun() -> None:
    """A thread that is begun must not count as idle for the job it was begun for."""
    pool = twenty_webhook._threads.Pool("test", 16)
    go_on = threading.Event()
    try:
        for _ in range(15):
            pool.submit(lambda: go_on.wait(60))
            assert pool.submit(lambda: "done").result(10) == "done"
    finally:
        go_on.set()


def test_an_alarm_that_fails_keeps_no_other_from_being_made() -> None:
    """Bodies that are late would never be given up."""
    alarms = twenty_webhook._threads.Alarms()
    is_made = threading.Event()

    def fail() -> None:
        raise BaseException("one's own")

    alarms.later(0, fail)
    alarms.later(0.05, is_made.set)
    assert is_made.wait(10)
