"""Connections and pools of databases, as type checkers know them. Their packages need not be there."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Protocol, TypeAlias


class _Sqlite(Protocol):
    @property
    def in_transaction(self) -> bool: ...
    @property
    def total_changes(self) -> int: ...


class _Psycopg(Protocol):
    @property
    def autocommit(self) -> bool: ...
    def transaction(self) -> AbstractContextManager[Any]: ...


class _PsycopgPool(Protocol):
    def connection(self) -> AbstractContextManager[Any]: ...
    def putconn(self, conn: Any) -> None: ...


class _AsyncPsycopg(Protocol):
    @property
    def autocommit(self) -> bool: ...
    def transaction(self) -> AbstractAsyncContextManager[Any]: ...


class _AsyncPsycopgPool(Protocol):
    def connection(self) -> AbstractAsyncContextManager[Any]: ...
    async def putconn(self, conn: Any) -> None: ...


class _AsyncpgPool(Protocol):
    async def fetch(self, query: str, *args: Any) -> Any: ...
    async def expire_connections(self) -> None: ...


SqlClient: TypeAlias = _Sqlite | _Psycopg | _PsycopgPool
AsyncSqlClient: TypeAlias = _AsyncPsycopg | _AsyncPsycopgPool | _AsyncpgPool
