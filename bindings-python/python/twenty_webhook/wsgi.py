"""A receiver as a WSGI application (PEP 3333): for any WSGI server or framework.

    application = receive(Webhook(os.environ["TWENTY_WEBHOOK_SECRET"]), handle)

It answers whatever path it is asked for: a router says which. What WSGI cannot do, the server has to: a read that waits
for a slow client can be ended under gunicorn (and Werkzeug's development server), which show the socket; elsewhere a
body that is late is refused only once something more of it arrives. After a refusal some servers read on to the end of
the body, to answer the next request. Limit both where the server or what is in front of it can.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Unpack

from twenty_webhook._options import Handlers, Options
from twenty_webhook._sync import run, sync_receiver
from twenty_webhook._webhook import Webhook
from twenty_webhook._wsgi_request import WsgiRequest

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["receive"]


def receive(webhook: Webhook, handlers: Handlers, **options: Unpack[Options]) -> WSGIApplication:
    """Makes an application that verifies each delivery and hands every event to its handler once.

    `handlers` is a function of an `Event` and its `Delivery`, or functions by pattern: `{"person.*": handle}`. Raises
    `WebhookError` with `invalid_ttl`, and `TypeError` or `ValueError` for what cannot be used, such as a pattern that
    matches nothing, or an async function.
    """
    receiver = sync_receiver(webhook, handlers, options)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = WsgiRequest(environ, _REMEDY)
        status, body, headers = run(receiver.answer(request))
        start_response(f"{status} {HTTPStatus(status).phrase}", list(headers))
        return [] if request.method == "HEAD" else [body]

    return application


_REMEDY = (
    "Something read the body before the receiver could: let the middleware that reads wsgi.input put"
    ' environ["wsgi.input"] = io.BytesIO(body) in its place.'
)
