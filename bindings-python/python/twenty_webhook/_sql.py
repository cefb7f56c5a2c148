"""Claims in PostgreSQL or SQLite."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable
from contextlib import suppress
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from twenty_webhook import _threads
from twenty_webhook._asking import OddAnswerError, kind, new_token, until_answered, until_answered_async
from twenty_webhook._core import sql_failure, sql_statements
from twenty_webhook._guard import named
from twenty_webhook._sql_clients import code_of, connection_of
from twenty_webhook._types import ClaimFailure
from twenty_webhook._webhook import _LEFT_OUT

if TYPE_CHECKING:
    from twenty_webhook._sql_shapes import AsyncSqlClient, SqlClient

A_co = TypeVar("A_co", covariant=True)


class SqlReplayStore(Generic[A_co]):
    """Claims in a table of PostgreSQL or SQLite, through a connection or a pool of yours: a pool of psycopg_pool or of
    asyncpg; a connection of sqlite3 or of psycopg that is the store's own and commits by itself.

        claims = sqlite3.connect("claims.db", isolation_level=None, check_same_thread=False)
        store = SqlReplayStore(claims)
        claims.executescript(store.create_table)

    Close a connection of sqlite3 once the receiver is drained: closing it while a claim is made crashes Python.

    With asyncpg and with psycopg's `AsyncConnection` and `AsyncConnectionPool` it is for receivers that are asynchronous;
    those take the others, too, and use them in threads.
    """

    create_table: str
    """The statements that make the table and its index, if they are not there yet. The store does not run them."""

    @overload
    def __init__(
        self: SqlReplayStore[Awaitable[str | None]], client: AsyncSqlClient, *, table: str = _LEFT_OUT
    ) -> None: ...
    @overload
    def __init__(self: SqlReplayStore[str | None], client: SqlClient, *, table: str = _LEFT_OUT) -> None: ...
    def __init__(self, client: Any, *, table: str = _LEFT_OUT) -> None:
        """`table` is spelt as the database has it, with its schema before it if need be."""
        if table is not _LEFT_OUT and not isinstance(table, str):
            raise TypeError(f"table must be a str, not {type(table).__name__}")
        self._client = client
        self._connection = connection_of(client)
        self.is_async: bool = self._connection.is_async
        statements = sql_statements(self._connection.first_placeholder, None if table is _LEFT_OUT else table)
        self._statements = json.loads(statements)
        self.create_table = self._statements["createTable"]
        self._claims = count()
        self._deletions: set[asyncio.Task[None]] = set()
        self._deleting = _threads.Pool("deletions", 1)

    def claim(self, key: str, ttl: float, window: float, /) -> A_co:
        """Claims a key for `ttl` seconds: a token, or `None` where it is claimed already.

        What was asked and not answered is asked again for a minute: a receiver, which has gone on after a second, gives
        up what is found then.
        """
        token, milliseconds = new_token(), min(round(ttl * 1_000), _LONGEST)
        claimed: Any = (self._claimed if self.is_async else self._claimed_at_once)(key, token, milliseconds)
        return claimed  # type: ignore[no-any-return]

    def release(self, key: str, token: str, /) -> Any:
        """Gives a claim up, if it is still this token's."""
        return self._connection.execute(self._statements["release"], (key, token))

    def _claimed_at_once(self, key: str, token: str, milliseconds: int) -> str | None:
        def ask() -> bool:
            rows = self._connection.execute(self._statements["claim"], _values(key, token, milliseconds))
            return self._is_granted(key, token, rows)

        is_granted = until_answered(ask, partial(self.release, key, token), _failure_of)
        if self._deletes_now():
            if self._connection.is_embedded:  # Who closes the connection after a claim knows of no thread.
                self._delete()
            else:
                self._deleting.submit(self._delete)
        return token if is_granted else None

    async def _claimed(self, key: str, token: str, milliseconds: int) -> str | None:
        async def ask() -> bool:
            rows = await self._connection.execute(self._statements["claim"], _values(key, token, milliseconds))
            return self._is_granted(key, token, rows)

        is_granted = await until_answered_async(ask, partial(self.release, key, token), _failure_of)
        if self._deletes_now():
            deletion = asyncio.get_running_loop().create_task(self._delete_async())
            self._deletions.add(deletion)
            deletion.add_done_callback(self._deletions.discard)
        return token if is_granted else None

    def _is_granted(self, key: str, token: str, rows: Any) -> bool:
        is_row = isinstance(rows, list) and len(rows) == 1 and len(rows[0]) == 2
        answered, held = rows[0] if is_row else (key, rows)
        if not (isinstance(held, str) and held):
            raise OddAnswerError(
                f"{kind(self._client)} answered INSERT with {named(held)}, and not with one row of a token"
            )
        if answered != key:
            raise OddAnswerError(
                f"{kind(self._client)} answered for another claim: something else uses its connection, too"
            )
        return held == token

    def _deletes_now(self) -> bool:
        return bool(next(self._claims) % self._statements["claimsBetweenDeletions"] == 0)

    # What is not deleted this time is deleted the next.

    def _delete(self) -> None:
        with suppress(Exception):
            self._connection.execute(self._statements["deleteExpired"], (_now(), _now()))

    async def _delete_async(self) -> None:
        with suppress(Exception):
            await self._connection.execute(self._statements["deleteExpired"], (_now(), _now()))


def _failure_of(error: Exception) -> ClaimFailure:
    return sql_failure(code_of(error))


def _values(key: str, token: str, milliseconds: int) -> tuple[str, str, int, int, int]:
    now = _now()
    return key, token, now + milliseconds, now, now


def _now() -> int:
    return int(time.time() * 1_000)


# A time to come must fit into 64 bits.
_LONGEST = 1 << 62
