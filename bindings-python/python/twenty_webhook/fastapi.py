"""A receiver for FastAPI and Starlette.

    app.add_route("/webhooks/twenty", receive(webhook, handle))

The same for an `APIRouter`, where the whole path is given: FastAPI puts a router's own prefix before none that is added
so, but that of `include_router`. Not `app.mount`, which answers the path without its slash with a redirect.
"""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any, Unpack, overload

from starlette.requests import Request
from starlette.responses import Response

from twenty_webhook._options import AsyncHandlers, AsyncOptions, AsyncSource, documented
from twenty_webhook.asgi import AsgiReceiver, Receive, Scope, Send

__all__ = ["FastapiReceiver", "receive"]


@documented
def receive(
    webhook: AsyncSource[Request], handlers: AsyncHandlers[Request], **options: Unpack[AsyncOptions[Request]]
) -> FastapiReceiver:
    """Makes what `add_route` takes. Functions that are not async are called in threads."""
    return FastapiReceiver(webhook, handlers, options)


async def _nothing(*_: Any) -> Any:
    """What a function of a request gets besides: checkers of stubs compare a default with its type."""


class FastapiReceiver(AsgiReceiver):
    """What `receive` makes: an application, and a function of a request, which is what Starlette calls an endpoint."""

    _remedy = (
        "Something read the body before the receiver could: in the middleware, replace request.stream() or"
        " request.form() by await request.body(), which leaves it to be read again."
    )

    @overload
    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Coroutine[Any, Any, None]: ...
    @overload
    def __call__(self, scope: Request) -> Response: ...
    def __call__(
        self, scope: Scope | Request, receive: Receive = _nothing, send: Send = _nothing
    ) -> Coroutine[Any, Any, None] | Response:
        if isinstance(scope, Request):
            return _Delegated(self)
        return super().__call__(scope, receive, send)

    def _original(self, scope: Scope) -> Any:
        return Request(scope)


class _Delegated(Response):
    """A response that is made when it is sent."""

    def __init__(self, receiver: FastapiReceiver) -> None:
        super().__init__()
        self._receiver = receiver

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._receiver(scope, receive, send)
