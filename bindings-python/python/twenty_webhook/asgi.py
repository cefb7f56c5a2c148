"""A receiver as an ASGI 3 application: for Starlette, Litestar, Quart, or a server itself, on asyncio.

    application = receive(Webhook(os.environ["TWENTY_WEBHOOK_SECRET"]), handle)

It answers whatever path it is asked for: a router says which. A root application's lifespan is answered, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cached_property
from typing import Any, TypeAlias, Unpack

from twenty_webhook._async import AsyncReceiver
from twenty_webhook._options import AsyncHandlers, AsyncOptions, AsyncSource, documented
from twenty_webhook._request import Pieces, UnreadableError, length_of, nothing_read
from twenty_webhook._types import Answer

__all__ = ["AsgiReceiver", "receive"]

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


@documented
def receive(
    webhook: AsyncSource[Scope], handlers: AsyncHandlers[Scope], **options: Unpack[AsyncOptions[Scope]]
) -> AsgiReceiver:
    """Makes an application that verifies each delivery and hands every event to its handler once.

    The request is the scope. Functions that are not async are called in threads.
    """
    return AsgiReceiver(webhook, handlers, options)


class AsgiReceiver:
    """What `receive` makes. An instance, not a function: routers then leave every method to it."""

    # What the reader of the log has to change where something else reads the body.
    _remedy = (
        "Something read the body before the receiver could: remove the middleware that calls receive(), or mount the"
        " receiver outside of it."
    )

    def __init__(self, webhook: Any, handlers: Any, options: Any) -> None:
        self._receiver = AsyncReceiver(webhook, handlers, options)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})

    async def drain(self) -> None:
        """Ends when nothing runs: no request, no handler in the background, no claim that is late, no function that is told.

        It stops no new requests: call it once the server takes none. It has no limit of its own: `asyncio.wait_for(receiver.drain(),
        30)` sets one. The lifespan of a root application calls it without a limit, and uvicorn's `--timeout-graceful-shutdown` sets
        none there: to limit it, mount the receiver in an application with a lifespan of its own.
        """
        await self._receiver.drain()

    def _original(self, scope: Scope) -> Any:
        """The request as the framework has it."""
        return scope

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        leftover = self._receiver.core.leftover_bytes
        request = _Request(scope, receive, self._original, self._remedy, leftover)

        async def answer(told: Answer) -> None:
            status, body, named = told
            headers = [(name.encode(), value.encode()) for name, value in named]
            if request.closes:
                headers.append((b"connection", b"close"))
            body = b"" if request.method == "HEAD" else body
            try:
                await send({"type": "http.response.start", "status": status, "headers": headers})
                await send({"type": "http.response.body", "body": body})
            except OSError:
                pass  # ASGI's word for a client that has gone.

        await self._receiver.serve(request, answer)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.drain()
                await send({"type": "lifespan.shutdown.complete"})
                return


_POLICY_VIOLATION = 1008


class _Request:
    def __init__(
        self, scope: Scope, receive: Receive, original: Callable[[Scope], Any], remedy: str, leftover: int
    ) -> None:
        self.method: str = scope["method"]
        self._scope = scope
        self._make_original = original
        self.headers: list[tuple[bytes, bytes]] = list(scope["headers"])
        self.content_encoding = self._joined(b"content-encoding")
        self.content_length = self._joined(b"content-length")
        self._is_chunked = self._joined(b"transfer-encoding") is not None
        self._is_http1: bool = scope.get("http_version", "1.1").startswith("1.")
        self._receive = receive
        self._remedy = remedy
        # Whether more is to come than a server should read only to answer the next request.
        length = length_of(self.content_length or b"0")
        self._is_unread = self._is_chunked or length is None or length > leftover

    @property
    def closes(self) -> bool:
        """Whether the connection ends with the answer; in HTTP/2 only the stream does."""
        return self._is_unread and self._is_http1

    @cached_property
    def original(self) -> Any:
        return self._make_original(self._scope)

    def _joined(self, wanted: bytes) -> bytes | None:
        values = [value for name, value in self.headers if name.lower() == wanted]
        return b",".join(values) if values else None

    async def body(self, at_most: int, within: float) -> bytes:
        self._is_unread = True
        pieces = Pieces(at_most)
        try:
            async with asyncio.timeout(within):
                body = await self._read(pieces)
        except TimeoutError:
            raise (
                UnreadableError("silent", self._remedy) if pieces.is_empty else UnreadableError("late body")
            ) from None
        self._is_unread = False
        if not body and length_of(self.content_length or "0") != 0:
            raise nothing_read(self._remedy, self._joined(b"upgrade") is not None)
        return body

    async def _read(self, pieces: Pieces) -> bytes:
        while True:
            message = await self._next()
            if message["type"] == "http.disconnect":
                raise UnreadableError("silent and gone", self._remedy) if pieces.is_empty else UnreadableError("gone")
            pieces.add(message.get("body", b""))
            if not message.get("more_body", False):
                return pieces.joined()

    async def _next(self) -> Message:
        try:
            message = await self._receive()
        except OSError as error:  # As aiohttp-asgi tells that the client has gone.
            raise UnreadableError("gone") from error
        except Exception as error:
            if getattr(error, "status_code", None) == _TOO_LARGE:  # A smaller limit of Starlette's.
                raise UnreadableError("too large") from error
            raise
        return message


_TOO_LARGE = 413
