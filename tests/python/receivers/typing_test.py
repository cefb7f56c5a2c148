"""What type checkers take of receivers and what they refuse: an error that is not raised is an unused ignore."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import psycopg
import psycopg_pool
import redis
import redis.asyncio
from loguru import logger as loguru
from twenty_webhook import Delivery, Event, Webhook, WebhookVerificationError, asgi, django, fastapi, flask, wsgi
from twenty_webhook.replay import AsyncReplayStore, MemoryReplayStore, RedisReplayStore, ReplayStore, SqlReplayStore
from twenty_webhook.testing import ReplayStoreCase, test_replay_store


def handle(event: Event, delivery: Delivery) -> None: ...


async def handle_async(event: Event, delivery: Delivery) -> int:
    return 1


def of_a_delivery(delivery: Delivery) -> None: ...


def on_error(error: WebhookVerificationError) -> None: ...


class Mine:
    def claim(self, key: str, ttl: float, window: float) -> str | None:
        return key

    def release(self, key: str, token: str) -> None: ...


class MineAsync:
    async def claim(self, key: str, ttl: float, window: float) -> str | None:
        return key

    async def release(self, key: str, token: str) -> bool:
        return True


class NoStore:
    def claim(self, key: str) -> str | None:
        return key

    def release(self, key: str, token: str) -> None: ...


def stores(client: redis.Redis, async_client: redis.asyncio.Redis) -> None:
    several: list[ReplayStore] = [Mine(), MemoryReplayStore(), RedisReplayStore(client)]
    several_async: list[AsyncReplayStore] = [MineAsync(), RedisReplayStore(async_client)]
    several.append(RedisReplayStore(async_client))  # type: ignore[arg-type]
    several_async.append(RedisReplayStore(client))  # type: ignore[arg-type]
    several.append(NoStore())  # type: ignore[arg-type]
    RedisReplayStore("redis://localhost")  # type: ignore[call-overload]


def stores_in_sql(
    connection: sqlite3.Connection,
    postgres: psycopg.Connection[Any],
    async_postgres: psycopg.AsyncConnection[Any],
    pool: psycopg_pool.ConnectionPool[Any],
    async_pool: psycopg_pool.AsyncConnectionPool[Any],
    other_pool: asyncpg.Pool,
) -> str:
    several: list[ReplayStore] = [SqlReplayStore(connection), SqlReplayStore(postgres), SqlReplayStore(pool)]
    several_async: list[AsyncReplayStore] = [SqlReplayStore(async_postgres), SqlReplayStore(async_pool)]
    several_async.append(SqlReplayStore(other_pool, table="claims"))
    several.append(SqlReplayStore(async_pool))  # type: ignore[arg-type]
    several_async.append(SqlReplayStore(pool))  # type: ignore[arg-type]
    SqlReplayStore("claims.db")  # type: ignore[call-overload]
    return SqlReplayStore(connection).create_table


async def made() -> AsyncReplayStore:
    return MineAsync()


@contextmanager
def kept() -> Iterator[ReplayStore]:
    yield Mine()


def suites() -> list[ReplayStoreCase]:
    test_replay_store(NoStore)  # type: ignore[arg-type]
    return [*test_replay_store(Mine), *test_replay_store(MineAsync), *test_replay_store(made), *test_replay_store(kept)]


def what_is_taken(webhook: Webhook, store: ReplayStore, async_store: AsyncReplayStore) -> None:
    for receive in (wsgi.receive, flask.receive, django.receive):
        receive(webhook, handle)
        receive(webhook, {"person.*": handle, "*.*": handle})
        receive(webhook, print, replay_store=None, logger=None, background=True)
    wsgi.receive(webhook, handle, replay_store=store, on_error=on_error, on_store_failure="handle")
    wsgi.receive(webhook, handle, body_timeout=timedelta(seconds=1), namespace="a", replay_ttl=timedelta(days=1))
    for receive_async in (asgi.receive, fastapi.receive, django.receive_async):
        receive_async(webhook, handle)
        receive_async(webhook, handle_async)
        receive_async(webhook, {"person.*": handle_async})
        receive_async(webhook, {"person.*": handle_async, "*.*": handle})
    handlers = {"person.*": handle_async, "*.*": handle_async}
    asgi.receive(webhook, handlers, replay_store=async_store)
    asgi.receive(webhook, handle, replay_store=store)


class MyLogger:
    def log(
        self, level: int, line: str, extra: Mapping[str, object] | None = None, exc_info: BaseException | None = None
    ) -> None: ...


class NoLogger:
    def log(self, line: str) -> None: ...


def loggers(webhook: Webhook, adapter: logging.LoggerAdapter[Any]) -> None:
    wsgi.receive(webhook, handle, logger=logging.getLogger("mine"))
    wsgi.receive(webhook, handle, logger=adapter)
    wsgi.receive(webhook, handle, logger=loguru)
    asgi.receive(webhook, handle, logger=MyLogger())
    wsgi.receive(webhook, handle, logger=NoLogger())  # type: ignore[arg-type]
    wsgi.receive(webhook, handle, logger=print)  # type: ignore[arg-type]


def what_is_refused(webhook: Webhook, async_store: AsyncReplayStore) -> None:
    wsgi.receive(webhook)  # type: ignore[call-arg]
    wsgi.receive("secret", handle)  # type: ignore[arg-type]
    wsgi.receive(webhook, of_a_delivery)  # type: ignore[arg-type]
    wsgi.receive(webhook, handle, replay_store=async_store)  # type: ignore[arg-type]
    wsgi.receive(webhook, handle, replay_ttl=5)  # type: ignore[arg-type]
    wsgi.receive(webhook, handle, on_store_failure="ignore")  # type: ignore[arg-type]
    asgi.receive(webhook, handle, no_such_option=True)  # type: ignore[call-arg]
