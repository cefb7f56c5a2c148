"""Connections and pools of the packages for PostgreSQL and SQLite. Each is known by its class, and none is imported here."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from twenty_webhook._asking import is_refused, kind, kinds_of, of_one_process

if TYPE_CHECKING:
    import sqlite3


class Connection(NamedTuple):
    """What a store asks of a database."""

    is_async: bool
    first_placeholder: str
    execute: Callable[[str, tuple[Any, ...]], Any]
    """The rows that a statement gives, a list of tuples; where it is async, an awaitable of them."""
    is_embedded: bool = False
    """Whether the database is in this process. sqlite3 crashes if a connection is closed while another thread uses it."""


def connection_of(client: Any) -> Connection:
    """Raises `TypeError` for what is none of these, and `ValueError` for a connection in a mode that does not do."""
    classes = {f"{one.__module__}.{one.__qualname__}" for one in type(client).__mro__}
    for name, make in _CLIENTS.items():
        if name in classes:
            connection = make(client)
            # A pool may be made before a fork and opened after it; asyncpg's does not say whether it is open.
            is_open = not getattr(client, "closed", name.startswith("asyncpg"))
            return connection._replace(execute=of_one_process(connection.execute, is_open))
    raise TypeError(
        "client must be a connection of sqlite3 or psycopg, a pool of psycopg_pool, or a pool of asyncpg, "
        f"not {kind(client)}"
    )


def code_of(error: Exception) -> str:
    """A SQLSTATE, the name of an error of SQLite, or one that stands for what has neither; empty where an answer was lost."""
    for name in ["sqlstate", "sqlite_errorname"]:
        code = getattr(error, name, None)
        if isinstance(code, str):
            return code
    if is_refused(error) or kinds_of(error) & _NEVER_SENT:
        return "ECONNREFUSED"
    return "" if kinds_of(error) & _SILENCE else "XX000"


def _sqlite(connection: sqlite3.Connection) -> Connection:
    # Python 3.12 has the attribute.
    autocommit: Any = getattr(connection, "autocommit", None)
    if not (autocommit if isinstance(autocommit, bool) else connection.isolation_level is None):
        raise ValueError(f"the connection must commit by itself: sqlite3.connect(..., isolation_level=None){_OWN}")
    if not _is_usable_elsewhere(connection):
        raise ValueError(
            "the connection must be usable in several threads: sqlite3.connect(..., check_same_thread=False)"
        )
    lock = threading.Lock()

    def execute(text: str, values: tuple[Any, ...]) -> Any:
        with lock:
            if connection.in_transaction:
                raise RuntimeError(_IN_TRANSACTION)
            cursor = connection.cursor()
            cursor.row_factory = None
            # All of them: the statement commits at its end.
            return cursor.execute(text, values).fetchall()

    return Connection(False, "?", execute, is_embedded=True)


def _is_usable_elsewhere(connection: sqlite3.Connection) -> bool:
    made: list[object] = []

    def look() -> None:
        with suppress(Exception):
            made.append(connection.cursor())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    return bool(made)


def _psycopg(connection: Any) -> Connection:
    _check_psycopg(connection)

    def execute(text: str, values: tuple[Any, ...]) -> Any:
        _check_state(connection)
        return _rows(connection, text, values)

    return Connection(False, "%s", execute)


def _async_psycopg(connection: Any) -> Connection:
    _check_psycopg(connection)

    async def execute(text: str, values: tuple[Any, ...]) -> Any:
        _check_state(connection)
        return await _async_rows(connection, text, values)

    return Connection(True, "%s", execute)


# A statement by itself: in a transaction the row would be locked until its end had gone there and back.


def _psycopg_pool(pool: Any) -> Connection:
    def execute(text: str, values: tuple[Any, ...]) -> Any:
        with pool.connection() as connection:
            connection.autocommit, before = True, connection.autocommit
            try:
                return _rows(connection, text, values)
            finally:
                if not connection.closed:
                    connection.autocommit = before

    return Connection(False, "%s", execute)


def _async_psycopg_pool(pool: Any) -> Connection:
    async def execute(text: str, values: tuple[Any, ...]) -> Any:
        async with pool.connection() as connection:
            before = connection.autocommit
            await connection.set_autocommit(True)
            try:
                return await _async_rows(connection, text, values)
            finally:
                if not connection.closed:
                    await connection.set_autocommit(before)

    return Connection(True, "%s", execute)


def _asyncpg_pool(pool: Any) -> Connection:
    async def execute(text: str, values: tuple[Any, ...]) -> Any:
        return [tuple(row) for row in await pool.fetch(text, *values)]

    return Connection(True, "$1", execute)


def _asyncpg_connection(_: Any) -> Connection:
    raise TypeError("client must not be a connection of asyncpg, which does one thing at a time: pass a pool")


def _check_psycopg(connection: Any) -> None:
    if not connection.autocommit:
        raise ValueError(
            f"the connection must commit by itself: psycopg.connect(..., autocommit=True){_OWN}, or pass a pool"
        )


def _check_state(connection: Any) -> None:
    if connection.closed:
        raise RuntimeError("the connection is closed: give the store a pool, which opens another")
    if connection.info.transaction_status in _TRANSACTIONS:
        raise RuntimeError(_IN_TRANSACTION)


# With a cursor of the plain class, whatever kind of cursors and rows the connection is set to give.


def _rows(connection: Any, text: str, values: tuple[Any, ...]) -> Any:
    import psycopg.rows

    with psycopg.Cursor(connection, row_factory=psycopg.rows.tuple_row) as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


async def _async_rows(connection: Any, text: str, values: tuple[Any, ...]) -> Any:
    import psycopg.rows

    async with psycopg.AsyncCursor(connection, row_factory=psycopg.rows.tuple_row) as cursor:
        await cursor.execute(text, values)
        return await cursor.fetchall() if cursor.description else []


_CLIENTS: dict[str, Callable[[Any], Connection]] = {
    "sqlite3.Connection": _sqlite,
    "psycopg.Connection": _psycopg,
    "psycopg.AsyncConnection": _async_psycopg,
    "psycopg_pool.pool.ConnectionPool": _psycopg_pool,
    "psycopg_pool.pool_async.AsyncConnectionPool": _async_psycopg_pool,
    "asyncpg.pool.Pool": _asyncpg_pool,
    "asyncpg.connection.Connection": _asyncpg_connection,
    "asyncpg.pool.PoolConnectionProxy": _asyncpg_connection,
}

_OWN = ", and one that only the store uses"
_IN_TRANSACTION = "the connection is in a transaction, whose end could undo the claim: give the store one of its own"
# Those of libpq that are open: one in which all is well, and one in which something failed.
_TRANSACTIONS = (2, 3)
_NEVER_SENT = {"PoolTimeout", "PoolClosed", "TooManyRequests"}
_SILENCE = {"OperationalError", "OSError"}
