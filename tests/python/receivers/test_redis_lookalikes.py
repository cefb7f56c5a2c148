"""Clients that answer otherwise than redis-py does, and those whose shape shows that they would."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest
import redis.asyncio
import upstash_redis
import upstash_redis.asyncio
from twenty_webhook.replay import RedisReplayStore


class Told:
    """A client of the shape of redis-py's that answers what it is told to."""

    def __init__(self, is_set: Any, held: Any = None) -> None:
        self.is_set, self.held = is_set, held

    def set(self, *_: Any, **__: Any) -> Any:
        return self.is_set

    def get(self, *_: Any) -> Any:
        return self.held

    def eval(self, *_: Any) -> Any: ...
    def execute_command(self, *_: Any, **__: Any) -> Any: ...


class AsyncTold(Told):
    async def set(self, *_: Any, **__: Any) -> Any:
        return self.is_set

    async def get(self, *_: Any) -> Any:
        return self.held

    async def execute_command(self, *_: Any, **__: Any) -> Any: ...


TOLD = pytest.mark.parametrize("kind", [Told, AsyncTold])


@TOLD
def test_the_words_of_redis_py(kind: Any) -> None:
    for is_set in [True, "OK", b"OK"]:
        assert claimed(kind(is_set)) is not None
    for held in ["another", b"another", "", b""]:
        assert claimed(kind(None, held)) is None


@TOLD
@pytest.mark.parametrize(
    ("is_set", "held", "named"),
    [
        (False, None, "SET with False"),
        (0, None, "SET with int"),
        (1, None, "SET with int"),
        ("QUEUED", None, "SET with str"),
        ({}, None, "SET with dict"),
        (bytearray(b"OK"), None, "SET with bytearray"),
        (None, True, "GET with True"),
        (None, ["another"], "GET with list"),
        (None, None, "the key is taken, and that it is not there"),
    ],
)
def test_other_words_are_no_answer(kind: Any, is_set: Any, held: Any, named: str) -> None:
    with pytest.raises(TypeError, match=rf"test_redis_lookalikes\.(Async)?Told answered .*{named}"):
        claimed(kind(is_set, held))


def claimed(client: Any) -> Any:
    store: Any = RedisReplayStore(client)

    async def main() -> Any:
        answer = store.claim("key", 10, 5)
        return await answer if inspect.isawaitable(answer) else answer

    return asyncio.run(main())


class Glide:
    """As Valkey GLIDE's clients are, which come with a native part of 20 MB."""

    def set(self, key: str, value: str, conditional_set: Any = None, expiry: Any = None) -> Any: ...
    def get(self, key: str) -> Any: ...
    def custom_command(self, arguments: list[str]) -> Any: ...


def lookalikes() -> list[Any]:
    return [
        redis.Redis().pipeline(),
        redis.asyncio.Redis().pipeline(),
        redis.Redis,
        upstash_redis.Redis("https://nowhere.invalid", "token"),
        upstash_redis.asyncio.Redis("https://nowhere.invalid", "token"),
        Glide(),
    ]


@pytest.mark.parametrize("client", lookalikes())
def test_what_looks_like_a_client_is_refused(client: Any) -> None:
    with pytest.raises(TypeError, match=f"redis-py.*not {type(client).__module__}"):
        RedisReplayStore(client)
