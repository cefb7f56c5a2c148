"""What on_outcome and on_error are told, in each framework."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from deliveries import SECRET, identity, record, signed, text, without_id
from drivers import ERROR, HOOK, Store, environ, lines, scope
from frameworks import APPLICATIONS, EACH, FRAMEWORKS, Framework
from processes import eventually
from twenty_webhook import Webhook
from twenty_webhook.asgi import receive
from twenty_webhook.outcomes import DeliveryFacts, ErrorContext, EventFacts, Outcome
from twenty_webhook.replay import MemoryReplayStore


def failing(event: Any, _: Any) -> None:
    raise LookupError("of the handler")


@EACH
def test_each_request_has_one(framework: Framework) -> None:
    told: list[Outcome[Any]] = []
    hook = Webhook(SECRET, name="acme")
    options: dict[str, Any] = {"on_outcome": told.append, "replay_store": MemoryReplayStore()}
    receiver = framework.receiver(hook, {"person.*": lambda *_: None, "company.*": failing}, **options)
    body = record()
    requests: list[tuple[Any, ...]] = [
        ((body,), "handled", None, 200),
        ((body,), "duplicate", None, 200),
        ((record("view.created"),), "ignored", None, 200),
        ((text({"hello": 1}),), "ignored", None, 200),
        ((record("company.created"),), "failed", "handler_failed", 500),
        ((body, {}), "refused", "missing_header", 401),
        ((body, signed(b"another")), "refused", "signature_mismatch", 401),
        ((b"", {}, "PUT"), "refused", "method_not_allowed", 405),
    ]
    for sent, outcome, code, status in requests:
        assert receiver.send(*sent) == (status, code or outcome)
        one = told.pop()
        assert (one.outcome, one.code, one.status, told) == (outcome, code, status, [])
        assert framework.is_request(one.request)
        assert one.webhook == (None if code == "method_not_allowed" else "acme")
        assert (one.delivery is None) == (one.event is None) == (outcome == "refused")
        assert 0 < one.duration_ms < 60_000


@EACH
def test_what_it_says_of_a_delivery(framework: Framework) -> None:
    told: list[Outcome[Any]] = []
    receiver = framework.receiver(Webhook(["new", SECRET]), on_outcome=told.append)
    body = text(
        {
            "eventName": "person.created",
            "webhookId": "w",
            "workspaceId": "ws",
            "record": {"id": "7", "name": "Ada"},
        }
    )
    headers = signed(body)
    assert receiver.send(body, headers) == (200, "handled")
    sent_at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(headers["X-Twenty-Webhook-Timestamp"]))
    (one,) = told
    assert one.delivery == DeliveryFacts(identity(body), sent_at, 1)
    assert one.event == EventFacts("person.created", "record", "7", "w", "ws")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.status = 500  # type: ignore[misc]
    for word in ["Ada", SECRET, headers["X-Twenty-Webhook-Signature"]]:
        assert word not in repr(dataclasses.replace(one, request=None))


@EACH
@pytest.mark.parametrize("fails", [False, True])
def test_a_handler_in_the_background_has_a_second(framework: Framework, fails: bool) -> None:
    told: list[Outcome[Any]] = []
    receiver = framework.receiver(
        handlers=failing if fails else lambda *_: None, background=True, on_outcome=told.append
    )
    assert receiver.send(record()) == (200, "accepted")
    eventually(lambda: len(told) == 2, 5)
    ended = ("failed", "handler_failed", 500) if fails else ("handled", None, 200)
    assert [(one.outcome, one.code, one.status) for one in told] == [("accepted", None, 200), ended]
    assert told[0].delivery == told[1].delivery is not None
    assert told[0].duration_ms <= told[1].duration_ms


@EACH
def test_on_error_has_the_whole_delivery(framework: Framework) -> None:
    told: list[ErrorContext[Any]] = []
    receiver = framework.receiver(handlers=failing, on_error=lambda _, context: told.append(context))
    body = without_id()
    assert receiver.send(body) == (500, "handler_failed")
    assert receiver.send(body, {}) == (401, "missing_header")
    failed, refused = told
    assert failed.delivery is not None
    assert failed.event is failed.delivery.event
    assert failed.delivery.payload == body
    assert HOOK.verify(body, signed(body)).id == failed.delivery.id
    assert (refused.delivery, refused.event) == (None, None)
    assert framework.is_request(failed.request)
    assert framework.is_request(refused.request)


@EACH
@pytest.mark.parametrize("name", ["on_error", "on_outcome"])
def test_what_they_raise_is_logged_and_changes_nothing(
    framework: Framework, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []

    def raising(_: Any) -> None:
        told.append(name)
        raise asyncio.CancelledError if len(told) % 2 else StopIteration

    for function in [raising, framework.async_if_it_may(raising)]:
        receiver = framework.receiver(handlers=failing, **{name: function})
        body = record("person.created", "7")
        assert receiver.send(body) == (500, "handler_failed")
        (entry,) = [entry for entry in caplog.records if "raised" in entry.getMessage()]
        assert entry.levelno == ERROR
        assert entry.getMessage() == f"{name} raised an exception [delivery {identity(body)}, person.created, record 7]"
        assert (entry.delivery_id, entry.record_id) == (identity(body), "7")  # type: ignore[attr-defined]
        assert entry.exc_info is not None
        caplog.clear()
    assert len(told) == 2


@pytest.mark.parametrize("framework", [one for one in FRAMEWORKS if not one.is_async], ids=lambda one: one.name)
def test_none_is_told_before_the_answer_is_sent(framework: Framework) -> None:
    """The server closes what it has sent; the receiver's own drain does what is left of those it never does."""
    told: list[Any] = []
    receiver = framework.receiver(handlers=failing, on_error=told.append, on_outcome=told.append)
    application = APPLICATIONS[framework.name](receiver.made)

    def begun() -> Any:
        pieces = application(environ(record()), lambda *_: None)
        assert b"handler_failed" in b"".join(pieces)
        return pieces

    pieces = begun()
    assert told == []
    pieces.close()
    assert [type(one).__name__ for one in told] == ["WebhookVerificationError", "Outcome"]
    kept = begun()
    receiver.made.drain()
    assert len(told) == 4
    kept.close()
    lost = begun()
    del lost
    assert len(told) == 6


