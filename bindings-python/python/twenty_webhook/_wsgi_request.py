"""A request as WSGI has it, whatever framework stands on it."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from twenty_webhook import _threads
from twenty_webhook._request import Pieces, UnreadableError, length_of, nothing_read

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
        self._is_read = raw is not None

    async def body(self, at_most: int, within: float) -> bytes:
        if self._raw is not None:
            return self._raw
        self._is_read = True
        length = length_of(self.content_length or "")
        if length is None and not self.headers.get("wsgi.input_terminated"):
            if self._is_open:
                raise UnreadableError("already read", _ENDLESS)
            return b""  # PEP 3333: nothing says where it would end, so there is none.
        if length == 0:
            return b""
        connection = _Connection(self.headers)
        body = _read(self.headers["wsgi.input"], length, at_most, connection, within)
        if not body and length and not connection.is_closed():
            raise nothing_read(self._remedy, "HTTP_UPGRADE" in self.headers)
        if length is not None and len(body) < length:
            raise UnreadableError("gone")
        return body

    def leave(self, leftover: int) -> None:
        """Of a refused request: a server would wait for the rest of its body, however slowly that comes. What is there already is
        read, so that the next request on the connection can be answered."""
        if self._is_read:
            return
        length = length_of(self.content_length or "0")
        if length != 0 or self._is_open:
            _Connection(self.headers).leave(self.headers["wsgi.input"], None if self._is_open else length, leftover)

    @property
    def _is_open(self) -> bool:
        """Whether there is a body without a length, or may be one: that of HTTP/2 need not say how long it is."""
        return "HTTP_TRANSFER_ENCODING" in self.headers or not _is_http1(self.headers)


_ENDLESS = (
    "The body came without a length, and the server does not say where it ends. Let the proxy in front of it send Content-Length;"
    ' or, if wsgi.input ends where the body does, let a middleware set environ["wsgi.input_terminated"] = True.'
)


def _is_http1(environ: WSGIEnvironment) -> bool:
    protocol: str = environ.get("SERVER_PROTOCOL", "HTTP/1.1")
    return protocol.startswith("HTTP/1.")


def _read(stream: Any, length: int | None, at_most: int, connection: _Connection, timeout: float) -> bytes:
    """Piece by piece, and never past the end, where some servers wait for what does not come."""
    pieces = Pieces(at_most)
    late = monotonic() + timeout
    in_time = _threads.alarms().later(timeout, connection.stop) if connection.is_known else None
    try:
        while True:
            piece = _piece(stream, _PIECE if length is None else min(_PIECE, length - pieces.length), late)
            if piece:
                pieces.add(piece)
            if not piece or (length is not None and pieces.length >= length):
                return pieces.joined()
    except BaseException:
        connection.stop()
        raise
    finally:
        if in_time is not None:
            in_time()


def _piece(stream: Any, wanted: int, late: float) -> Any:
    cause: Exception | None = None
    piece = b""
    try:
        piece = stream.read(wanted)
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
        # HTTP/2 shares it.
        self._socket = found if isinstance(found, socket.socket) and _is_http1(environ) else None
        self.is_known = self._socket is not None

    def stop(self) -> None:
        """Ends the reading; the answer is still sent. Of TLS, too, whose own method would end the encryption."""
        if self._socket is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RD)

    def leave(self, stream: Any, length: int | None, at_most: int) -> None:
        if self._socket is None:
            return
        if length is None or length > at_most or not self._is_there(stream, length):
            self.stop()

    def _is_there(self, stream: Any, length: int) -> bool:
        assert self._socket is not None
        timeout = socket.socket.gettimeout(self._socket)
        try:
            socket.socket.settimeout(self._socket, 0)
            return len(stream.read(length) or b"") == length
        except Exception:
            return False
        finally:
            socket.socket.settimeout(self._socket, timeout)

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
