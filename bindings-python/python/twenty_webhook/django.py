"""A receiver for Django.

    urlpatterns = [path("webhooks/twenty", receive(webhook, handle))]

`receive_async` for handlers that are async, under ASGI. Give Twenty the path as it stands here: what `APPEND_SLASH` redirects is lost.
Under ASGI Django itself takes the whole body in before it calls a view, so the limit of its size and of its time are for
the server to keep; `twenty_webhook.asgi`, in front of Django in `asgi.py`, keeps them. With `ATOMIC_REQUESTS` a handler
that fails has to roll back itself: the view answers, it does not raise.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, Unpack

from django.http import HttpRequest, HttpResponse  # type: ignore[import-untyped]

from twenty_webhook._async import async_receiver
from twenty_webhook._options import AsyncHandlers, AsyncOptions, Handlers, Options
from twenty_webhook._request import UnreadableError
from twenty_webhook._sync import run, sync_receiver
from twenty_webhook._types import Answer
from twenty_webhook._webhook import Webhook
from twenty_webhook._wsgi_request import WsgiRequest

__all__ = ["receive", "receive_async"]

V = TypeVar("V")


def receive(webhook: Webhook, handlers: Handlers, **options: Unpack[Options]) -> Callable[..., HttpResponse]:
    """Makes a view, exempt from CSRF protection and from `LoginRequiredMiddleware`; for the rest, as
    `twenty_webhook.wsgi.receive`."""
    receiver = sync_receiver(webhook, handlers, options)

    def twenty_webhook(request: HttpRequest, **_: Any) -> HttpResponse:
        return _response(request, run(receiver.answer(_request(request))))

    return _exempt(twenty_webhook)


def receive_async(
    webhook: Webhook, handlers: AsyncHandlers, **options: Unpack[AsyncOptions]
) -> Callable[..., Awaitable[HttpResponse]]:
    """The same as an async view; for the rest, as `twenty_webhook.asgi.receive`."""
    receiver, _ = async_receiver(webhook, handlers, options)

    async def twenty_webhook(request: HttpRequest, **_: Any) -> HttpResponse:
        return _response(request, await receiver.answer(_request(request)))

    return _exempt(twenty_webhook)


def _exempt(view: V) -> V:
    for name, value in [("csrf_exempt", True), ("login_required", False)]:
        setattr(view, name, value)
    return view


def _request(request: Any) -> WsgiRequest:
    raw = getattr(request, "_body", None)  # What request.body has read is kept.
    environ = getattr(request, "environ", None)
    if raw is None and getattr(request, "_read_started", False):
        return _ReadRequest(request.META, _REMEDY)
    if environ is None:
        # Under ASGI: a file that holds all there is.
        environ = {**request.META, "wsgi.input": request, "wsgi.input_terminated": True}
    # Not Django's own stream, which takes a chunked body for an empty one.
    return WsgiRequest(environ, _REMEDY, raw)


class _ReadRequest(WsgiRequest):
    async def body(self, at_most: int, within: float) -> bytes:
        raise UnreadableError("already read", _REMEDY)


def _response(request: HttpRequest, answer: Answer) -> HttpResponse:
    status, body, headers = answer
    return HttpResponse(b"" if request.method == "HEAD" else body, status=status, headers=dict(headers))


_REMEDY = (
    "Something read the body before the receiver could: in the middleware, replace request.read() or request.POST by"
    " request.body, which keeps it."
)
