"""Connections and pools: which fit, which do not, and what their answers and errors say about a claim."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import asyncpg
import psycopg
import psycopg_pool
import pytest
from drivers import HOOK, Threads
from twenty_webhook.replay import SqlReplayStore

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


def test_a_connection_of_sqlite_must_commit_by_itself_and_serve_all_threads() -> None:
    with pytest.raises(ValueError, match=r"must commit by itself: sqlite3.connect\(..., isolation_level=None\)"):
        SqlReplayStore(sqlite3.connect(":memory:", check_same_thread=False))
    with pytest.raises(ValueError, match=r"several threads: sqlite3.connect\(..., check_same_thread=False\)"):
        SqlReplayStore(sqlite3.connect(":memory:", isolation_level=None))


def test_what_is_none_of_them_is_refused() -> None:
    class Mine:
        def execute(self, *_: object) -> None: ...

    class Bare(asyncpg.connection.Connection):  # type: ignore[misc,type-arg,unused-ignore]
        def __del__(self) -> None: ...

    connections: list[Any] = [object.__new__(Bare), object.__new__(asyncpg.pool.PoolConnectionProxy)]
    for connection in connections:
        with pytest.raises(TypeError, match="asyncpg, which does one thing at a time: pass a pool"):
            SqlReplayStore(connection)
    others: list[Any] = [None, "claims.db", Mine(), sqlite3.Connection, sqlite3]
    for other in others:
        with pytest.raises(TypeError, match=r"client must be a connection of sqlite3 or psycopg, a pool .*, not "):
            SqlReplayStore(other)


def test_pools_are_known_before_they_are_opened() -> None:
    pools: list[Any] = [
        psycopg_pool.ConnectionPool(NOWHERE, open=False),
        psycopg_pool.NullConnectionPool(NOWHERE, open=False),
        psycopg_pool.AsyncConnectionPool(NOWHERE, open=False),
        psycopg_pool.AsyncNullConnectionPool(NOWHERE, open=False),
        Told([]),
    ]
    assert [SqlReplayStore(pool).is_async for pool in pools] == [False, False, True, True, True]
    with pytest.raises(TypeError, match="async"):
        Threads.make(HOOK, print, replay_store=SqlReplayStore(pools[2]))


def test_a_name_of_a_table_is_no_place_for_sql() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for table in ["", "a b", "a;b", 'a"', "a.b.c", "1a", "é", "a" * 51]:
        with pytest.raises(ValueError, match=r"^The table's name must be up to 50 ASCII letters"):
            SqlReplayStore(connection, table=table)
    with pytest.raises(TypeError, match="table must be a str"):
        SqlReplayStore(connection, table=1)  # type: ignore[call-overload]
    store = SqlReplayStore(connection, table="Order")
    for _ in range(2):
        connection.executescript(store.create_table)
    token = store.claim("a", 60, 0)
    assert connection.execute('SELECT token FROM "Order"').fetchall() == [(token,)]


class Told(asyncpg.pool.Pool):  # type: ignore[misc,type-arg,unused-ignore]
    """A pool that answers claims with what it is told, or raises it."""

    def __init__(self, answers: list[Any]) -> None:
        self.answers = answers
        self.asked = 0

    def __del__(self) -> None: ...

    async def fetch(self, text: str, *values: Any, **_: Any) -> Any:
        if text.startswith("DELETE"):
            return []
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else [values[:2]]
        if isinstance(answer, Exception):
            raise answer
        return answer


def claimed(pool: Told) -> str | None:
    return asyncio.run(SqlReplayStore(pool).claim("a", 60, 0))


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([], "list"),
        ([("a",), ("b",)], "list"),
        ([()], "list"),
        ([("a",)], "list"),
        ([("a", "b", "c")], "list"),
        ([("a", None)], "None"),
        ([("a", "")], "str"),
        ([("a", b"t")], "bytes"),
        ([("a", 7)], "int"),
    ],
)
def test_a_database_that_does_not_give_one_token_has_neither_granted_nor_refused(rows: Any, named: str) -> None:
    with pytest.raises(TypeError, match=rf"Told answered INSERT with {named}, and not with one row of a token"):
        claimed(Told([rows]))


def test_another_s_token_is_a_refusal() -> None:
    assert claimed(Told([[("a", "another's")]])) is None


def test_an_answer_for_another_claim_is_no_refusal() -> None:
    """As two processes read each other's that share a socket."""
    with pytest.raises(TypeError, match="Told answered for another claim: something else uses its connection, too"):
        claimed(Told([[("another", "another's")]]))


REFUSED = OSError("Multiple exceptions")
REFUSED.__cause__ = ConnectionRefusedError()
errors = asyncpg.exceptions


def test_a_database_that_will_be_well_again_is_asked_again_and_one_that_refuses_is_not() -> None:
    for error in [
        errors.SerializationError("no"),
        errors.DeadlockDetectedError("no"),
        errors.TooManyConnectionsError("no"),
        errors.ReadOnlySQLTransactionError("no"),
        errors.CannotConnectNowError("no"),
        ConnectionResetError(),
        TimeoutError(),
        psycopg.OperationalError("consuming input failed: server closed the connection unexpectedly"),
    ]:
        pool = Told([error])
        assert claimed(pool) is not None, error
        assert pool.asked == 2
    for error in [
        errors.UndefinedTableError("no"),
        errors.InsufficientPrivilegeError("no"),
        errors.InterfaceError("the pool is closed"),
        psycopg_pool.PoolTimeout("no connection within 30 s"),
        psycopg_pool.PoolClosed("no"),
        psycopg.ProgrammingError("no"),
        ConnectionRefusedError(),
        REFUSED,
        ValueError("no"),
    ]:
        pool = Told([error])
        with pytest.raises(type(error)):
            claimed(pool)
        assert pool.asked == 1, error


def test_a_claim_whose_answer_was_lost_is_found_whatever_is_said_in_between() -> None:
    said = [ConnectionResetError(), errors.CannotConnectNowError("no"), errors.UndefinedTableError("no"), REFUSED]
    pool = Told(list(said))
    assert claimed(pool) is not None
    assert pool.asked == 5
