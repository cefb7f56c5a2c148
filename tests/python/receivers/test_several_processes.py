"""Several processes and one database: whatever happens to it, nothing is handled twice, and everything is answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from deliveries import record
from fleets import Fleet, forget_nothing_under_load, handle_one_of_a_thousand_copies, is_refused, verdict
from postgreses import PostgresServer
from processes import GUNICORN, HERE, Server, eventually, example, free_port, program
from redises import RedisServer
from twenty_webhook.replay import SqlReplayStore


class Shared:
    """Four processes, and the server that they share, if it is one."""

    def __init__(self, fleet: Fleet, database: Any) -> None:
        self.fleet, self.database = fleet, database


@contextmanager
def with_redis(name: str, directory: Path) -> Iterator[Shared]:
    server = RedisServer(directory, "--appendonly", "yes", "--appendfsync", "always")
    with ExitStack() as stack:
        stack.callback(server.close)
        yield Shared(Fleet(stack, lambda: example(name, REDIS_URL=server.url)), server)


@contextmanager
def with_postgres(_: Path) -> Iterator[Shared]:
    server = PostgresServer()
    with ExitStack() as stack:
        stack.callback(server.close)
        with server.connect() as connection:
            connection.execute(SqlReplayStore(connection).create_table)
        command = [*program("uvicorn"), "--factory", "sql_app:in_a_loop", "--port"]
        yield Shared(Fleet(stack, lambda: served(command, server.url)), server)


@contextmanager
def with_sqlite(directory: Path) -> Iterator[Shared]:
    connection = sqlite3.connect(directory / "claims.db", isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(SqlReplayStore(connection).create_table)
    connection.close()
    command = [*GUNICORN, "--threads", "16", "sql_app:in_threads()", "--bind"]
    with ExitStack() as stack:
        yield Shared(Fleet(stack, lambda: served(command, str(directory / "claims.db"), "127.0.0.1:")), None)


@contextmanager
def served(command: list[str], database: str, host: str = "") -> Iterator[tuple[Server, int, str]]:
    port = free_port()
    server = Server([*command, f"{host}{port}"], HERE, {"DATABASE": database})
    try:
        yield server, port, "/"
    finally:
        server.stop()


SHARED: dict[str, Any] = {
    "fastapi and Redis": lambda directory: with_redis("fastapi", directory),
    "flask and Redis": lambda directory: with_redis("flask", directory),
    "uvicorn and PostgreSQL": with_postgres,
    "gunicorn and SQLite": with_sqlite,
}


@pytest.fixture(params=SHARED)
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shared]:
    with SHARED[request.param](tmp_path) as shared:
        yield shared


def test_whatever_happens_to_the_database(shared: Shared) -> None:
    handle_one_of_a_thousand_copies(shared.fleet)
    if shared.database is None:
        return
    forget_nothing_under_load(shared.fleet, lambda: (shared.database.kill(), shared.database.start()))
    address, server = shared.fleet.addresses[0], shared.fleet.servers[0]
    shared.database.pause()
    is_refused(address, server)
    shared.database.go_on()
    shared.database.kill()
    is_refused(address, server)
    shared.database.start()
    eventually(lambda: verdict(address, record()) == (200, "handled"), 10)
