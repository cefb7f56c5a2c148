"""A store that raises, is slow or never answers, for both runtimes and both kinds of stores."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from deliveries import record, without_id
from drivers import ERROR, HOOK, AsyncStore, Loop, Store, Threads, lines
from processes import eventually
from twenty_webhook import WebhookVerificationError


@pytest.fixture(params=[(Threads, Store), (Loop, Store), (Loop, AsyncStore)], ids=["threads", "loop", "loop, async"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Any, type[Store]]]:
    runtime = request.param[0]()
    yield runtime, request.param[1]
    runtime.close()


def failing() -> None:
    raise ConnectionError("nobody is there")


class Gate:
    """Opened by the test."""

    def __init__(self) -> None:
        self.is_open = threading.Event()

    def __call__(self) -> str:
        assert self.is_open.wait(10)
        return "late token"


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
    assert lines(caplog) == [(ERROR, f"{UNAVAILABLE} (TimeoutError: no answer within 1 s)")]
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
    assert lines(caplog)[1] == (ERROR, "handler_failed: The handler failed.")


def test_too_late_for_a_release_that_fails(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    runtime, kind = both
    gate = Gate()
    receiver = runtime.make(HOOK, print, replay_store=kind(gate, failing))
    assert runtime.send(receiver, record()) == (503, "replay_store_unavailable")
    gate.is_open.set()
    eventually(lambda: len(caplog.records) == 2, 5)
    assert "could not be released" in lines(caplog)[1][1]


def test_a_release_that_fails_is_logged_only(both: Any, caplog: pytest.LogCaptureFixture) -> None:
    runtime, kind = both
    told: list[WebhookVerificationError] = []
    receiver = runtime.make(
        HOOK, lambda event, _: event.record["id"], replay_store=kind(release=failing), on_error=told.append
    )
    assert runtime.send(receiver, without_id()) == (500, "handler_failed")
    assert [error.code for error in told] == ["handler_failed"]
    assert "could not be released: ConnectionError" in lines(caplog)[0][1]


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
