"""A receiver for Flask.

    app.add_url_rule("/webhooks/twenty", view_func=receive(webhook, handle))

The same for a `Blueprint`; with Flask-WTF, exempt what `receive` returns from its CSRF protection. About slow and endless
bodies see `twenty_webhook.wsgi`.
"""

from __future__ import annotations

from typing import Any, Unpack

import flask

from twenty_webhook._options import Handlers, Options, Source, documented
from twenty_webhook._sync import SyncReceiver
from twenty_webhook._wsgi_request import WsgiRequest

__all__ = ["View", "receive"]


@documented
def receive(
    webhook: Source[flask.Request], handlers: Handlers[flask.Request], **options: Unpack[Options[flask.Request]]
) -> View:
    """Makes a view that verifies each delivery and hands every event to its handler once.

    It sees to the methods itself. Two of them in one application need an `endpoint` each. Functions must not be async.
    """
    return View(webhook, handlers, options)


class View:
    """What `receive` makes, with what Flask asks of a view."""

    __name__ = "twenty_webhook"
    # Without them Flask would leave all but GET to itself.
    methods = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")

    def __init__(self, webhook: Any, handlers: Any, options: Any) -> None:
        self._receiver = SyncReceiver(webhook, handlers, options)

    def __call__(self, **_: Any) -> flask.Response:
        request: flask.Request = flask.request._get_current_object()  # type: ignore[attr-defined]
        # What get_data and get_json have read is kept.
        raw = getattr(request, "_cached_data", None)
        answer, afterwards = self._receiver.answer(WsgiRequest(request, request.environ, _REMEDY, raw))
        status, body, headers = answer
        response = flask.Response(body, status, list(headers))
        if afterwards is not None:
            response.call_on_close(afterwards.close)
        return response

    def drain(self) -> None:
        """As `twenty_webhook.wsgi.WsgiReceiver.drain`."""
        self._receiver.drain()


_REMEDY = (
    "Something read the body before the receiver could: in what runs before the request, replace request.form,"
    " request.stream or get_data(cache=False) by request.get_data(), which keeps it."
)
