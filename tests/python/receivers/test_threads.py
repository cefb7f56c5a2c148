"""The threads in which stores and finders of webhooks are asked, and threads that must not end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import twenty_webhook._threads
from deliveries import record
from drivers import ERROR, HOOK, Loop, Store, Threads, lines
from processes import eventually


def test_a_claim_that_no_thread_asks_for_is_not_asked_for_later(monkeypatch: pytest.MonkeyPatch) -> None:
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


@pytest.fixture(params=[Threads, Loop])
def runtime(request: pytest.FixtureRequest) -> Iterator[Any]:
    runtime = request.param()
    yield runtime
    runtime.close()


def at_once(calls: int, call: Any) -> list[Any]:
    told: list[Any] = []
    threads = [threading.Thread(target=lambda: told.append(call())) for _ in range(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


@pytest.mark.parametrize("what", ["store", "webhook"])
def test_what_hangs_for_one_receiver_keeps_nothing_from_another(
    what: str, runtime: Any, caplog: pytest.LogCaptureFixture
) -> None:
    go_on, asked = threading.Event(), []

    def hanging(*_: object) -> None:
        asked.append(1)
        go_on.wait(60)

    def asking(function: Any) -> Any:
        if what == "store":
            return runtime.make(HOOK, print, replay_store=Store(function))
        return runtime.make(lambda _: function() or HOOK, print, replay_store=None)

    one, other = asking(hanging), asking(lambda: "token" if what == "store" else HOOK)
    code = "replay_store_unavailable" if what == "store" else "webhook_unavailable"
    try:
        assert {word for _, word in at_once(16, lambda: runtime.send(one, record()))} == {code}
        caplog.clear()
        assert runtime.send(one, record())[1] == code
        assert "no thread was free, because 16 calls before it have not answered" in lines(caplog)[0][1]
        assert (lines(caplog)[0][0], len(lines(caplog)), len(asked)) == (ERROR, 1, 16)
        assert runtime.send(other, record()) == (200, "handled")
    finally:
        go_on.set()


def test_threads_end_that_nothing_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twenty_webhook._threads, "_LONGEST_IDLE", 0.01)
    pool = twenty_webhook._threads.Pool("brief", 16)

    def are_there() -> bool:
        return any(thread.name == "twenty-webhook-brief" for thread in threading.enumerate())

    for _ in range(3):
        assert [pool.submit(lambda number=number: number).result(10) for number in range(100)] == list(range(100))
        eventually(lambda: not are_there(), 10)


def test_an_alarm_that_fails_keeps_no_other_from_being_made() -> None:
    """Bodies that are late would never be given up."""
    alarms = twenty_webhook._threads.Alarms()
    is_made = threading.Event()

    def fail() -> None:
        raise BaseException("one's own")

    alarms.later(0, fail)
    alarms.later(0.05, is_made.set)
    assert is_made.wait(10)
