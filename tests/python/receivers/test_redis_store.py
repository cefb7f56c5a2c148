"""Claims in a real Redis, through clients of both kinds."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis.asyncio
from deliveries import fresh, record, signed, without_id
from drivers import HOOK, Loop, Threads
from processes import eventually
from redises import RedisServer
from twenty_webhook.replay import RedisReplayStore


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    yield server
    server.close()


@pytest.fixture(params=[redis.Redis, redis.asyncio.Redis], ids=["sync", "asyncio"])
def client(request: pytest.FixtureRequest, server: RedisServer) -> Any:
    return request.param(port=server.port)


def one_by_one(client: Any, *calls: Any) -> list[Any]:
    """A client belongs to one loop."""
    store: Any = RedisReplayStore(client)

    async def all_of_them() -> list[Any]:
        found = []
        for call in calls:
            answer = call(store, found)
            found.append(await answer if inspect.isawaitable(answer) else answer)
        if store.is_async:
            await client.aclose()
        return found

    return asyncio.run(all_of_them())


def test_claims_and_releases(client: Any, server: RedisServer) -> None:
    key, raw = f"n:{fresh()}", server.client()
    first, second, _, third, _, fourth = one_by_one(
        client,
        lambda store, _: store.claim(key, 86_400, 600),
        lambda store, _: store.claim(key, 86_400, 600),
        lambda store, _: store.release(key, "0" * 32),
        lambda store, _: store.claim(key, 86_400, 600),
        lambda store, found: store.release(key, found[0]),
        lambda store, _: store.claim(key, 600.0005, 600),
    )
    assert (second, third) == (None, None)
    assert first != fourth
    assert len(bytes.fromhex(first)) == len(bytes.fromhex(fourth)) == 16
    assert raw.get(key) == fourth.encode()
    assert 599_000 < int(str(raw.pttl(key))) <= 600_001


class Resending(redis.Redis):
    """As a client does whose connection broke before the answer came."""

    def set(self, *given: Any, **named: Any) -> Any:
        super().set(*given, **named)
        return super().set(*given, **named)


class AsyncResending(redis.asyncio.Redis):
    async def set(self, *given: Any, **named: Any) -> Any:
        await super().set(*given, **named)
        return await super().set(*given, **named)


class Odd(redis.Redis):
    """It sets the key, and its answer is none."""

    def set(self, *given: Any, **named: Any) -> Any:
        super().set(*given, **named)
        return bytearray(b"OK")


class AsyncOdd(redis.asyncio.Redis):
    async def set(self, *given: Any, **named: Any) -> Any:
        await super().set(*given, **named)
        return bytearray(b"OK")


@pytest.mark.parametrize("kind", [Odd, AsyncOdd])
def test_an_answer_that_is_none_leaves_no_claim(kind: Any, server: RedisServer) -> None:
    key = f"n:{fresh()}"
    with pytest.raises(TypeError, match="answered SET with bytearray"):
        one_by_one(kind(port=server.port), lambda store, _: store.claim(key, 600, 600))
    assert server.client().get(key) is None


@pytest.mark.parametrize("decode_responses", [False, True])
@pytest.mark.parametrize("resending", [Resending, AsyncResending])
def test_a_claim_that_is_sent_twice_is_no_duplicate(
    resending: Any, decode_responses: bool, server: RedisServer
) -> None:
    key = f"n:{fresh()}"
    first, second = one_by_one(
        resending(port=server.port, decode_responses=decode_responses),
        lambda store, _: store.claim(key, 10, 5),
        lambda store, _: store.claim(key, 10, 5),
    )
    assert first is not None
    assert second is None


class Unwell(redis.Redis):
    """Raises one after the other instead of answering; what it raises first it raises after it has done what it was told."""

    def __init__(self, port: int, *raised: Exception) -> None:
        super().__init__(port=port)
        self.raised = list(raised)

    def set(self, *given: Any, **named: Any) -> Any:
        is_first = len(self.raised) > 1
        answer = super().set(*given, **named) if is_first and isinstance(self.raised[0], LOST) else None
        if self.raised:
            raise self.raised.pop(0)
        return answer or super().set(*given, **named)


class AsyncUnwell(redis.asyncio.Redis):
    def __init__(self, port: int, *raised: Exception) -> None:
        super().__init__(port=port)
        self.raised = list(raised)

    async def set(self, *given: Any, **named: Any) -> Any:
        is_first = len(self.raised) > 1
        answer = await super().set(*given, **named) if is_first and isinstance(self.raised[0], LOST) else None
        if self.raised:
            raise self.raised.pop(0)
        return answer or await super().set(*given, **named)


LOST = redis.exceptions.TimeoutError
KINDS = pytest.mark.parametrize("kind", [Unwell, AsyncUnwell])


@KINDS
def test_a_claim_whose_answer_was_lost_is_found(kind: Any, server: RedisServer) -> None:
    key = f"n:{fresh()}"
    between = [redis.exceptions.BusyLoadingError(), redis.exceptions.NoPermissionError(), ConnectionRefusedError()]
    client = kind(server.port, LOST("Timeout reading from socket"), *between)
    first, second = one_by_one(
        client, lambda store, _: store.claim(key, 10, 5), lambda store, _: store.claim(key, 10, 5)
    )
    assert client.raised == []
    assert server.client().get(key) == first.encode()
    assert second is None


@KINDS
def test_a_redis_that_will_be_well_again_is_asked_again_and_one_that_refuses_is_not(
    kind: Any, server: RedisServer
) -> None:
    errors = redis.exceptions
    passing = [errors.BusyLoadingError, errors.MasterDownError, errors.TryAgainError, errors.ReadOnlyError]
    for error in [*passing, errors.ClusterDownError]:
        client = kind(server.port, error("for now"))
        assert one_by_one(client, lambda store, _: store.claim(f"n:{fresh()}", 10, 5))[0] is not None
    refused = errors.ConnectionError("connecting")
    refused.__cause__ = ConnectionRefusedError()
    for refusal in [errors.NoPermissionError("no"), errors.AuthenticationError("no"), refused]:
        with pytest.raises(type(refusal)):
            one_by_one(kind(server.port, refusal), lambda store, _: store.claim(f"n:{fresh()}", 10, 5))


def test_claims_expire(client: Any) -> None:
    key = f"n:{fresh()}"
    first, second = one_by_one(
        client,
        lambda store, _: store.claim(key, 0.05, 0.01),
        lambda store, _: time.sleep(0.1) or store.claim(key, 1e300, 600),  # type: ignore[func-returns-value]
    )
    assert None not in (first, second)


def test_its_lifetime_is_as_long_as_redis_can_count(client: Any, server: RedisServer) -> None:
    key = f"n:{fresh()}"
    one_by_one(client, lambda store, _: store.claim(key, 1e19, 600))
    assert int(str(server.client().pttl(key))) > 10**18


@pytest.fixture(params=[(Threads, redis.Redis), (Loop, redis.Redis), (Loop, redis.asyncio.Redis)])
def receiving(request: pytest.FixtureRequest) -> Iterator[tuple[Any, Any]]:
    runtime = request.param[0]()
    yield runtime, request.param[1]
    runtime.close()


def test_receivers(receiving: tuple[Any, Any], server: RedisServer) -> None:
    runtime, client = receiving
    store = RedisReplayStore(client(port=server.port))
    receiver = runtime.make(HOOK, {"*.*": lambda event, _: event.record["id"]}, replay_store=store)
    body, failing = record(), without_id()
    verdicts = [runtime.send(receiver, sent, signed(sent))[1] for sent in [body, body, failing, failing]]
    assert verdicts == ["handled", "duplicate", "handler_failed", "handler_failed"]


def test_a_claim_that_comes_too_late_is_released(receiving: tuple[Any, Any], server: RedisServer) -> None:
    runtime, client = receiving
    raw = server.client()
    raw.flushall()
    raw.config_resetstat()
    store = RedisReplayStore(client(port=server.port))
    receiver = runtime.make(HOOK, lambda *_: None, replay_store=store, logger=None)
    body = record()
    server.pause()
    try:
        assert runtime.send(receiver, body) == (503, "replay_store_unavailable")
    finally:
        server.go_on()
    eventually(lambda: "cmdstat_eval" in raw.info("commandstats"), 5)
    assert raw.dbsize() == 0
    assert runtime.send(receiver, body) == (200, "handled")


@pytest.mark.parametrize("kind", [Resending, AsyncResending])
def test_a_key_that_is_released_between_set_and_get_is_claimed(kind: Any, server: RedisServer) -> None:
    key, raw = f"n:{fresh()}", server.client()
    raw.set(key, "another")
    client = kind(port=server.port)
    get = client.get

    def released_first(name: str) -> Any:
        raw.delete(key)
        client.get = get
        return get(name)

    client.get = released_first
    assert one_by_one(client, lambda store, _: store.claim(key, 10, 5))[0] is not None


def test_only_clients_are_taken() -> None:
    with pytest.raises(TypeError, match="redis-py"):
        RedisReplayStore("redis://localhost")  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="async"):
        Threads.make(HOOK, print, replay_store=RedisReplayStore(redis.asyncio.Redis()))  # type: ignore[arg-type]
