"""A receiver for Django.

    urlpatterns = [path("webhooks/twenty", receive(webhook, handle))]

`receive_async` for handlers that are async, under ASGI. Give Twenty the path as it stands here: what `APPEND_SLASH` redirects is lost.
Under ASGI Django itself takes the whole body in before it calls a view, so the limit of its size and of its time are for
the server to keep; `twenty_webhook.asgi`, in front of Django in `asgi.py`, keeps them. With `ATOMIC_REQUESTS` a handler
that fails has to roll back itself: the view answers, it does not raise.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, Unpack

from asgiref.sync import markcoroutinefunction
from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from twenty_webhook._async import AsyncReceiver
from twenty_webhook._handlers import Function
from twenty_webhook._options import AsyncHandlers, AsyncOptions, AsyncSource, Handlers, Options, Source, documented
from twenty_webhook._receiver import Receiver
from twenty_webhook._request import UnreadableError
from twenty_webhook._sync import Afterwards, SyncReceiver
from twenty_webhook._tasks import done
from twenty_webhook._types import Answer
from twenty_webhook._wsgi_request import WsgiRequest

__all__ = ["AsyncView", "View", "receive", "receive_async"]


@documented
def receive(
    webhook: Source[HttpRequest], handlers: Handlers[HttpRequest], **options: Unpack[Options[HttpRequest]]
) -> View:
    """Makes a view, exempt from CSRF protection and from `LoginRequiredMiddleware`.

    Functions must not be async.

    A function that finds webhooks is called in a thread, with connections of its own to databases: its tests need
    `TransactionTestCase`.
    """
    return View(webhook, handlers, options)


@documented
def receive_async(
    webhook: AsyncSource[HttpRequest],
    handlers: AsyncHandlers[HttpRequest],
    **options: Unpack[AsyncOptions[HttpRequest]],
) -> AsyncView:
    """Makes the same as an async view, for ASGI. Functions that are not async are called in threads."""
    return AsyncView(webhook, handlers, options)


class View:
    """What `receive` makes."""

    csrf_exempt = True
    login_required = False

    def __init__(self, webhook: Any, handlers: Any, options: Any) -> None:
        self._receiver = SyncReceiver(webhook, handlers, options)
        # Else they are called in the request's thread, which Django sees to.
        in_threads = self._receiver.functions if options.get("background") else []
        _close_old_connections_around(self._receiver, in_threads)

    def __call__(self, request: HttpRequest, **_: Any) -> HttpResponse:
        answer, afterwards = self._receiver.answer(_request(request))
        return _Response(afterwards, **_parts(request, answer))

    def drain(self) -> None:
        """As `twenty_webhook.wsgi.WsgiReceiver.drain`."""
        self._receiver.drain()


class AsyncView:
    """What `receive_async` makes."""

    csrf_exempt = True
    login_required = False

    def __init__(self, webhook: Any, handlers: Any, options: Any) -> None:
        self._receiver = AsyncReceiver(webhook, handlers, options)
        _close_old_connections_around(self._receiver, self._receiver.functions)
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest, **_: Any) -> HttpResponseBase:
        answer, course = await self._receiver.answer(_request(request))
        parts = _parts(request, answer)
        rest = self._receiver.rest(course)
        if rest is None:
            return HttpResponse(**parts)
        if isinstance(request, ASGIRequest):
            return _Awaited(rest, **parts)
        await done(rest)  # Under WSGI the loop ends with the view.
        return HttpResponse(**parts)

    async def drain(self) -> None:
        """As `twenty_webhook.asgi.AsgiReceiver.drain`."""
        await self._receiver.drain()


class _Response(HttpResponse):
    """One that a server closes when it has sent it."""

    def __init__(self, afterwards: Afterwards | None, **parts: Any) -> None:
        super().__init__(**parts)
        self._afterwards = afterwards

    def close(self) -> None:
        if self._afterwards is not None:
            self._afterwards.close()
        super().close()


class _Awaited(StreamingHttpResponse):
    """One whose end waits for what is left, so that a server that ends waits, too: Django calls nothing of ours afterwards.

    Tests find in it what they find in every other response.
    """

    content: bytes = b""  # type: ignore[assignment]
    is_async = False

    def __init__(self, rest: asyncio.Task[None], content: bytes, **parts: Any) -> None:
        super().__init__([content], **parts)
        self._rest = rest

    @property
    def text(self) -> str:  # type: ignore[override]
        return self.content.decode(self.charset or "utf-8")

    @property
    def streaming_content(self) -> Any:
        return [self.content]

    @streaming_content.setter
    def streaming_content(self, pieces: Any) -> None:
        self.content = b"".join(pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.content
        await done(self._rest)  # A client that leaves would end it.


def _with_its_connections(function: Callable[..., Any]) -> Callable[..., Any]:
    """As Django has it for each request, for what is called in a thread that Django knows nothing of. Else a connection that the
    database has closed would fail every call there."""

    def called(*arguments: Any) -> Any:
        close_old_connections()
        try:
            return function(*arguments)
        finally:
            close_old_connections()

    return called


def _close_old_connections_around(receiver: Receiver, handlers: list[Function]) -> None:
    """Of observers, too, and of stores: they may be in any thread."""
    for function in [*handlers, receiver.webhook, receiver.on_error, receiver.on_outcome]:
        if isinstance(function, Function) and not function.is_async:
            function.call = _with_its_connections(function.call)
    if receiver.store is not None and not receiver.store.is_async:
        receiver.store.around = _with_its_connections


def _request(request: Any) -> WsgiRequest:
    raw = getattr(request, "_body", None)  # What request.body has read is kept.
    environ = getattr(request, "environ", None)
    if raw is None and getattr(request, "_read_started", False):
        return _ReadRequest(request, request.META, _REMEDY)
    if environ is None:
        # Under ASGI: a file that holds all there is.
        protocol = f"HTTP/{request.scope.get('http_version', '1.1')}"
        environ = {**request.META, "SERVER_PROTOCOL": protocol, "wsgi.input": request, "wsgi.input_terminated": True}
    # Not Django's own stream, which takes a chunked body for an empty one.
    return WsgiRequest(request, environ, _REMEDY, raw)


class _ReadRequest(WsgiRequest):
    async def body(self, at_most: int, within: float) -> bytes:
        raise UnreadableError("already read", _REMEDY)


def _parts(request: HttpRequest, answer: Answer) -> dict[str, Any]:
    status, body, headers = answer
    return {"content": b"" if request.method == "HEAD" else body, "status": status, "headers": dict(headers)}


_REMEDY = (
    "Something read the body before the receiver could: in the middleware, replace request.read() or request.POST by"
    " request.body, which keeps it."
)
