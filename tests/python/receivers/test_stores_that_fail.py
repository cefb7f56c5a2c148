"""A store that raises, is slow or never answers, for both runtimes and both kinds of stores."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock

import pytest
from deliveries import record, without_id
from drivers import ERROR, HOOK, WARNING, AsyncStore, Loop, Store, Threads, lines
from processes import eventually
from twenty_webhook import WebhookVerificationError
from twenty_webhook.replay import MemoryReplayStore


@pytest.fixture(params=[(Threads, Store), (Loop, Store), (Loop, AsyncStore)], ids=["threads", "loop", "loop, async"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Any, type[Store]]]:
    runtime = request.param[0]()
    yield runtime, request.param[1]
    runtime.close()


def failing() -> None:
    raise ConnectionError("nobody is there")


class Gate:
    """Opened by the test."""

    def __init__(self, answer: Any = "late token") -> None:
        self.is_open = threading.Event()
        self.answer = answer

    def __call__(self) -> Any:
        assert self.is_open.wait(10)
        return self.answer


UNAVAILABLE = "replay_store_unavailable: The replay store failed or did not answer in time."


def test_refused(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    runtime, kind = both
    told: list[WebhookVerificationError] = []
    receiver = runtime.make(HOOK, print, replay_store=kind(failing), on_error=told.append)
    assert runtime.send(receiver, record()) == (503, "replay_store_unavailable")
    assert (told[0].code, repr(told[0].__cause__)) == (
        "replay_store_unavailable",
        "ConnectionError('nobody is there')",
    )
    assert lines(caplog) == [(ERROR, f"{UNAVAILABLE} (ConnectionError: nobody is there)")]


def test_why_a_store_failed_is_told_also_when_that_is_known_late(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    """As redis-py tells that a connection is refused: only after it has tried for longer than a receiver waits."""
    runtime, kind = both
    gate = Gate()

    def refused() -> None:
        gate()
        raise ConnectionError("Connection refused")

    receiver = runtime.make(HOOK, print, replay_store=kind(refused))
    assert runtime.send(receiver, record()) == (503, "replay_store_unavailable")
    gate.is_open.set()
    eventually(lambda: len(lines(caplog)) == 2, 10)
    late = "The replay store failed after the time in which it should have answered."
    assert lines(caplog) == [
        (ERROR, f"{UNAVAILABLE} (no answer within 1 s)"),
        (WARNING, f"{late} (ConnectionError: Connection refused)"),
    ]


ODD: list[tuple[Any, str]] = [
    (0, "int"),
    (False, "False"),
    (True, "True"),
    ({}, "dict"),
    ("", "empty text"),
    ("\ud800", "a str with unpaired surrogates"),
    (b"token", "bytes"),
    (object(), "object"),
    (MagicMock(spec=str), "MagicMock"),
]


@pytest.mark.parametrize(("answer", "named"), ODD, ids=[named for _, named in ODD])
def test_only_a_token_grants_and_only_none_is_held(
    both: Any, answer: Any, named: str, caplog: pytest.LogCaptureFixture
) -> None:
    runtime, kind = both
    store, handled = kind(lambda: answer), []
    receiver = runtime.make(HOOK, lambda *_: handled.append(1), replay_store=store)
    assert runtime.send(receiver, record()) == (503, "replay_store_unavailable")
    assert (handled, store.verbs) == ([], ["claim"])
    assert f"(the store answered {named}: it must give a non-empty text" in lines(caplog)[0][1]
    careless = runtime.make(HOOK, lambda *_: handled.append(1), replay_store=store, on_store_failure="handle")
    assert runtime.send(careless, record()) == (200, "handled")


@pytest.mark.parametrize("answer", [False, None, "\ud800"])
def test_what_comes_late_and_is_no_grant_leaves_nothing_to_release(both: Any, answer: Any) -> None:
    runtime, kind = both
    gate = Gate(answer)
    store = kind(gate)
    assert runtime.send(runtime.make(HOOK, print, replay_store=store), record()) == (503, "replay_store_unavailable")
    gate.is_open.set()
    time.sleep(0.2)
    assert store.verbs == ["claim"]


def test_what_looks_like_a_store_is_asked_as_what_it_is() -> None:
    class Claimed(MemoryReplayStore):
        async def claim(self, *given: Any) -> str | None:  # type: ignore[override]
            return super().claim(*given)

    class Mine(Store):
        def is_async(self) -> bool:
            return False

    body = record()
    for kind, store in [(Loop, Claimed()), (Loop, Mine()), (Threads, Mine())]:
        runtime: Any = kind()
        assert runtime.send(runtime.make(HOOK, lambda *_: None, replay_store=store), body) == (200, "handled")
        if isinstance(store, Claimed):
            assert runtime.send(runtime.make(HOOK, print, replay_store=store), body) == (200, "duplicate")
        runtime.close()


def test_handled_all_the_same(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    runtime, kind = both
    told: list[WebhookVerificationError] = []
    store = kind(failing)
    options = {"on_store_failure": "handle", "on_error": told.append, "replay_store": store}
    assert runtime.send(runtime.make(HOOK, lambda *_: None, **options), record()) == (200, "handled")
    assert [error.code for error in told] == ["replay_store_unavailable"]
    assert runtime.send(runtime.make(HOOK, lambda *_: None, background=True, **options), record()) == (200, "accepted")
    assert len(caplog.records) == 2
    assert runtime.send(runtime.make(HOOK, {"*.*": lambda event, _: event.record["id"]}, **options), without_id()) == (
        500,
        "handler_failed",
    )
    assert "release" not in store.verbs


def test_too_late_and_refused(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    runtime, kind = both
    gate = Gate()
    store = kind(gate)
    began = time.monotonic()
    assert runtime.send(runtime.make(HOOK, print, replay_store=store), record()) == (503, "replay_store_unavailable")
    assert time.monotonic() - began > 0.9
    assert lines(caplog) == [(ERROR, f"{UNAVAILABLE} (no answer within 1 s)")]
    gate.is_open.set()
    eventually(lambda: store.verbs == ["claim", "release"], 5)
    assert store.asked[1] == ("release", store.asked[0][1], "late token")


def test_too_late_and_handled(both: Any) -> None:
    runtime, kind = both
    gate = Gate()
    store = kind(gate)
    receiver = runtime.make(HOOK, lambda *_: None, replay_store=store, on_store_failure="handle")
    began = time.monotonic()
    assert runtime.send(receiver, record()) == (200, "handled")
    assert time.monotonic() - began > 0.9
    gate.is_open.set()
    time.sleep(0.2)
    assert store.verbs == ["claim"]


@pytest.mark.parametrize("is_answered_first", [False, True])
def test_too_late_and_not_handled_after_all(
    both: Any, caplog: pytest.LogCaptureFixture, is_answered_first: bool
) -> None:
    runtime, kind = both
    gate = Gate()
    store = kind(gate)

    def handle(*_: object) -> None:
        if is_answered_first:
            gate.is_open.set()
            time.sleep(0.2)
        raise ValueError("the database is away")

    receiver = runtime.make(HOOK, handle, replay_store=store, on_store_failure="handle")
    assert runtime.send(receiver, record()) == (500, "handler_failed")
    gate.is_open.set()
    eventually(lambda: store.verbs == ["claim", "release"], 5)
    assert store.asked[1] == ("release", store.asked[0][1], "late token")
    assert lines(caplog)[1] == (ERROR, "handler_failed: The handler failed. (ValueError: the database is away)")


def test_too_late_for_a_release_that_fails(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    runtime, kind = both
    gate = Gate()
    receiver = runtime.make(HOOK, print, replay_store=kind(gate, failing))
    assert runtime.send(receiver, record()) == (503, "replay_store_unavailable")
    gate.is_open.set()
    eventually(lambda: len(caplog.records) == 2, 5)
    assert "was not released" in lines(caplog)[1][1]


def test_a_release_that_fails_is_told_and_changes_no_answer(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    runtime, kind = both
    told: list[WebhookVerificationError] = []
    receiver = runtime.make(
        HOOK, lambda event, _: event.record["id"], replay_store=kind(release=failing), on_error=told.append
    )
    assert runtime.send(receiver, without_id()) == (500, "handler_failed")
    assert [error.code for error in told] == ["replay_store_unavailable", "handler_failed"]
    assert [type(error.__cause__) for error in told] == [ConnectionError, KeyError]
    assert "was not released, so the same event sent again counts as handled. (ConnectionError" in lines(caplog)[0][1]


def test_many_that_never_answer_do_not_add_up(both: Any) -> None:
    runtime, kind = both
    gate = Gate()
    receiver = runtime.make(HOOK, print, replay_store=kind(gate), logger=None)
    answers: list[Any] = []
    senders = [threading.Thread(target=lambda: answers.append(runtime.send(receiver, record()))) for _ in range(40)]
    began = time.monotonic()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert answers == [(503, "replay_store_unavailable")] * 40
    assert time.monotonic() - began < 20  # One after the other would take forty.
    gate.is_open.set()
