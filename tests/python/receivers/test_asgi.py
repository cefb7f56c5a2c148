"""What is ASGI's own: its messages, cancellation, a server without a router."""

from __future__ import annotations

import asyncio
import tracemalloc
from datetime import timedelta
from typing import Any

import pytest
from deliveries import LIMIT, record, signed
from drivers import HOOK, Store, asgi, lines, scope
from twenty_webhook import Delivery, Event
from twenty_webhook.asgi import receive


def pieces(body: bytes, size: int) -> list[dict[str, Any]]:
    starts = range(0, len(body), size)
    last = {"type": "http.request", "body": b"", "more_body": False}
    return [*({"type": "http.request", "body": body[at : at + size], "more_body": True} for at in starts), last]


def verdict(application: Any, messages: list[dict[str, Any]], body: bytes) -> tuple[int, str]:
    return asyncio.run(asgi(application, messages, body))


def test_bodies_in_pieces() -> None:
    body = record()
    for size in [1, 7, 1_000]:
        assert verdict(receive(HOOK, lambda *_: None), pieces(body, size), body) == (200, "handled")
    no_body = [{"type": "http.request"}, {"type": "http.request"}]
    assert verdict(receive(HOOK, print), no_body[:1], b"") == (200, "handled")


def test_a_body_in_single_bytes_takes_little_more_memory_than_the_body() -> None:
    body = record(filler="x" * 100_000)
    size = len(body)

    async def main() -> int:
        places = iter(range(size))

        async def take() -> Any:
            place = next(places)
            return {"type": "http.request", "body": body[place : place + 1], "more_body": place < size - 1}

        async def send(message: Any) -> None:
            assert message.get("status", 200) == 200

        receiver = receive(HOOK, lambda event, _: peaks.append(tracemalloc.get_traced_memory()[1]))
        peaks: list[int] = []
        asked = scope(body)
        tracemalloc.start()
        await receiver(asked, take, send)
        tracemalloc.stop()
        return peaks[0]

    assert asyncio.run(main()) < 8 * size


def test_reading_ends_at_the_limit() -> None:
    messages = pieces(b"x" * 2 * LIMIT, LIMIT // 2)
    assert verdict(receive(HOOK, print), messages[:3], b"") == (413, "payload_too_large")
    sent: list[dict[str, Any]] = []
    for version, expected in [("1.1", [(b"connection", b"close")]), ("2", [])]:
        asyncio.run(collect(receive(HOOK, print), {**scope(b""), "http_version": version}, messages[:3], sent))
        assert [header for header in sent[0]["headers"] if header[0] == b"connection"] == expected
        sent.clear()


async def collect(application: Any, scope: Any, messages: list[dict[str, Any]], sent: list[dict[str, Any]]) -> None:
    coming = iter(messages)

    async def take() -> dict[str, Any]:
        return next(coming)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope, take, send)


@pytest.mark.parametrize(
    ("told", "closes", "status"),
    [
        ({}, False, 401),
        ({"content-length": "65536"}, False, 401),
        ({"content-length": "65537"}, True, 401),
        ({"content-length": "0" * 5_000 + "65536"}, False, 401),
        ({"content-length": "0" * 5_000 + "65537"}, True, 401),
        ({"content-length": "many"}, True, 400),
        ({"transfer-encoding": "chunked"}, True, 401),
    ],
)
def test_a_refusal_closes_the_connection_only_where_much_is_left_unread(
    told: dict[str, str], closes: bool, status: int
) -> None:
    asked = scope(b"")
    asked["headers"] = [(name.encode(), value.encode()) for name, value in told.items()]
    for version in ["1.1", "2"]:
        sent: list[dict[str, Any]] = []
        asyncio.run(collect(receive(HOOK, print), {**asked, "http_version": version}, [], sent))
        assert sent[0]["status"] == status
        assert ((b"connection", b"close") in sent[0]["headers"]) == (closes and version == "1.1")


def test_time_passes_and_clients_leave(caplog: pytest.LogCaptureFixture) -> None:
    body = record()
    store = Store()
    receiver = receive(HOOK, print, body_timeout=timedelta(milliseconds=50), replay_store=store)
    assert verdict(receiver, pieces(body, 10)[:3], body) == (408, "body_timeout")
    gone = [*pieces(body, 10)[:3], {"type": "http.disconnect"}]
    assert verdict(receive(HOOK, print, replay_store=store), gone, body) == (408, "body_timeout")
    assert [line for _, line in lines(caplog)] == [
        "body_timeout: The body did not arrive in time.",
        "body_timeout: The client went away before the body was complete.",
    ]
    assert store.asked == []


def test_an_answer_that_nobody_takes_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    async def send(_: Any) -> None:
        raise OSError("gone")

    async def take() -> Any:
        return {"type": "http.request", "body": b"{}"}

    async def main() -> None:
        await receive(HOOK, lambda *_: None)(scope(b"{}"), take, send)

    asyncio.run(main())
    assert caplog.records == []


def test_a_cancelled_request_is_handled_to_the_end() -> None:
    done: list[str] = []
    store = Store()

    async def main() -> None:
        begun, cancelled, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def handle(event: Event, _: Delivery) -> None:
            begun.set()
            await cancelled.wait()
            done.append(str(event.record_id))
            ended.set()

        body = record("person.created", "7")
        receiver = receive(HOOK, handle, replay_store=store)
        request = asyncio.create_task(asgi(receiver, pieces(body, 100), body))
        await begun.wait()
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        assert done == []
        cancelled.set()
        await asyncio.wait_for(ended.wait(), 60)

    asyncio.run(main())
    assert done == ["7"]
    assert store.verbs == ["claim"]


def test_handlers_of_either_kind_share_the_loop() -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        kinds: list[str] = []

        async def in_loop(*_: object) -> None:
            assert asyncio.get_running_loop() is loop
            kinds.append("loop")

        def in_thread(*_: object) -> None:
            with pytest.raises(RuntimeError):
                asyncio.get_running_loop()
            kinds.append("thread")

        class Callable:
            async def __call__(self, *given: object) -> None:
                await in_loop(*given)

        for handler in [in_loop, in_thread, lambda *given: in_loop(*given), Callable()]:
            body = record()
            assert await asgi(receive(HOOK, handler), pieces(body, 100), body) == (200, "handled")
        assert kinds == ["loop", "thread", "loop", "loop"]

    asyncio.run(main())


def test_the_end_of_the_program_waits_for_what_was_accepted() -> None:
    done: list[int] = []

    async def handle(*_: object) -> None:
        await asyncio.sleep(0.1)
        done.append(1)

    async def main() -> None:
        receiver = receive(HOOK, handle, background=True)
        body = record()
        assert await asgi(receiver, pieces(body, 100), body) == (200, "accepted")
        sent: list[dict[str, Any]] = []
        turns = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
        await collect(receiver, {"type": "lifespan"}, turns, sent)
        assert [message["type"] for message in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
        assert done == [1]

    asyncio.run(main())


def test_websockets_are_refused() -> None:
    sent: list[dict[str, Any]] = []
    asyncio.run(collect(receive(HOOK, print), {"type": "websocket"}, [{"type": "websocket.connect"}], sent))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_several_headers_of_one_name() -> None:
    body = record()
    sent: list[dict[str, Any]] = []
    headers = [(name.lower().encode(), value.encode()) for name, value in signed(body).items()]
    codings = [(b"Content-Encoding", b"identity"), (b"content-encoding", b"gzip")]
    asyncio.run(collect(receive(HOOK, print), {**scope(body), "headers": headers + codings}, [], sent))
    assert sent[0]["status"] == 415
