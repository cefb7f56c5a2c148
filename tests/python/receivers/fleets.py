"""Several processes that share a store, and what is sent to them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from deliveries import identity, record, signed
from processes import Server, eventually
from sender import Address, request, send


class Fleet:
    """Four servers, each of which `begin` begins."""

    def __init__(self, stack: ExitStack, begin: Callable[[], AbstractContextManager[tuple[Server, int, str]]]) -> None:
        begun = [stack.enter_context(begin()) for _ in range(4)]
        self.servers = [server for server, _, _ in begun]
        self.addresses = [Address(port, path) for _, port, path in begun]
        for server, address in zip(self.servers, self.addresses, strict=True):
            server.wait_until_listening(address.port)

    def printed(self, identity: str) -> int:
        return sum(len(server.printed(identity)) for server in self.servers)


def handle_one_of_a_thousand_copies(fleet: Fleet) -> None:
    body = record()

    async def everyone() -> list[str]:
        gate = asyncio.Semaphore(200)

        async def one(number: int) -> str:
            async with gate:
                # On a machine that is busy the store may take longer than its second.
                for _ in range(20):
                    answer = await told(fleet.addresses[number % 4], body)
                    if answer != "replay_store_unavailable":
                        break
                return answer

        return await asyncio.gather(*(one(number) for number in range(1_000)))

    assert Counter(asyncio.run(everyone())) == {"handled": 1, "duplicate": 999}
    eventually(lambda: fleet.printed(identity(body)) == 1, 5)


def forget_nothing_under_load(fleet: Fleet, kill: Callable[[], None]) -> None:
    """Each delivery is sent several times, before and after something is killed and started again."""
    bodies = [record() for _ in range(100)]

    async def load() -> Counter[str]:
        found: Counter[str] = Counter()

        async def sending(first: int) -> None:
            for turn in range(3):
                for number, body in enumerate(bodies[first::4]):
                    found[await told(fleet.addresses[(first + number + turn) % 4], body)] += 1

        async def killing() -> None:
            await asyncio.sleep(0.2)
            await asyncio.to_thread(kill)

        await asyncio.gather(*(sending(first) for first in range(4)), killing())
        return found

    found = asyncio.run(load())
    assert sum(found.values()) == 300
    assert set(found) <= {"handled", "duplicate", "replay_store_unavailable", "gone"}
    # Once more, when all is well again: what was handled must still be known.
    for number, body in enumerate(bodies):
        eventually(lambda body=body, number=number: _is_known(fleet.addresses[number % 4], body), 10)  # type: ignore[misc]
    assert [body for body in bodies if fleet.printed(identity(body)) > 1] == []


def _is_known(address: Address, body: bytes) -> bool:
    return verdict(address, body)[0] == 200


async def told(address: Address, body: bytes) -> str:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", address.port)
        writer.write(request(address.path, body, {**signed(body), "Connection": "close"}))
        answer = await asyncio.wait_for(reader.read(), 30)
        writer.close()
    except ConnectionError:
        return "gone"
    return answer.rpartition(b":")[2].strip(b'"}').decode() or "gone"


def verdict(address: Address, body: bytes) -> tuple[int, str]:
    return send(address, body, signed(body)).says


def is_refused(address: Address, server: Server) -> None:
    logged = len(server.about("replay_store_unavailable: The replay store"))
    body = record()
    assert verdict(address, body) == (503, "replay_store_unavailable")
    eventually(lambda: len(server.about("replay_store_unavailable: The replay store")) > logged, 5)
    assert not server.printed(identity(body))
