"""Receivers called without a server between: one way to call them, whichever runtime they are of."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import twenty_webhook.asgi
import twenty_webhook.wsgi
from deliveries import SECRET, signed
from twenty_webhook import Webhook

T = TypeVar("T")
Told = tuple[int, str]
HOOK = Webhook(SECRET)


class Threads:
    """A WSGI application, each call of it in the caller's thread."""

    make = staticmethod(twenty_webhook.wsgi.receive)

    def send(self, application: Any, body: bytes, headers: dict[str, str] | None = None) -> Told:
        return wsgi(application, body, headers)

    def close(self) -> None: ...


class Loop:
    """An ASGI application, each call of it a task of one loop."""

    make = staticmethod(twenty_webhook.asgi.receive)

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()

    def send(self, application: Any, body: bytes, headers: dict[str, str] | None = None) -> Told:
        messages = [{"type": "http.request", "body": body}]
        return self.wait_for(asgi(application, messages, body, headers))

    def wait_for(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(_HANGS)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._rest(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _rest(self) -> None:
        """One that is done may begin another in the loop's next turn."""
        idle_turns = 0
        while idle_turns < 10:
            rest = asyncio.all_tasks() - {asyncio.current_task()}
            idle_turns = 0 if rest else idle_turns + 1
            await (asyncio.wait(rest) if rest else asyncio.sleep(0.001))


def environ(body: bytes, headers: dict[str, str] | None = None, method: str = "POST") -> dict[str, Any]:
    sent = {"Content-Length": str(len(body)), **(signed(body) if headers is None else headers)}
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in sent.items()}
    named["CONTENT_LENGTH"], named["CONTENT_TYPE"] = named.pop("HTTP_CONTENT_LENGTH"), "application/json"
    server = {
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
    }
    return {"REQUEST_METHOD": method, "PATH_INFO": "/", "wsgi.input": io.BytesIO(body), **server, **named}


def wsgi(application: Any, body: bytes, headers: dict[str, str] | None = None, method: str = "POST") -> Told:
    statuses: list[str] = []
    pieces = application(environ(body, headers, method), lambda status, _headers: statuses.append(status))
    try:
        return int(statuses[0].split()[0]), word(b"".join(pieces))
    finally:
        getattr(pieces, "close", int)()


def scope(body: bytes, headers: dict[str, str] | None = None, method: str = "POST") -> dict[str, Any]:
    sent = {"Content-Length": str(len(body)), **(signed(body) if headers is None else headers)}
    pairs = [(name.lower().encode(), value.encode()) for name, value in sent.items() if value]
    return {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": pairs, "http_version": "1.1"}


async def asgi(
    application: Any,
    messages: list[dict[str, Any]],
    body: bytes,
    headers: dict[str, str] | None = None,
    method: str = "POST",
) -> Told:
    coming: Iterator[dict[str, Any]] = iter(messages)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        message = next(coming, None)
        if message is None:
            await asyncio.Event().wait()
            raise AssertionError
        return message

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)
        if len(sent) == 2 and word(message["body"]) == "accepted":
            accepted.set()

    accepted = asyncio.Event()
    call, answer = (
        asyncio.ensure_future(one)
        for one in (application(scope(body, headers, method), receive, send), accepted.wait())
    )
    try:
        await asyncio.wait({call, answer}, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        call.cancel()
        await call
    finally:
        answer.cancel()
    if call.done():
        call.result()
    else:
        CALLS.add(call)
        call.add_done_callback(CALLS.discard)
    return sent[0]["status"], word(sent[1]["body"])


# The call goes on while a handler in the background runs, and a loop refers to tasks weakly.
CALLS: set[asyncio.Future[Any]] = set()


def word(body: bytes) -> str:
    return str(next(iter(json.loads(body).values())))


class Store:
    """One that does what it is told to, and remembers what it was asked."""

    def __init__(self, claim: Callable[[], Any] = lambda: "token", release: Callable[[], Any] = lambda: None) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self._claim, self._release = claim, release

    def claim(self, key: str, ttl: float, window: float, /) -> str | None:
        self.asked.append(("claim", key, ttl, window))
        answer: str | None = self._claim()
        return answer

    def release(self, key: str, token: str, /) -> None:
        self._release()
        self.asked.append(("release", key, token))

    @property
    def verbs(self) -> list[str]:
        return [asked[0] for asked in self.asked]


class AsyncStore(Store):
    async def claim(self, key: str, ttl: float, window: float, /) -> str | None:  # type: ignore[override]
        return await asyncio.to_thread(super().claim, key, ttl, window)

    async def release(self, key: str, token: str, /) -> None:  # type: ignore[override]
        await asyncio.to_thread(super().release, key, token)


def lines(caplog: Any) -> list[tuple[int, str]]:
    """Without the delivery and the event that they name at their end."""
    return [(entry.levelno, FACTS.sub("", entry.getMessage())) for entry in caplog.records]


FACTS = re.compile(r" \[delivery [0-9a-f]{64}, .*\]$")


_HANGS = 10
WARNING, ERROR = logging.WARNING, logging.ERROR
