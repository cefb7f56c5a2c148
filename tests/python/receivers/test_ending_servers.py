"""Servers that end while something runs."""

from __future__ import annotations

import signal

import pytest
from deliveries import fresh, identity, record, signed
from processes import GUNICORN, HERE, Server, free_port, program
from sender import Address, reply, request, send

UVICORN = [*program("uvicorn"), "--log-level", "warning"]
SERVERS = {
    "FastAPI": lambda port: [*UVICORN, "--port", str(port), "ending_app:app"],
    "FastAPI behind a middleware": lambda port: [*UVICORN, "--port", str(port), "ending_app:with_middleware"],
    "ASGI": lambda port: [*UVICORN, "--port", str(port), "ending_app:bare"],
    "ASGI without a lifespan": lambda port: [*UVICORN, "--lifespan", "off", "--port", str(port), "ending_app:bare"],
    "ASGI, h11": lambda port: [*UVICORN, "--http", "h11", "--port", str(port), "ending_app:bare"],
    "Django": lambda port: [*UVICORN, "--port", str(port), "ending_app:under_django"],
    "gunicorn": lambda port: [*GUNICORN, "--threads", "4", "--bind", f"127.0.0.1:{port}", "ending_app:in_threads"],
    "gunicorn, gevent": lambda port: [
        *GUNICORN, "--worker-class", "gevent", "--bind", f"127.0.0.1:{port}", "ending_app:in_threads",
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SERVERS)
def test_a_server_that_is_told_to_end_waits_for_handlers_in_the_background(name: str) -> None:
    port = free_port()
    server = Server(SERVERS[name](port), HERE, {})
    try:
        server.wait_until_listening(port)
        address = Address(port, "/")
        ids = [fresh(), fresh()]
        for event, record_id in zip(["person.created", "company.created"], ids, strict=True):
            body = record(event, record_id)
            assert send(address, body, signed(body)).says == (200, "accepted")
            server.wait_for(f"begun {record_id}")
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(60)
        server._reader.join(60)
        for record_id in ids:
            assert server.about(f"done {record_id}")
            assert server.about(f"told accepted {record_id}")
            assert server.about(f"told handled {record_id}"), server.lines
        assert not server.about("Traceback")
    finally:
        server.stop()


def test_a_client_that_leaves_does_not_end_what_it_began() -> None:
    port = free_port()
    server = Server(SERVERS["Django"](port), HERE, {})
    try:
        server.wait_until_listening(port)
        record_id = fresh()
        body = record(record_id=record_id)
        with Address(port, "/").connect() as connection:
            connection.sendall(request("/", body, signed(body)))
            assert reply(connection).status == 200
        server.wait_for(f"begun {record_id}")
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(60)
        server._reader.join(60)
        assert server.about(f"done {record_id}")
    finally:
        server.stop()


@pytest.mark.parametrize("path", ["/", "/background"])
def test_a_server_that_waits_no_longer_leaves_a_line_that_names_the_delivery(path: str) -> None:
    port = free_port()
    limited = [*UVICORN, "--timeout-graceful-shutdown", "1", "--port", str(port), "ending_app:at_length"]
    server = Server(limited, HERE, {})
    try:
        server.wait_until_listening(port)
        record_id = fresh()
        body = record(record_id=record_id)
        with Address(port, path).connect() as connection:
            connection.sendall(request(path, body, signed(body)))
            server.wait_for(f"begun {record_id}")
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(30)
            server._reader.join(30)
        (line,) = server.about(identity(body))
        assert line.startswith("The server stopped waiting before this event was handled.")
    finally:
        server.stop()