def test_those_that_hang_keep_no_handler_in_the_background() -> None:
    go_on, handled = threading.Event(), threading.Event()
    (framework,) = [one for one in FRAMEWORKS if one.name == "asgi"]
    receiver = framework.receiver(
        handlers=lambda *_: handled.set(), background=True, on_outcome=lambda _: go_on.wait(60)
    )
    thread = threading.Thread(target=receiver.send, args=(record(),))
    thread.start()
    assert handled.wait(60)
    go_on.set()
    thread.join()


def test_a_request_that_is_cancelled_while_its_body_comes_has_one(caplog: pytest.LogCaptureFixture) -> None:
    """Some servers cancel what they called when the client goes away."""
    told: list[Outcome[Any]] = []

    async def main() -> None:
        receiver = receive(HOOK, print, on_outcome=told.append)
        reading = asyncio.Event()

        async def take() -> Any:
            reading.set()
            await asyncio.Event().wait()

        async def send(_: Any) -> None: ...

        request = asyncio.create_task(receiver(scope(record()), take, send))  # type: ignore[arg-type]
        await reading.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        await receiver.drain()

    asyncio.run(main())
    assert [(one.outcome, one.code) for one in told] == [("refused", "body_timeout")]
    assert lines(caplog) == [(logging.WARNING, "body_timeout: The client went away before the body was complete.")]


def test_a_timestamp_that_no_datetime_holds_is_told_all_the_same() -> None:
    told: list[Outcome[Any]] = []
    (framework,) = [one for one in FRAMEWORKS if one.name == "wsgi"]
    receiver = framework.receiver(
        Webhook(SECRET, tolerance=timedelta(days=200_000_000)), on_outcome=told.append, replay_ttl=timedelta.max
    )
    body = record()
    assert receiver.send(body, signed(body, at=9_000_000_000_000_000)) == (200, "handled")
    assert told[0].delivery is not None
    assert told[0].delivery.timestamp == datetime.max.replace(tzinfo=UTC)


def test_stores_that_fail_are_told_as_causes() -> None:
    told: list[Any] = []
    (framework,) = [one for one in FRAMEWORKS if one.name == "wsgi"]

    def claim() -> Any:
        raise ConnectionError("nobody is there")

    receiver = framework.receiver(
        replay_store=Store(claim), on_error=lambda error, context: told.append((error.__cause__, context.delivery))
    )
    assert receiver.send(record()) == (503, "replay_store_unavailable")
    ((cause, delivery),) = told
    assert repr(cause) == "ConnectionError('nobody is there')"
    assert delivery is not None
