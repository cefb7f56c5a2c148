"""A request as WSGI has it, whatever framework stands on it."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from twenty_webhook import _threads
from twenty_webhook._request import Pieces, UnreadableError, length_of

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment


class WsgiRequest:
    """`raw` is the body, where a framework keeps what something else has read."""

    def __init__(self, original: Any, environ: WSGIEnvironment, remedy: str, raw: bytes | None = None) -> None:
        self.original = original
        self.method: str = environ["REQUEST_METHOD"]
        self.headers = environ
        self.content_encoding: str | None = environ.get("HTTP_CONTENT_ENCODING")
        # PEP 3333: it may be empty, which says that there is none.
        self.content_length: str | None = environ.get("CONTENT_LENGTH") or None
        self._remedy = remedy
        self._raw = raw

    async def body(self, at_most: int, within: float) -> bytes:
        if self._raw is not None:
            return self._raw
        length = length_of(self.content_length or "")
        if length is None and not self.headers.get("wsgi.input_terminated"):
            return b""  # PEP 3333: nothing says where it would end, so there is none.
        connection = _Connection(self.headers)
        reading = _Reading(self.headers["wsgi.input"], at_most, connection, within)
        body = reading.read(length)
        if length and not body and not connection.is_closed():
            raise UnreadableError("already read", self._remedy)
        if length is not None and len(body) < length:
            raise UnreadableError("gone")
        return body


class _Reading:
    """Piece by piece, and never past the end, where some servers wait for what does not come."""

    def __init__(self, stream: Any, at_most: int, connection: _Connection, timeout: float) -> None:
        self._stream = stream
        self._at_most = at_most
        self._connection = connection
        self._timeout = timeout

    def read(self, length: int | None) -> bytes:
        pieces = Pieces(self._at_most)
        so_far = 0
        late = monotonic() + self._timeout
        in_time = _threads.alarms().later(self._timeout, self._connection.stop) if self._connection.is_known else None
        try:
            while True:
                wanted = _PIECE if length is None else min(_PIECE, length - so_far)
                piece = self._piece(wanted, late) if wanted > 0 else b""
                if not piece:
                    return pieces.joined()
                pieces.add(piece)
                so_far += len(piece)
        except BaseException:
            self._connection.stop()
            raise
        finally:
            if in_time is not None:
                in_time()

    def _piece(self, wanted: int, late: float) -> bytes:
        cause: Exception | None = None
        piece = b""
        try:
            piece = self._stream.read(wanted)
        except Exception as error:
            cause = error
        if monotonic() >= late:
            raise UnreadableError("late body")
        if cause is not None:
            raise UnreadableError("gone") from cause
        return piece


class _Connection:
    """The socket, of servers that show it. Only through it can a read be ended that waits, and can be known who left."""

    def __init__(self, environ: WSGIEnvironment) -> None:
        found = environ.get("gunicorn.socket") or environ.get("werkzeug.socket")
        is_its_own = environ.get("SERVER_PROTOCOL", "").startswith("HTTP/1.")  # HTTP/2 shares it.
        self._socket = found if is_its_own and isinstance(found, socket.socket) else None
        self.is_known = self._socket is not None

    def stop(self) -> None:
        """Ends the reading; the answer is still sent. Of TLS, too, whose own method would end the encryption."""
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RD)

    def is_closed(self) -> bool:
        if self._socket is None:
            return False
        try:
            with selectors.DefaultSelector() as selector:  # One of gevent's waits in recv, whatever it is told.
                selector.register(self._socket, selectors.EVENT_READ)
                return bool(selector.select(0)) and socket.socket.recv(self._socket, 1, socket.MSG_PEEK) == b""
        except OSError:
            return True


_PIECE = 64 * 1024
