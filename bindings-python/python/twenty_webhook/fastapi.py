"""A receiver for FastAPI and Starlette.

    app.add_route("/webhooks/twenty", receive(webhook, handle))

The same for an `APIRouter`, where the whole path is given: FastAPI puts a router's own prefix before none that is added
so, but that of `include_router`. Not `app.mount`, which answers the path without its slash with a redirect.
"""

from __future__ import annotations

from typing import Unpack

from twenty_webhook._options import AsyncHandlers, AsyncOptions
from twenty_webhook._webhook import Webhook
from twenty_webhook.asgi import AsgiReceiver

__all__ = ["receive"]


def receive(webhook: Webhook, handlers: AsyncHandlers, **options: Unpack[AsyncOptions]) -> AsgiReceiver:
    """Makes what `add_route` takes; as `twenty_webhook.asgi.receive`."""
    return _FastapiReceiver(webhook, handlers, options)


class _FastapiReceiver(AsgiReceiver):
    remedy = (
        "Something read the body before the receiver could: in the middleware, replace request.stream() or"
        " request.form() by await request.body(), which leaves it to be read again."
    )
