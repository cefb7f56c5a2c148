"""Requests that nobody signed, whose bodies come a little at a time or never: no server waits for the rest of a refused one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest
from conftest import Examples
from deliveries import record, signed
from drivers import HOOK, Told, environ, word
from processes import EXAMPLE_COMMANDS, GUNICORN
from sender import head, replies, request, send
from twenty_webhook.wsgi import receive

UNDER_GUNICORN = [name for name, (_, command, _) in EXAMPLE_COMMANDS.items() if command(0)[: len(GUNICORN)] == GUNICORN]


@pytest.mark.parametrize("name", UNDER_GUNICORN)
@pytest.mark.parametrize(
    "length", [{"Content-Length": "1000"}, {"Content-Length": "1000000"}, {"Transfer-Encoding": "chunked"}]
)
def test_they_keep_no_other_from_being_answered(examples: Examples, name: str, length: dict[str, str]) -> None:
    """gunicorn waits two seconds for each of them, one after the other, before it closes a connection."""
    address = examples.addresses[name]
    stop = threading.Event()

    def drip(connection: socket.socket) -> None:
        with suppress(OSError):
            while not stop.wait(0.1):
                connection.sendall(b"1\r\nx\r\n")

    with ExitStack() as stack:
        stack.callback(stop.set)
        for _ in range(24):
            connection = stack.enter_context(address.connect())
            connection.sendall(head(address.path, length))
            threading.Thread(target=drip, args=(connection,), daemon=True).start()
        for _ in range(3):
            body = record()
            assert send(address, body, signed(body)).says == (200, "handled")


@pytest.mark.parametrize("name", UNDER_GUNICORN)
def test_what_has_come_as_a_whole_leaves_the_connection_open(examples: Examples, name: str) -> None:
    address = examples.addresses[name]
    body = record()
    with address.connect() as connection:
        connection.sendall(request(address.path, b"x" * 100, {}))
        assert replies(connection, 1)[0].says == (401, "missing_header")
        connection.sendall(request(address.path, body, signed(body)))
        assert replies(connection, 1)[0].says == (200, "handled")


@pytest.fixture
def connection() -> Iterator[tuple[socket.socket, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        client = socket.create_connection(listening.getsockname())
        server, _ = listening.accept()
        with client, server:
            yield client, server


def refused(server: socket.socket, headers: dict[str, str], stream: Any) -> Told:
    statuses: list[str] = []
    asked = {**environ(b"", headers), "gunicorn.socket": server, "wsgi.input": stream, "wsgi.input_terminated": True}
    pieces = receive(HOOK, print)(asked, lambda status, *_: statuses.append(status))  # type: ignore[arg-type, return-value]
    return int(statuses[0].split()[0]), word(b"".join(pieces))


def reads_on(server: socket.socket) -> bool:
    """Whether a read would wait."""
    server.setblocking(False)
    try:
        return server.recv(1) != b""
    except BlockingIOError:
        return True


@pytest.mark.parametrize(
    ("headers", "sent", "is_kept"),
    [
        ({"Content-Length": "0"}, b"", True),
        ({"Content-Length": "10"}, b"x" * 10, True),
        ({"Content-Length": "10"}, b"x" * 9, False),
        ({"Content-Length": "10"}, b"", False),
        ({"Content-Length": "65537"}, b"x" * 65_537, False),
        ({"Content-Length": "abc"}, b"", False),
        ({"Content-Length": "", "Transfer-Encoding": "chunked"}, b"", False),
    ],
)
def test_the_reading_side_is_shut_where_something_is_still_to_come(
    connection: tuple[socket.socket, socket.socket], headers: dict[str, str], sent: bytes, is_kept: bool
) -> None:
    client, server = connection
    client.sendall(sent)
    while len(sent) > len(server.recv(len(sent), socket.MSG_PEEK) if sent else b""):
        pass
    status, _ = refused(server, headers, Stream(server))
    assert status in (400, 401)
    if is_kept:
        assert reads_on(server)
    else:
        server.settimeout(20)
        while server.recv(100_000):
            pass


class Stream:
    """As gunicorn reads from a connection."""

    def __init__(self, server: socket.socket) -> None:
        self._server = server

    def read(self, size: int) -> bytes:
        pieces = b""
        while len(pieces) < size and (piece := self._server.recv(size - len(pieces))):
            pieces += piece
        return pieces
