"""Processes that are forked after a store was made, as by gunicorn with --preload and by uWSGI."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from deliveries import record
from fleets import verdict
from postgreses import PostgresServer
from processes import GUNICORN, HERE, Server, free_port
from redises import RedisServer
from sender import Address
from twenty_webhook.replay import SqlReplayStore


def claims_of(setup: str, database: str, is_loop: bool = False) -> list[str]:
    """What two forked processes and the one that forked them say, in this order."""
    claims = (
        "asyncio.run(all_claims())" if is_loop else "[said(lambda: store.claim(fresh(), 60, 0)) for _ in range(20)]"
    )
    program = "\n".join([_SETUP, setup, _PROGRAM.replace("CLAIMS", claims)])
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program, database], capture_output=True, text=True, timeout=60
    )
    assert told.stderr == ""
    return told.stdout.splitlines()


_SETUP = """
import asyncio, os, sqlite3, sys, uuid
from twenty_webhook.replay import RedisReplayStore, SqlReplayStore

def fresh():
    return uuid.uuid4().hex

def said(claim):
    try:
        return "duplicate" if claim() is None else "granted"
    except Exception as error:
        return str(error)
"""

_PROGRAM = """
async def all_claims():
    await start()
    return ["duplicate" if await store.claim(fresh(), 60, 0) is None else "granted" for _ in range(20)]

def claim():
    os.write(1, (" or ".join(sorted(set(CLAIMS))) + "\\n").encode())

children = []
for _ in range(2):
    if not (child := os.fork()):
        claim()
        os._exit(0)
    children.append(child)
for child in children:
    os.waitpid(child, 0)
claim()
"""

OPENED_BEFORE = "the connection was opened before this process was forked: open it in each process"

SETUPS: dict[str, tuple[str, str]] = {
    "a pool of psycopg": (
        "postgres",
        "from psycopg_pool import ConnectionPool\nstore = SqlReplayStore(ConnectionPool(sys.argv[1], open=True))",
    ),
    "a connection of psycopg": (
        "postgres",
        "import psycopg\nstore = SqlReplayStore(psycopg.connect(sys.argv[1], autocommit=True))",
    ),
    "SQLite": (
        "sqlite",
        "store = SqlReplayStore(sqlite3.connect(sys.argv[1], isolation_level=None, check_same_thread=False))",
    ),
}


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Any:
    directory = tmp_path_factory.mktemp("claims")
    server, redis = PostgresServer(), RedisServer(directory)
    with server.connect() as connection:
        connection.execute(SqlReplayStore(connection).create_table)
    yield {"postgres": server.url, "redis": redis.url, "sqlite": str(_table(directory / "claims.db"))}
    server.close()
    redis.close()


def _table(file: Path) -> Path:
    connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    connection.executescript(SqlReplayStore(connection).create_table)
    connection.close()
    return file


@pytest.mark.parametrize("client", SETUPS)
def test_what_was_opened_before_claims_nothing(client: str, databases: dict[str, str]) -> None:
    """On one socket processes read each other's answers, and new events were taken for duplicates."""
    database, setup = SETUPS[client]
    children, own = (said := claims_of(setup, databases[database]))[:2], said[2]
    assert [child.startswith(OPENED_BEFORE) for child in children] == [True, True], said
    assert own == "granted"


def test_a_pool_that_is_opened_in_each_process_claims(databases: dict[str, str]) -> None:
    opened = (
        "from psycopg_pool import AsyncConnectionPool\npool = AsyncConnectionPool(sys.argv[1], min_size=1, open=False)"
    )
    setup = f"{opened}\nstore, start = SqlReplayStore(pool), pool.open"
    assert claims_of(setup, databases["postgres"], is_loop=True) == ["granted"] * 3


def test_a_client_of_redis_claims_in_each_process(databases: dict[str, str]) -> None:
    setup = "import redis\nstore = RedisReplayStore(redis.Redis.from_url(sys.argv[1]))\nstore.claim(fresh(), 60, 0)"
    assert claims_of(setup, databases["redis"]) == ["granted"] * 3


@pytest.mark.parametrize("is_observed", [False, True])
def test_a_forked_process_drains_what_it_has_begun_itself(is_observed: bool) -> None:
    program = f"{_DRAIN}\nforking({is_observed})"
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=60, cwd=HERE
    )
    assert (told.returncode, told.stdout) == (0, "drained\ntold\n" if is_observed else "drained\n"), told.stderr


_DRAIN = """
import os, threading
from deliveries import record
from drivers import HOOK, Threads

def forking(is_observed):
    begun, go_on = threading.Event(), threading.Event()

    def handle(event, delivery):
        begun.set()
        go_on.wait(60)

    observing = {"on_outcome": lambda outcome: print("told", flush=True)} if is_observed else {}
    receiver = Threads.make(HOOK, handle, **observing)
    request = threading.Thread(target=lambda: Threads().send(receiver, record()), daemon=True)
    request.start()
    begun.wait(60)
    if not (child := os.fork()):
        drain = threading.Thread(target=receiver.drain, daemon=True)
        drain.start()
        drain.join(10)
        print("drained" if not drain.is_alive() else "still drains", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
    go_on.set()
    request.join(60)
    receiver.drain()
"""


@pytest.mark.parametrize("is_opened_by_each", [True, False])
def test_workers_of_gunicorn_that_loads_the_application_first(
    is_opened_by_each: bool, databases: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "app.py").write_text(_APPLICATION.format(is_open=not is_opened_by_each))
    document = (HERE.parents[2] / "docs" / "stores.md").read_text()
    (configuration,) = (block for block in document.split("```") if block.startswith("python\ndef post_fork"))
    if is_opened_by_each:
        (tmp_path / "gunicorn.conf.py").write_text(configuration.removeprefix("python\n"))
    port = free_port()
    command = [
        *GUNICORN,
        "--preload",
        "--workers",
        "2",
        "--threads",
        "2",
        "--bind",
        f"127.0.0.1:{port}",
        "app:receiver",
    ]
    server = Server(command, tmp_path, {"DATABASE": databases["postgres"], "PYTHONPATH": str(HERE)})
    try:
        server.wait_until_listening(port)
        verdicts = {verdict(Address(port, "/"), record()) for _ in range(20)}
        assert verdicts == {(200, "handled") if is_opened_by_each else (503, "replay_store_unavailable")}
        assert bool(server.about(OPENED_BEFORE)) is not is_opened_by_each
    finally:
        server.stop()


_APPLICATION = """
import os
import twenty_webhook.wsgi
from drivers import HOOK
from psycopg_pool import ConnectionPool
from twenty_webhook.replay import SqlReplayStore

pool = ConnectionPool(os.environ["DATABASE"], timeout=2, open={is_open})
receiver = twenty_webhook.wsgi.receive(HOOK, lambda event, delivery: None, replay_store=SqlReplayStore(pool))
"""
