"""A sender that can misbehave: requests as bytes over sockets."""

from __future__ import annotations

import http.client
import io
import json
import socket
from contextlib import suppress
from typing import Any, NamedTuple


class Reply(NamedTuple):
    status: int
    body: bytes
    headers: http.client.HTTPMessage

    @property
    def says(self) -> tuple[int, str]:
        """The status, and the outcome or the code, which is all that is told."""
        told = json.loads(self.body)
        assert list(told) in (["outcome"], ["code"]), told
        return self.status, next(iter(told.values()))


class Address(NamedTuple):
    port: int
    path: str

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 20)


def head(path: str, headers: dict[str, str], method: str = "POST") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def request(path: str, body: bytes, headers: dict[str, str], method: str = "POST") -> bytes:
    return head(path, {"Content-Length": str(len(body)), **headers}, method) + body


def chunked(path: str, body: bytes, headers: dict[str, str], size: int) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    framed = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in [*pieces, b""])
    return head(path, {"Transfer-Encoding": "chunked", **headers}) + framed


def send(address: Address, body: bytes, headers: dict[str, str], method: str = "POST") -> Reply:
    return exchange(address, request(address.path, body, headers, method), method)


def exchange(address: Address, sent: bytes, method: str = "POST") -> Reply:
    """A server may answer and close before everything is sent."""
    with address.connect() as connection:
        with suppress(ConnectionError):
            connection.sendall(sent)
        return reply(connection, method)


def reply(connection: socket.socket, method: str = "POST") -> Reply:
    response = http.client.HTTPResponse(connection, method=method)
    response.begin()
    return Reply(response.status, response.read(), response.headers)


def replies(connection: socket.socket, count: int) -> list[Reply]:
    """Of a pipeline, which is read as one stream."""
    stream = connection.makefile("rb")

    class Same:
        def makefile(self, *_: Any) -> io.BufferedIOBase:
            return Unclosed(stream)  # type: ignore[return-value]

    found = []
    for _ in range(count):
        response = http.client.HTTPResponse(Same())  # type: ignore[arg-type]
        response.begin()
        found.append(Reply(response.status, response.read(), response.headers))
    return found


class Unclosed:
    """A response closes its stream, which holds the next one here."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def close(self) -> None: ...
