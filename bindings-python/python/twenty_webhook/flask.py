"""A receiver for Flask.

    app.add_url_rule("/webhooks/twenty", view_func=receive(webhook, handle))

The same for a `Blueprint`; with Flask-WTF, exempt what `receive` returns from its CSRF protection. About slow and endless
bodies see `twenty_webhook.wsgi`.
"""

from __future__ import annotations

from typing import Any, Unpack

import flask

from twenty_webhook._options import Handlers, Options
from twenty_webhook._sync import run, sync_receiver
from twenty_webhook._webhook import Webhook
from twenty_webhook._wsgi_request import WsgiRequest

__all__ = ["View", "receive"]


def receive(webhook: Webhook, handlers: Handlers, **options: Unpack[Options]) -> View:
    """Makes a view that verifies each delivery and hands every event to its handler once.

    It sees to the methods itself. Two of them in one application need an `endpoint` each. For the rest, as
    `twenty_webhook.wsgi.receive`.
    """
    return View(webhook, handlers, options)


class View:
    """What `receive` makes, with what Flask asks of a view."""

    __name__ = "twenty_webhook"
    # Without them Flask would leave all but GET to itself.
    methods = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")

    def __init__(self, webhook: Webhook, handlers: Handlers, options: Options) -> None:
        self._receiver = sync_receiver(webhook, handlers, options)

    def __call__(self, **_: Any) -> flask.Response:
        # What get_data and get_json have read is kept.
        raw = getattr(flask.request, "_cached_data", None)
        status, body, headers = run(self._receiver.answer(WsgiRequest(flask.request.environ, _REMEDY, raw)))
        return flask.Response(body, status, list(headers))


_REMEDY = (
    "Something read the body before the receiver could: in what runs before the request, replace request.form,"
    " request.stream or get_data(cache=False) by request.get_data(), which keeps it."
)
