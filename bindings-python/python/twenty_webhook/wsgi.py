"""A receiver as a WSGI application (PEP 3333): for any WSGI server or framework.

    application = receive(Webhook(os.environ["TWENTY_WEBHOOK_SECRET"]), handle)

It answers whatever path it is asked for: a router says which. A client can let a body drip, and holds a thread of the server until
`body_timeout`, ten seconds unless set, also without the secret: put a proxy that buffers bodies in front, such as nginx. Only gunicorn
and Werkzeug's development server show the socket, through which a read that waits can be ended; elsewhere a body that is late
is refused only once something more of it arrives. After a refusal some servers read on to the end of the body, to answer the
next request.
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias, Unpack

from twenty_webhook._options import Handlers, Options, Source, documented
from twenty_webhook._sync import Afterwards, SyncReceiver
from twenty_webhook._wsgi_request import WsgiRequest

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

__all__ = ["WsgiReceiver", "receive"]

Environ: TypeAlias = dict[str, Any]


@documented
def receive(webhook: Source[Environ], handlers: Handlers[Environ], **options: Unpack[Options[Environ]]) -> WsgiReceiver:
    """Makes an application that verifies each delivery and hands every event to its handler once.

    The request is the environ. Functions must not be async.
    """
    return WsgiReceiver(webhook, handlers, options)


class WsgiReceiver:
    """What `receive` makes."""

    def __init__(self, webhook: Any, handlers: Any, options: Any) -> None:
        self._receiver = SyncReceiver(webhook, handlers, options)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = WsgiRequest(environ, environ, _REMEDY)
        (status, body, headers), afterwards = self._receiver.answer(request)
        start_response(f"{status} {HTTPStatus(status).phrase}", list(headers))
        pieces = [] if request.method == "HEAD" else [body]
        return pieces if afterwards is None else _Closed(pieces, afterwards)

    def drain(self) -> None:
        """Returns when nothing runs: no request, no handler in the background, no claim that is late, no function that is told.

        It stops no new requests and has no limit of its own: call it once the server takes none.
        """
        self._receiver.drain()


class _Closed(list[bytes]):
    """What a server closes when it has sent it."""

    def __init__(self, pieces: list[bytes], afterwards: Afterwards) -> None:
        super().__init__(pieces)
        self.close = afterwards.close


_REMEDY = (
    "Something read the body before the receiver could: let the middleware that reads wsgi.input put"
    ' environ["wsgi.input"] = io.BytesIO(body) in its place.'
)
