"""The public suite of replay stores: every store of the package passes it, and wrong ones do not."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import psycopg
import psycopg_pool
import pytest
import redis.asyncio
from postgreses import PostgresServer
from redises import RedisServer
from twenty_webhook.replay import MemoryReplayStore, RedisReplayStore, SqlReplayStore
from twenty_webhook.testing import ReplayStoreCase, test_replay_store


class Servers:
    """Begun with the first case that needs one."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._running: dict[str, Any] = {}

    @property
    def redis_port(self) -> int:
        return int(self._get("redis", lambda: RedisServer(self._directory)).port)

    @property
    def postgres_url(self) -> str:
        return str(self._get("postgres", with_table).url)

    def _get(self, name: str, begin: Callable[[], Any]) -> Any:
        if name not in self._running:
            self._running[name] = begin()
        return self._running[name]

    def close(self) -> None:
        for server in self._running.values():
            server.close()


def with_table() -> PostgresServer:
    server = PostgresServer()
    with server.connect() as connection:
        connection.execute(SqlReplayStore(connection).create_table)
    return server


@pytest.fixture(scope="module", autouse=True)
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    SERVERS.append(Servers(tmp_path_factory.mktemp("servers")))
    yield SERVERS[0]
    SERVERS.pop().close()


SERVERS: list[Servers] = []


class Answers:
    """Of a client, the next of which gets lost if it is told so."""

    def __init__(self) -> None:
        self.is_lost = False

    def lose(self) -> None:
        self.is_lost = True

    def pass_on(self, error: type[Exception]) -> None:
        is_lost, self.is_lost = self.is_lost, False
        if is_lost:
            raise error("the connection ended")


ANSWERS = Answers()


class LosingRedis(redis.Redis):
    def set(self, *given: Any, **named: Any) -> Any:
        answer = super().set(*given, **named)
        ANSWERS.pass_on(redis.exceptions.ConnectionError)
        return answer


class AsyncLosingRedis(redis.asyncio.Redis):
    async def set(self, *given: Any, **named: Any) -> Any:
        answer = await super().set(*given, **named)
        ANSWERS.pass_on(redis.exceptions.ConnectionError)
        return answer


class LosingPool(psycopg_pool.ConnectionPool[Any]):
    @contextmanager
    def connection(self, timeout: float | None = None) -> Iterator[Any]:
        with super().connection(timeout) as connection:
            yield connection
        ANSWERS.pass_on(psycopg.OperationalError)


class AsyncLosingPool(psycopg_pool.AsyncConnectionPool[Any]):
    @asynccontextmanager
    async def connection(self, timeout: float | None = None) -> AsyncIterator[Any]:
        async with super().connection(timeout) as connection:
            yield connection
        ANSWERS.pass_on(psycopg.OperationalError)


class LosingAsyncpgPool(asyncpg.Pool):  # type: ignore[type-arg,misc,unused-ignore]
    async def fetch(self, *given: Any, **named: Any) -> Any:
        answer = await super().fetch(*given, **named)
        ANSWERS.pass_on(ConnectionResetError)
        return answer


def of_redis() -> Any:
    return RedisReplayStore(LosingRedis(port=SERVERS[0].redis_port))


@asynccontextmanager
async def of_async_redis() -> AsyncIterator[Any]:
    async with AsyncLosingRedis(port=SERVERS[0].redis_port) as client:
        yield RedisReplayStore(client)


@contextmanager
def of_sqlite() -> Iterator[Any]:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    store = SqlReplayStore(connection)
    connection.executescript(store.create_table)
    yield store
    connection.close()


@contextmanager
def of_psycopg() -> Iterator[Any]:
    with psycopg.connect(SERVERS[0].postgres_url, autocommit=True) as connection:
        yield SqlReplayStore(connection)


@asynccontextmanager
async def of_async_psycopg() -> AsyncIterator[Any]:
    async with await psycopg.AsyncConnection.connect(SERVERS[0].postgres_url, autocommit=True) as connection:
        yield SqlReplayStore(connection)


@contextmanager
def of_psycopg_pool() -> Iterator[Any]:
    with LosingPool(SERVERS[0].postgres_url, max_size=10) as pool:
        yield SqlReplayStore(pool)


@asynccontextmanager
async def of_async_psycopg_pool() -> AsyncIterator[Any]:
    async with AsyncLosingPool(SERVERS[0].postgres_url, max_size=10) as pool:
        yield SqlReplayStore(pool)


@asynccontextmanager
async def of_asyncpg() -> AsyncIterator[Any]:
    pools: list[Any] = []
    real = asyncpg.pool.Pool
    asyncpg.pool.Pool = LosingAsyncpgPool
    try:
        pools.append(asyncpg.create_pool(SERVERS[0].postgres_url))
    finally:
        asyncpg.pool.Pool = real
    async with pools[0] as pool:
        yield SqlReplayStore(pool)


LOSING: list[Callable[[], Any]] = [of_redis, of_async_redis, of_psycopg_pool, of_async_psycopg_pool, of_asyncpg]
OTHERS: list[Callable[[], Any]] = [MemoryReplayStore, of_sqlite, of_psycopg, of_async_psycopg]


def cases() -> Iterator[Any]:
    for make in [*OTHERS, *LOSING]:
        for case in test_replay_store(make, lose_answer=ANSWERS.lose if make in LOSING else None):
            yield pytest.param(case, id=f"{make.__name__}: {case}")


@pytest.mark.parametrize("case", list(cases()))
def test_stores_of_the_package(case: ReplayStoreCase) -> None:
    case.run()
