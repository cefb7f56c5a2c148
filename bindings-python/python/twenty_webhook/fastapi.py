"""A receiver for FastAPI and Starlette.

    app.add_route("/webhooks/twenty", receive(webhook, handle))

The same for an `APIRouter`, where the whole path is given: FastAPI puts a router's own prefix before none that is added
so, but that of `include_router`. Not `app.mount`, which answers the path without its slash with a redirect.
"""

from __future__ import annotations

from typing import Any, Unpack

from starlette.requests import Request

from twenty_webhook._options import AsyncHandlers, AsyncOptions, AsyncSource
from twenty_webhook.asgi import AsgiReceiver, Scope

__all__ = ["receive"]


def receive(
    webhook: AsyncSource[Request], handlers: AsyncHandlers[Request], **options: Unpack[AsyncOptions[Request]]
) -> AsgiReceiver:
    """Makes what `add_route` takes; as `twenty_webhook.asgi.receive`, with Starlette's request for the scope."""
    return _FastapiReceiver(webhook, handlers, options)


class _FastapiReceiver(AsgiReceiver):
    _remedy = (
        "Something read the body before the receiver could: in the middleware, replace request.stream() or"
        " request.form() by await request.body(), which leaves it to be read again."
    )

    def _original(self, scope: Scope) -> Any:
        return Request(scope)
