"""What type checkers take of receivers and what they refuse: an error that is not raised is an unused ignore."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import psycopg
import psycopg_pool
import redis
import redis.asyncio
from django.http import HttpRequest
from django.urls import path, re_path
from fastapi import APIRouter, FastAPI
from flask import Flask
from flask import Request as FlaskRequest
from loguru import logger as loguru
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from twenty_webhook import Delivery, Event, Webhook, WebhookVerificationError, asgi, django, fastapi, flask, wsgi
from twenty_webhook.outcomes import ErrorContext, Outcome
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
def kept() -> Generator[ReplayStore]:
    yield Mine()


def suites() -> list[ReplayStoreCase]:
    test_replay_store(NoStore)  # type: ignore[arg-type]
    return [*test_replay_store(Mine), *test_replay_store(MineAsync), *test_replay_store(made), *test_replay_store(kept)]


def what_is_taken(webhook: Webhook, store: ReplayStore, async_store: AsyncReplayStore) -> None:
    for receive in (wsgi.receive, flask.receive, django.receive):
        receive(webhook, handle)
        receive(webhook, {"person.*": handle, "*.*": handle})
        receive(webhook, print, replay_store=None, logger=None, background=True, diagnose=True)
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


def with_environ(event: Event, delivery: Delivery, environ: dict[str, Any]) -> None: ...


def with_flasks(event: Event, delivery: Delivery, request: FlaskRequest) -> None: ...


def with_djangos(event: Event, delivery: Delivery, request: HttpRequest) -> None: ...


async def with_starlettes(event: Event, delivery: Delivery, request: Request) -> None: ...


def with_more(event: Event, delivery: Delivery, request: Request, more: int) -> None: ...


def on_outcome(outcome: Outcome) -> None:
    status: int = outcome.status
    event = outcome.event
    print(status, outcome.code == "handler_failed", event and event.name, outcome.delivery, outcome.webhook)


async def on_outcome_async(outcome: Outcome[Request]) -> None:
    print(outcome.request.headers)


def on_error_with_context(error: WebhookVerificationError, context: ErrorContext) -> None:
    if context.delivery is not None:
        print(context.delivery.payload, error.code)


def on_error_with_flasks(error: WebhookVerificationError, context: ErrorContext[FlaskRequest]) -> None: ...


def find_in_environ(environ: dict[str, Any]) -> Webhook | None:
    return None


def find_in_flasks(request: FlaskRequest) -> Webhook:
    return Webhook(request.headers["X-Workspace"])


def find_in_djangos(request: HttpRequest) -> Webhook | None:
    return None


async def find_in_starlettes(request: Request) -> Webhook | None:
    return Webhook(request.headers["X-Workspace"])


def find_a_secret(request: Request) -> str:
    return "a secret"


def clock() -> datetime:
    return datetime.now(UTC)


def requests_and_observers(webhook: Webhook) -> None:
    wsgi.receive(find_in_environ, with_environ, on_error=on_error_with_context, on_outcome=on_outcome, clock=clock)
    flask.receive(find_in_flasks, {"person.*": with_flasks, "*.*": handle}, on_error=on_error_with_flasks)
    django.receive(find_in_djangos, {"person.*": with_djangos})
    django.receive_async(find_in_djangos, {"person.*": with_djangos, "*.*": handle_async})
    fastapi.receive(find_in_starlettes, with_starlettes, on_outcome=on_outcome_async, on_error=on_error)
    fastapi.receive(lambda request: Webhook(request.url.path), handle)
    flask.receive(webhook, with_djangos)  # type: ignore[arg-type]
    fastapi.receive(webhook, with_more)  # type: ignore[arg-type]
    fastapi.receive(find_a_secret, handle)  # type: ignore[arg-type]
    wsgi.receive(find_in_starlettes, handle)  # type: ignore[arg-type]
    wsgi.receive(webhook, handle, clock=print)  # type: ignore[arg-type]
    wsgi.receive(webhook, handle, on_outcome=on_error)  # type: ignore[arg-type]


async def drained(webhook: Webhook) -> None:
    for receiver in (wsgi.receive(webhook, handle), flask.receive(webhook, handle), django.receive(webhook, handle)):
        receiver.drain()
    await asgi.receive(webhook, handle).drain()
    await fastapi.receive(webhook, handle).drain()
    await django.receive_async(webhook, handle).drain()


def routers(webhook: Webhook) -> list[object]:
    receiver = fastapi.receive(webhook, handle_async)
    FastAPI().add_route("/a", receiver)
    APIRouter().add_route("/a", receiver)
    Starlette(routes=[Route("/a", receiver)]).add_route("/b", receiver)
    FastAPI().mount("/b", receiver)
    FastAPI().mount("/b", asgi.receive(webhook, handle))
    Flask(__name__).add_url_rule("/a", view_func=flask.receive(webhook, handle))
    return [
        path("a", django.receive(webhook, handle)),
        path("a", django.receive_async(webhook, handle_async)),
        re_path("a", django.receive_async(webhook, handle_async)),
    ]


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
    wsgi.receive(webhook, handle, diagnose="proved")  # type: ignore[arg-type]
    wsgi.receive(webhook, handle, on_store_failure="ignore")  # type: ignore[arg-type]
    asgi.receive(webhook, handle, no_such_option=True)  # type: ignore[call-arg]
