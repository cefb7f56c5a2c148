"""What the store in SQL makes of time, of rows that have expired, of locks and transactions."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import asyncpg
import psycopg
import psycopg_pool
import pytest
from deliveries import fresh, record, without_id
from drivers import HOOK, Loop, Threads, lines
from postgreses import PostgresServer
from processes import eventually
from twenty_webhook.replay import SqlReplayStore

TABLE = "twenty_webhook_claims"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    with server.connect() as connection:
        connection.execute(SqlReplayStore(connection).create_table)
    yield server
    server.close()


def in_memory() -> tuple[sqlite3.Connection, SqlReplayStore[str | None]]:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    store = SqlReplayStore(connection)
    connection.executescript(store.create_table)
    return connection, store


def test_a_claim_is_gone_at_its_last_millisecond_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_735_066_639.0]
    _, store = in_memory()
    monkeypatch.setattr(time, "time", lambda: now[0])
    token = store.claim("a", 1, 0)
    now[0] += 0.999
    assert store.claim("a", 1, 0) is None
    now[0] += 0.001
    assert store.claim("a", 1, 0) not in (None, token)
    store.release("a", str(token))
    assert store.claim("a", 1, 0) is None
    assert store.claim("for ever", 1e300, 0) is not None


def test_expired_rows_are_deleted_in_batches_at_the_first_claim_and_at_each_fiftieth_after_it() -> None:
    connection, store = in_memory()
    connection.executemany(f"INSERT INTO {TABLE} VALUES (?, 't', 0)", [(f"old {row}",) for row in range(250)])

    def expired() -> int:
        return int(connection.execute(f"SELECT count(*) FROM {TABLE} WHERE expires_at = 0").fetchone()[0])

    for left in [150, 50, 0]:
        store.claim(fresh(), 60, 0)
        eventually(lambda left=left: expired() == left, 5)  # type: ignore[misc]
        for _ in range(49):
            store.claim(fresh(), 60, 0)
        assert expired() == left


def test_each_client_of_postgresql_deletes_them(server: PostgresServer) -> None:
    def put() -> None:
        with server.connect() as connection:
            connection.execute(f"INSERT INTO {TABLE} VALUES ('expired', 't', 0)")

    def are_gone() -> bool:
        with server.connect() as connection:
            return connection.execute(f"SELECT 1 FROM {TABLE} WHERE expires_at = 0").fetchone() is None

    async def all_async() -> None:
        async with (
            psycopg_pool.AsyncConnectionPool(server.url, open=False) as pool,
            asyncpg.create_pool(server.url) as other,
            await psycopg.AsyncConnection.connect(server.url, autocommit=True) as connection,
        ):
            for client in (pool, other, connection):
                put()
                await SqlReplayStore(client).claim(fresh(), 60, 0)
                while not await asyncio.to_thread(are_gone):
                    await asyncio.sleep(0.02)

    asyncio.run(asyncio.wait_for(all_async(), 60))
    with server.connect() as connection, psycopg_pool.ConnectionPool(server.url) as pool:
        clients: list[Any] = [connection, pool]
        for client in clients:
            put()
            SqlReplayStore(client).claim(fresh(), 60, 0)
            eventually(are_gone, 5)


def test_a_connection_in_a_transaction_claims_nothing(server: PostgresServer, caplog: pytest.LogCaptureFixture) -> None:
    connection, store = in_memory()
    with server.connect() as postgres:
        for client, its_store in [(connection, store), (postgres, SqlReplayStore(postgres))]:
            caplog.clear()
            client.execute("BEGIN")
            receiver = Threads.make(HOOK, print, replay_store=its_store)
            assert Threads().send(receiver, record()) == (503, "replay_store_unavailable")
            assert "(RuntimeError: the connection is in a transaction, whose end could undo" in lines(caplog)[0][1]
            client.execute("COMMIT")
            assert its_store.claim(fresh(), 60, 0) is not None
        assert connection.execute(f"SELECT count(*) FROM {TABLE}").fetchone() == (1,)


def test_a_closed_connection_says_so(server: PostgresServer) -> None:
    postgres = server.connect()
    store = SqlReplayStore(postgres)
    postgres.close()
    with pytest.raises(RuntimeError, match="the connection is closed: give the store a pool"):
        store.claim("a", 60, 0)
    connection, other = in_memory()
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        other.claim("a", 60, 0)
    without_table = SqlReplayStore(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        without_table.claim("a", 60, 0)


def test_a_sqlite_that_another_has_locked_is_asked_again(tmp_path: Path) -> None:
    ours, other = (
        sqlite3.connect(tmp_path / "claims.db", timeout=0, isolation_level=None, check_same_thread=False)
        for _ in range(2)
    )
    store = SqlReplayStore(ours)
    ours.executescript(store.create_table)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as thread:
        claim = thread.submit(store.claim, "a", 60, 0)
        time.sleep(0.02)
        other.execute("COMMIT")
        assert claim.result(60) is not None


def test_claims_that_meet_in_strict_transactions_are_asked_for_again(server: PostgresServer) -> None:
    options = {"options": "-c default_transaction_isolation=serializable"}
    with psycopg_pool.ConnectionPool(server.url, kwargs=options, max_size=10) as pool:
        store = SqlReplayStore(pool)
        key = fresh()
        with ThreadPoolExecutor(50) as threads:
            answers = list(threads.map(lambda _: store.claim(key, 60, 0), range(50)))
        assert sum(answer is not None for answer in answers) == 1


def test_whatever_rows_a_connection_is_set_to_give(server: PostgresServer) -> None:
    connection, store = in_memory()
    connection.row_factory = lambda *_: {"row": 1}
    assert store.claim("a", 60, 0) is not None
    with psycopg.connect(
        server.url, autocommit=True, row_factory=psycopg.rows.dict_row, cursor_factory=psycopg.RawCursor
    ) as postgres:
        its_store = SqlReplayStore(postgres)
        assert its_store.claim(key := fresh(), 60, 0) is not None
        assert its_store.claim(key, 60, 0) is None


def test_a_pool_gives_connections_back_as_they_were(server: PostgresServer) -> None:
    with psycopg_pool.ConnectionPool(server.url, min_size=1, max_size=1) as pool:
        store = SqlReplayStore(pool, table="no_such_table")
        with pytest.raises(psycopg.errors.UndefinedTable):
            store.claim("a", 60, 0)
        SqlReplayStore(pool).claim(fresh(), 60, 0)
        with pool.connection() as connection:
            assert not connection.autocommit


@pytest.mark.parametrize("kind", ["threads", "loop", "loop, async"])
def test_receivers(kind: str, server: PostgresServer) -> None:
    runtime: Any = Threads() if kind == "threads" else Loop()

    async def open_pool() -> Any:
        return await asyncpg.create_pool(server.url)

    pool = asyncio.run_coroutine_threadsafe(open_pool(), runtime.loop).result(60) if "async" in kind else None
    try:
        store: Any = in_memory()[1] if pool is None else SqlReplayStore(pool)
        receiver = runtime.make(HOOK, {"*.*": lambda event, _: event.record["id"]}, replay_store=store)
        body, failing = record(), without_id()
        verdicts = [runtime.send(receiver, sent)[1] for sent in [body, body, failing, failing]]
        assert verdicts == ["handled", "duplicate", "handler_failed", "handler_failed"]
    finally:
        if pool is not None:
            asyncio.run_coroutine_threadsafe(pool.close(), runtime.loop).result(60)
        runtime.close()
