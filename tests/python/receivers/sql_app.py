"""Receivers that keep their claims in the database that the environment names: WSGI with SQLite, ASGI with PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import psycopg_pool

sys.path.insert(0, str(Path(__file__).parent))
import twenty_webhook.asgi
import twenty_webhook.wsgi
from deliveries import SECRET
from twenty_webhook import Delivery, Event, Webhook
from twenty_webhook.replay import SqlReplayStore

webhook = Webhook(SECRET)


def handle(event: Event, delivery: Delivery) -> None:
    print(event.name, delivery.id, flush=True)


def in_threads() -> Any:
    connection = sqlite3.connect(os.environ["DATABASE"], isolation_level=None, check_same_thread=False)
    return twenty_webhook.wsgi.receive(webhook, handle, replay_store=SqlReplayStore(connection))


def in_a_loop() -> Any:
    opened: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if not opened:  # A pool belongs to the loop that it is opened in.
            pool = psycopg_pool.AsyncConnectionPool(os.environ["DATABASE"], open=False, min_size=1, max_size=10)
            opened.append(twenty_webhook.asgi.receive(webhook, handle, replay_store=SqlReplayStore(pool)))
            await pool.open()
        await opened[0](scope, receive, send)

    return application
