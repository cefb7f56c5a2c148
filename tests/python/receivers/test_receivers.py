"""The order of the checks, the options, and what is told of failures, for both runtimes."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import twenty_webhook._course
from deliveries import SECRET, identity, metadata, record, signed, text, without_id
from drivers import ERROR, HOOK, WARNING, Loop, Store, Threads, lines
from processes import eventually
from twenty_webhook import Delivery, Event, WebhookVerificationError
from twenty_webhook._async import AsyncRuntime
from twenty_webhook._sync import SyncRuntime
from twenty_webhook.replay import MemoryReplayStore


@pytest.fixture(params=[Threads, Loop])
def runtime(request: pytest.FixtureRequest) -> Iterator[Any]:
    runtime = request.param()
    yield runtime
    runtime.close()


def failing(*_: object) -> None:
    raise LookupError("what the handler says")


def test_a_handler_gets_every_event(runtime: Any) -> None:
    got: list[tuple[Event, Delivery]] = []
    receiver = runtime.make(HOOK, lambda *given: got.append(given))
    body = text({"unknown": 1})
    assert runtime.send(receiver, body) == (200, "handled")
    ((event, delivery),) = got
    assert (event.kind, event.payload, delivery.id) == ("unknown", {"unknown": 1}, identity(body))


def test_of_several_handlers_the_first_is_called_and_only_that_one(runtime: Any) -> None:
    called: list[str] = []
    patterns = ["company.*", "person.created", "*.created", "unknown", "*.*"]
    receiver = runtime.make(HOOK, {name: lambda *_, name=name: called.append(name) for name in patterns})
    for body in [record(), record("task.created"), text([]), metadata("7"), record("company.created")]:
        assert runtime.send(receiver, body) == (200, "handled")
    assert called == ["person.created", "*.created", "unknown", "*.*", "company.*"]


def test_an_event_of_an_unknown_shape_that_has_no_route_is_not_lost_in_silence(
    runtime: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert runtime.send(runtime.make(HOOK, {"*.*": failing}), text([])) == (200, "ignored")
    ((level, line),) = lines(caplog)
    assert level == WARNING
    assert "add one named unknown" in line


def test_routes_that_are_likely_a_mistake_are_logged_when_it_is_made(
    runtime: Any, caplog: pytest.LogCaptureFixture
) -> None:
    runtime.make(HOOK, {"person.*": print, "person.created": print, "company.create": print})
    assert lines(caplog) == [
        (
            WARNING,
            'The route "person.created" is never taken, because "person.*" above it matches the same events: put it first.',
        ),
        (WARNING, 'No version of Twenty sends the action of "company.create": write "created".'),
    ]


def test_what_goes_well_is_a_debug_line_that_names_the_delivery(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "twenty_webhook")
    body = text({"eventName": "person.created", "workspaceId": "w", "webhookId": "h", "record": {"id": "7"}})
    receiver = runtime.make(HOOK, {"person.*": lambda *_: None})
    assert [runtime.send(receiver, sent)[1] for sent in (body, body, record("task.created"))] == [
        "handled",
        "duplicate",
        "ignored",
    ]
    assert [(entry.levelname, entry.getMessage().split()[0]) for entry in caplog.records] == [
        ("DEBUG", "handled"),
        ("DEBUG", "duplicate"),
        ("DEBUG", "ignored"),
    ]
    entry: Any = caplog.records[0]
    assert entry.getMessage() == f"handled [delivery {identity(body)}, person.created, record 7]"
    named = (entry.delivery_id, entry.event_name, entry.record_id, entry.webhook_id, entry.workspace_id)
    assert named == (identity(body), "person.created", "7", "h", "w")


def test_what_is_ignored_is_not_claimed(runtime: Any) -> None:
    store = Store()
    receiver = runtime.make(HOOK, {"company.*": failing}, replay_store=store)
    assert runtime.send(receiver, record()) == (200, "ignored")
    assert store.asked == []


def test_what_is_claimed(runtime: Any) -> None:
    body = record()
    for options, expected in [
        ({}, ("twenty-webhook", 86_400, 610)),
        ({"namespace": "crm", "replay_ttl": timedelta(minutes=20)}, ("crm", 1_200, 610)),
    ]:
        store = Store()
        receiver = runtime.make(HOOK, print, replay_store=store, **options)
        assert runtime.send(receiver, body) == (200, "handled")
        assert store.asked == [("claim", f"{expected[0]}:{identity(body)}", *expected[1:])]
    duplicate = runtime.make(HOOK, failing, replay_store=Store(lambda: None))
    assert runtime.send(duplicate, body) == (200, "duplicate")


def test_without_a_store_nothing_is_a_duplicate(runtime: Any) -> None:
    receiver = runtime.make(HOOK, lambda *_: None, replay_store=None)
    body = record()
    assert [runtime.send(receiver, body) for _ in range(2)] == [(200, "handled")] * 2


def test_what_fails_is_told(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    told: list[WebhookVerificationError] = []
    store = Store()
    receiver = runtime.make(HOOK, failing, replay_store=store, on_error=told.append)
    assert runtime.send(receiver, record()) == (500, "handler_failed")
    assert store.verbs == ["claim", "release"]
    assert store.asked[1][2] == "token"
    (error,) = told
    assert (error.code, error.status, repr(error.__cause__)) == (
        "handler_failed",
        500,
        "LookupError('what the handler says')",
    )
    assert lines(caplog) == [(ERROR, f"handler_failed: {error} (LookupError: what the handler says)")]
    assert "Traceback" in caplog.text


def test_what_is_refused_is_told(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    told: list[WebhookVerificationError] = []
    receiver = runtime.make(HOOK, failing, on_error=told.append)
    body = record()
    headers = signed(body)
    assert runtime.send(receiver, body + b" ", headers) == (401, "signature_mismatch")
    (error,) = told
    assert lines(caplog) == [(WARNING, f"signature_mismatch: {error}")]
    expected = signed(body + b" ")["X-Twenty-Webhook-Signature"]
    for word in [SECRET, expected, "person.created"]:
        assert word not in caplog.text
        assert word not in str(error)


def test_a_failing_on_error_changes_nothing(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    receiver = runtime.make(HOOK, failing, on_error=failing)
    assert runtime.send(receiver, record(), {}) == (401, "missing_header")
    assert [level for level, _ in lines(caplog)] == [WARNING, ERROR]


def test_loggers(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert runtime.send(runtime.make(HOOK, failing, logger=None), record()) == (500, "handler_failed")
    assert caplog.records == []
    mine = logging.getLogger("mine")
    assert runtime.send(runtime.make(HOOK, failing, logger=mine), record()) == (500, "handler_failed")
    assert [entry.name for entry in caplog.records] == ["mine"]


def test_a_slow_handler_is_named_while_it_runs(
    runtime: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (SyncRuntime, AsyncRuntime):
        later = kind.later
        monkeypatch.setattr(kind, "later", lambda self, seconds, call, later=later: later(self, seconds / 40, call))
    named: list[int] = []

    def slow(*_: object) -> None:
        eventually(lambda: caplog.records, 5)
        named.append(len(caplog.records))

    assert runtime.send(runtime.make(HOOK, slow), record()) == (200, "handled")
    assert named == [1]
    assert runtime.send(runtime.make(HOOK, lambda *_: None), record()) == (200, "handled")
    time.sleep(0.3)
    assert [level for level, _ in lines(caplog)] == [WARNING]


def test_background(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    answered = threading.Event()

    def slow(event: Event, _: Delivery) -> None:
        answered.wait(60)
        done.append((event.record or {})["id"])

    store = Store()
    receiver = runtime.make(HOOK, slow, background=True, replay_store=store)
    assert runtime.send(receiver, record("person.created", "7")) == (200, "accepted")
    assert done == []
    answered.set()
    eventually(lambda: done == ["7"], 5)
    assert store.verbs == ["claim"]
    assert runtime.send(receiver, without_id()) == (200, "accepted")
    eventually(lambda: caplog.records, 5)
    assert store.verbs == ["claim", "claim", "release"]
    assert lines(caplog)[0][1].startswith("handler_failed: ")


def test_a_fault_of_ours_is_internal(
    runtime: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = runtime.make(HOOK, failing)
    monkeypatch.setattr(twenty_webhook._claiming, "claim", None)
    assert runtime.send(receiver, record()) == (500, "internal")
    ((level, line),) = lines(caplog)
    assert level == ERROR
    assert line.startswith("internal: An internal fault of this library")


def test_a_machine_that_is_broken_itself_accepts_nothing(runtime: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    receiver = runtime.make(HOOK, failing)
    monkeypatch.setattr(twenty_webhook._course.Course, "carried_out", failing)
    assert runtime.send(receiver, record()) == (500, "internal")


def test_a_memory_store_serves_several(runtime: Any) -> None:
    store = MemoryReplayStore()
    body = record()
    for namespace, expected in [("a", "handled"), ("b", "handled"), ("a", "duplicate")]:
        receiver = runtime.make(HOOK, lambda *_: None, replay_store=store, namespace=namespace)
        assert runtime.send(receiver, body) == (200, expected)
