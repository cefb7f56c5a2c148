"""gunicorn's gevent workers, which patch the standard library after an application that is preloaded."""

from __future__ import annotations

import ast
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import twenty_webhook
from deliveries import fresh, identity, record, signed
from processes import GUNICORN, HERE, Server, free_port
from sender import Address, reply, request, send


@pytest.fixture(scope="module", params=[[], ["--preload"]], ids=["loaded by the worker", "preloaded"])
def served(request: pytest.FixtureRequest) -> Iterator[tuple[Server, int]]:
    port = free_port()
    options = ["--worker-class", "gevent", "--workers", "1", "--bind", f"127.0.0.1:{port}", *request.param]
    server = Server([*GUNICORN, *options, "gevent_app:application"], HERE, {})
    try:
        server.wait_until_listening(port)
        yield server, port
    finally:
        server.stop()


@pytest.mark.parametrize("path", ["/memory", "/slow", "/background", "/found"])
def test_many_at_once_are_handled(served: tuple[Server, int], path: str) -> None:
    server, port = served
    ids = [fresh() for _ in range(40)]
    answers: list[tuple[int, str]] = []

    def deliver(record_id: str) -> None:
        body = record(record_id=record_id)
        answers.append(send(Address(port, path), body, signed(body)).says)

    senders = [threading.Thread(target=deliver, args=(record_id,)) for record_id in ids]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert answers == [(200, "accepted" if path == "/background" else "handled")] * 40
    for record_id in ids:
        server.wait_for(f"done {record_id}")
        if path == "/found":
            server.wait_for(f"told {record_id}")


def test_a_drain_lets_the_other_greenlets_run(served: tuple[Server, int]) -> None:
    server, port = served
    record_id = fresh()
    body = record(record_id=record_id)
    assert send(Address(port, "/background"), body, signed(body)).says == (200, "accepted")
    with Address(port, "/drain").connect() as connection:
        connection.sendall(request("/drain", b"", {}, "GET"))
        assert reply(connection, "GET").status == 200
    server.wait_for("drained")
    said = [line for line in server.lines if line in (f"done {record_id}", "drained")]
    assert said[:1] == [f"done {record_id}"]


def test_a_body_that_was_read_is_told_from_a_client_that_left(served: tuple[Server, int]) -> None:
    _, port = served
    body = record()
    assert send(Address(port, "/read"), body, signed(body)).says == (500, "body_already_read")


@pytest.mark.parametrize(
    ("path", "says", "line"),
    [
        ("/timeout", (500, "handler_failed"), "handler_failed: The handler failed. (Timeout"),
        ("/store-timeout", (503, "replay_store_unavailable"), "did not answer in time. (Timeout"),
        ("/finder-timeout", (500, "webhook_unavailable"), "failed or took too long. (Timeout"),
        ("/observer-timeout", (200, "handled"), "on_outcome raised an exception"),
    ],
)
def test_a_timeout_that_a_function_sets_itself_ends_that_function_only(
    served: tuple[Server, int], path: str, says: tuple[int, str], line: str
) -> None:
    server, port = served
    body = record()
    with Address(port, path).connect() as connection:
        connection.sendall(request(path, body, signed(body)))
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.startswith(f"HTTP/1.1 {says[0]}".encode())
    assert says[1].encode() in answer
    server.wait_for(line)


def test_a_handler_whose_greenlet_is_killed_has_failed(served: tuple[Server, int]) -> None:
    """The greenlet ends all the same: no answer comes."""
    server, port = served
    body = record()
    with Address(port, "/killed").connect() as connection:
        connection.sendall(request("/killed", body, signed(body)))
        assert connection.recv(65_536) == b""
    server.wait_for("handler_failed: The handler failed. (GreenletExit)")
    with Address(port, "/held").connect() as connection:
        connection.sendall(request("/held", b"", {}, "GET"))
        assert reply(connection, "GET").body == b"0"


def test_a_greenlet_that_is_killed_while_it_claims_leaves_a_line(served: tuple[Server, int]) -> None:
    server, port = served
    body = record()
    with Address(port, "/killed-while-claiming").connect() as connection:
        connection.sendall(request("/killed-while-claiming", body, signed(body)))
        assert connection.recv(65_536) == b""
    (line,) = server.wait_for(identity(body))
    assert line.startswith("The server stopped waiting before this event was handled.")


PATCHED = {"threading", "queue", "socket", "select", "selectors", "ssl", "subprocess", "signal"}


def test_nothing_that_gevent_patches_is_bound_at_import() -> None:
    package = Path(twenty_webhook.__file__).parent
    bound: list[str] = []
    for module in package.glob("*.py"):
        for statement in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(statement, ast.ImportFrom):
                names = {name.name for name in statement.names}
                if statement.module in PATCHED or (statement.module == "time" and "sleep" in names):
                    bound.append(f"{module.name}: {statement.module}")
    assert bound == []
