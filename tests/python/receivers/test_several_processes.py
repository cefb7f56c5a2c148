"""Several processes and one Redis: whatever happens to it, nothing is handled twice, and everything is answered."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from deliveries import identity, record, signed
from processes import Server, eventually, example
from redises import RedisServer
from sender import Address, request, send


class Fleet:
    """Four servers of one example."""

    def __init__(self, stack: ExitStack, name: str, url: str) -> None:
        begun = [stack.enter_context(example(name, REDIS_URL=url)) for _ in range(4)]
        self.servers = [server for server, _, _ in begun]
        self.addresses = [Address(port, path) for _, port, path in begun]
        for server, address in zip(self.servers, self.addresses, strict=True):
            server.wait_until_listening(address.port)

    def printed(self, identity: str) -> int:
        return sum(len(server.printed(identity)) for server in self.servers)


@pytest.fixture(params=["fastapi", "flask"])
def fleet(request: pytest.FixtureRequest, redis_server: RedisServer) -> Iterator[Fleet]:
    with ExitStack() as stack:
        yield Fleet(stack, request.param, redis_server.url)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path, "--appendonly", "yes", "--appendfsync", "always")
    yield server
    server.close()


async def told(address: Address, body: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", address.port)
    writer.write(request(address.path, body, {**signed(body), "Connection": "close"}))
    answer = await asyncio.wait_for(reader.read(), 30)
    writer.close()
    return answer.rpartition(b":")[2].strip(b'"}').decode()


def test_a_thousand_copies_are_handled_once(fleet: Fleet) -> None:
    body = record()

    async def everyone() -> list[str]:
        gate = asyncio.Semaphore(200)

        async def one(number: int) -> str:
            async with gate:
                return await told(fleet.addresses[number % 4], body)

        return await asyncio.gather(*(one(number) for number in range(1_000)))

    found = Counter(asyncio.run(everyone()))
    assert (found.total(), found["handled"]) == (1_000, 1)
    # On a machine that is busy Redis may not answer each within a second.
    assert set(found) <= {"handled", "duplicate", "replay_store_unavailable"}
    assert found["duplicate"] > 500
    assert fleet.printed(identity(body)) == 1


def test_redis_paused_stopped_and_back(fleet: Fleet, redis_server: RedisServer) -> None:
    address, server = fleet.addresses[0], fleet.servers[0]
    assert verdict(address, record()) == (200, "handled")
    redis_server.pause()
    refused(address, server)
    redis_server.go_on()
    redis_server.kill()
    refused(address, server)
    redis_server.start()
    eventually(lambda: verdict(address, record()) == (200, "handled"), 10)


def verdict(address: Address, body: bytes) -> tuple[int, str]:
    return send(address, body, signed(body)).says


def refused(address: Address, server: Server) -> None:
    logged = len(server.about("replay_store_unavailable: The replay store"))
    body = record()
    assert verdict(address, body) == (503, "replay_store_unavailable")
    eventually(lambda: len(server.about("replay_store_unavailable: The replay store")) == logged + 1, 5)
    assert not server.printed(identity(body))


def test_a_redis_that_is_killed_under_load_forgets_nothing(fleet: Fleet, redis_server: RedisServer) -> None:
    """With `appendonly yes` and `appendfsync always`; each delivery is sent several times, before and after."""
    bodies = [record() for _ in range(100)]

    async def load() -> Counter[str]:
        found: Counter[str] = Counter()

        async def sending(first: int) -> None:
            for turn in range(3):
                for number, body in enumerate(bodies[first::4]):
                    found[await told(fleet.addresses[(first + number + turn) % 4], body)] += 1

        async def killing() -> None:
            await asyncio.sleep(0.2)
            await asyncio.to_thread(redis_server.kill)
            await asyncio.to_thread(redis_server.start)

        await asyncio.gather(*(sending(first) for first in range(4)), killing())
        return found

    found = asyncio.run(load())
    assert sum(found.values()) == 300
    assert set(found) <= {"handled", "duplicate", "replay_store_unavailable"}
    assert found["duplicate"] > 0
    assert [body for body in bodies if fleet.printed(identity(body)) > 1] == []
