"""Clients that are slow, leave, send much, or come in numbers, against every example."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Examples
from deliveries import LIMIT, identity, of_length, record, signed, text
from processes import EXAMPLE_COMMANDS, GUNICORN, Server
from sender import Address, Reply, chunked, head, replies, reply, request, send

# Django itself takes the whole body in before it calls a view, under ASGI.
TAKES_BODY_IN = "django-async"
# It reads what was refused for ten seconds.
READS_ON = "aiohttp"


def test_what_is_too_long_is_refused_unread(name: str, address: Address) -> None:
    if name == TAKES_BODY_IN:
        pytest.skip("Django waits for the body")
    with address.connect() as connection:
        connection.sendall(head(address.path, {**signed(b""), "Content-Length": str(LIMIT + 1)}))
        assert reply(connection).says == (413, "payload_too_large")


def test_an_endless_body_is_refused_at_the_limit(name: str, server: Server, address: Address) -> None:
    if name == TAKES_BODY_IN:
        pytest.skip("Django waits for the body")
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with address.connect() as connection:
        before, sent = memory(server), 0
        connection.sendall(head(address.path, {**signed(b""), "Transfer-Encoding": "chunked"}))
        with suppress(ConnectionError):
            while sent < 64 * LIMIT:
                connection.sendall(piece)
                sent += len(piece)
        assert reply(connection).says == (413, "payload_too_large")
        assert memory(server) - before < 16 * LIMIT


@pytest.mark.parametrize(
    ("headers", "says"),
    [
        ({"Transfer-Encoding": "chunked"}, (401, "missing_header")),
        ({"Content-Length": "300000000", "Content-Encoding": "gzip"}, (415, "unsupported_content_encoding")),
    ],
    ids=["of unknown length", "long"],
)
def test_what_is_refused_at_once_is_not_read_on(
    name: str, address: Address, headers: dict[str, str], says: tuple[int, str]
) -> None:
    if name == TAKES_BODY_IN:
        pytest.skip("Django waits for the body")
    if name == READS_ON:
        pytest.skip("aiohttp reads on")
    piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    with address.connect() as connection:
        connection.sendall(head(address.path, headers))
        time.sleep(0.1)
        taken = 0
        with suppress(ConnectionError):
            while taken < 64 * LIMIT:
                connection.sendall(piece)
                taken += len(piece)
    # Of what was taken, a system keeps some megabytes itself.
    assert taken < 32 * LIMIT
    with address.connect() as connection:
        connection.sendall(head(address.path, headers))
        assert reply(connection).says == says


def test_what_is_refused_and_short_leaves_the_connection_open(name: str, address: Address) -> None:
    if EXAMPLE_COMMANDS[name][1](0)[: len(GUNICORN)] == GUNICORN:
        pytest.skip("gunicorn closes it by itself")
    body = record()
    with address.connect() as connection:
        connection.sendall(request(address.path, b"x" * 65_536, {}) + request(address.path, body, signed(body)))
        assert [reply.says for reply in replies(connection, 2)] == [(401, "missing_header"), (200, "handled")]


def memory(server: Server) -> int:
    """What the server and its workers hold, in bytes."""
    pids = [server.process.pid]
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
    statuses = [Path(f"/proc/{pid}/status").read_text() for pid in [*pids, *children.split()]]
    return sum(int(status.split("VmRSS:")[1].split()[0]) * 1024 for status in statuses)


@pytest.fixture(scope="module", autouse=True)
def slow_replies(examples: Examples) -> Iterator[dict[str, Future[tuple[float, Reply]]]]:
    """Of a body that comes a little at a time: begun together, because it is ten seconds that pass."""
    with ThreadPoolExecutor(len(EXAMPLE_COMMANDS)) as pool:
        addresses = examples.addresses.items()
        yield {name: pool.submit(trickle, address) for name, address in addresses if name != TAKES_BODY_IN}


def trickle(address: Address) -> tuple[float, Reply]:
    body = record()
    began = time.monotonic()
    with address.connect() as connection:
        connection.sendall(head(address.path, {"Content-Length": "1000", **signed(body)}))
        stop = threading.Event()

        def drip() -> None:
            with suppress(OSError):
                while not stop.wait(0.3):
                    connection.sendall(b" ")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            answer = reply(connection)
            return time.monotonic() - began, answer
        finally:
            stop.set()
            dripping.join()


def test_a_client_that_leaves_half_way_changes_nothing(name: str, server: Server, address: Address) -> None:
    body = of_length(1_000)
    logged = len(server.about("The client went away"))
    for partial in [
        request(address.path, body, signed(body))[:-1],
        chunked(address.path, body, signed(body), 300)[:-5],
    ]:
        with address.connect() as connection:
            connection.sendall(partial)
    time.sleep(0.3)
    assert not server.printed(identity(body))
    # Django ends it itself.
    if name != TAKES_BODY_IN:
        assert len(server.wait_for("body_timeout: The client went away")) == logged + 2
    assert send(address, body, signed(body)).says == (200, "handled")


def test_a_client_that_leaves_later_is_handled(name: str, server: Server, address: Address) -> None:
    if name == TAKES_BODY_IN:
        pytest.skip("Django looks whether the client is there before it calls a view")
    body = record()
    with address.connect() as connection:
        connection.sendall(request(address.path, body, signed(body)))
    server.wait_for(identity(body))


def test_a_request_that_asks_for_another_protocol_has_lost_its_body(
    name: str, server: Server, address: Address
) -> None:
    """Under uvicorn with httptools; everywhere else it has not."""
    body = record()
    upgrade = {"Connection": "Upgrade", "Upgrade": "h2c"}
    answer = send(address, body, {**signed(body), **upgrade})
    if name in ("fastapi", "django-async", "litestar"):
        assert answer.says == (408, "body_timeout")
        assert server.wait_for("Upgrade header")
    else:
        assert answer.says == (200, "handled")


def test_pipelining(server: Server, address: Address) -> None:
    bodies = [record() for _ in range(5)]
    forged = text({"forged": True})
    sent = [request(address.path, body, signed(body)) for body in bodies]
    sent.insert(2, request(address.path, forged, signed(bodies[2])))
    sent.insert(4, chunked(address.path, bodies[0], signed(bodies[0]), 10))
    with address.connect() as connection:
        connection.sendall(b"".join(sent))
        told = [reply.says[1] for reply in replies(connection, len(sent))]
    assert told == ["handled", "handled", "signature_mismatch", "handled", "duplicate", "handled", "handled"]


def test_two_hundred_at_once(address: Address) -> None:
    async def one(number: int) -> bytes:
        body = record(filler="x" * number)
        if number % 4 == 3:
            body, headers = body + b" ", signed(body)
        else:
            headers = signed(body)
        reader, writer = await asyncio.open_connection("127.0.0.1", address.port)
        sent = request(address.path, body, {**headers, "Connection": "close"})
        writer.write(sent[: len(sent) // 2])
        await writer.drain()
        await everyone.wait()
        writer.write(sent[len(sent) // 2 :])
        answer = await asyncio.wait_for(reader.read(), 120)
        writer.close()
        return answer

    async def all_of_them() -> list[bytes]:
        nonlocal everyone
        everyone = asyncio.Event()
        tasks = [asyncio.create_task(one(number)) for number in range(200)]
        await asyncio.sleep(1)
        everyone.set()
        return await asyncio.gather(*tasks)

    everyone = asyncio.Event()
    answers = asyncio.run(all_of_them())
    told = [b"handled" if b'"handled"' in answer else b"mismatch" for answer in answers]
    assert all(b'"handled"' in answer or b'"signature_mismatch"' in answer for answer in answers)
    assert told == [b"mismatch" if number % 4 == 3 else b"handled" for number in range(200)]


def test_a_slow_body_is_given_up(name: str, slow_replies: dict[str, Future[tuple[float, Reply]]]) -> None:
    if name == TAKES_BODY_IN:
        pytest.skip("Django waits for the body")
    seconds, answer = slow_replies[name].result()
    assert answer.says == (408, "body_timeout")
    assert 9.9 < seconds < 100  # All of the body would take five minutes.
