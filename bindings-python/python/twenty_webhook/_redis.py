"""Claims in Redis or Valkey."""

from __future__ import annotations

from collections.abc import Awaitable
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from typing import Any, Generic, Protocol, TypeVar, overload

from twenty_webhook._asking import (
    OddAnswerError,
    is_refused,
    kind,
    kinds_of,
    new_token,
    until_answered,
    until_answered_async,
)
from twenty_webhook._guard import named
from twenty_webhook._types import ClaimFailure

A_co = TypeVar("A_co", covariant=True)


class _Client(Protocol):
    def set(self, name: str, value: str, /, *, nx: bool, px: int) -> Any: ...
    def get(self, name: str, /) -> Any: ...
    def eval(self, script: str, numkeys: int, /, *keys_and_args: str) -> Any: ...
    def execute_command(self, /, *args: Any, **options: Any) -> Any: ...


class _AsyncClient(_Client, Protocol):
    async def aclose(self) -> None: ...


class RedisReplayStore(Generic[A_co]):
    """Claims in Redis or Valkey, through a client of yours: `redis.Redis`, or `redis.asyncio.Redis` for receivers that
    are asynchronous.

    Give the client a `socket_timeout`, so that what waits for an answer does not pile up: of some seconds, because a
    receiver, which itself waits for one, releases a claim that comes later, if the client still takes it.

        store = RedisReplayStore(redis.Redis.from_url("redis://localhost", socket_timeout=5))
    """

    @overload
    def __init__(self: RedisReplayStore[Awaitable[str | None]], client: _AsyncClient) -> None: ...
    @overload
    def __init__(self: RedisReplayStore[str | None], client: _Client) -> None: ...
    def __init__(self, client: Any) -> None:
        if not _fits(client):
            raise TypeError(
                f"client must be one of redis-py (or valkey-py), such as redis.Redis, and no pipeline: not {kind(client)}"
            )
        self._client = client
        self.is_async: bool = iscoroutinefunction(getattr(client, "execute_command", None))

    def claim(self, key: str, ttl: float, window: float, /) -> A_co:
        """Claims a key for `ttl` seconds: a token, or `None` where it is claimed already.

        What was asked and not answered is asked again for a minute: a receiver, which has gone on after a second, gives
        up what is found then.
        """
        token, milliseconds = new_token(), min(round(ttl * 1_000), _LONGEST)
        claim = self._claimed if self.is_async else self._claimed_at_once
        claimed: Any = claim(key, token, milliseconds)
        return claimed  # type: ignore[no-any-return]

    def _claimed_at_once(self, key: str, token: str, milliseconds: int) -> Any:
        def ask() -> Any:
            for _ in range(_TURNS):
                is_set = self._client.set(key, token, nx=True, px=milliseconds)
                if isawaitable(is_set):
                    return is_set
                if self._is_granted(is_set):
                    return True
                held = self._client.get(key)
                if held is not None:
                    return self._is_held_with(token, held)
            raise self._contradiction()

        is_ours = until_answered(ask, partial(self.release, key, token), _failure_of)
        if isawaitable(is_ours):  # Of a client that is not seen to be async.
            return self._claimed(key, token, milliseconds, is_ours)
        return token if is_ours else None

    async def _claimed(
        self, key: str, token: str, milliseconds: int, asked: Awaitable[Any] | None = None
    ) -> str | None:
        async def ask() -> bool:
            nonlocal asked
            for _ in range(_TURNS):
                first, asked = asked, None
                if self._is_granted(await (first or self._client.set(key, token, nx=True, px=milliseconds))):
                    return True
                held = await self._client.get(key)
                if held is not None:
                    return self._is_held_with(token, held)
            raise self._contradiction()

        is_ours = await until_answered_async(ask, partial(self.release, key, token), _failure_of)
        return token if is_ours else None

    def release(self, key: str, token: str, /) -> Any:
        """Gives a claim up, if it is still this token's."""
        return self._client.eval(_RELEASE, 1, key, token)

    def _is_granted(self, answer: object) -> bool:
        """Only what redis-py makes of `OK`, with callbacks for answers and without, and of nil."""
        if answer is None:
            return False
        if answer is True or (isinstance(answer, str | bytes) and answer in ("OK", b"OK")):
            return True
        raise OddAnswerError(
            f"{kind(self._client)} answered SET with {named(answer)}, which no client of redis-py does"
        )

    def _contradiction(self) -> OddAnswerError:
        """What held the key may have been released in between, but not again and again."""
        return OddAnswerError(f"{kind(self._client)} answered that the key is taken, and that it is not there")

    def _is_held_with(self, token: str, held: object) -> bool:
        """A client that lost the answer asks again by itself, and what it then finds may be its own claim."""
        if isinstance(held, str | bytes):
            return held in (token, token.encode())
        raise OddAnswerError(f"{kind(self._client)} answered GET with {named(held)}, which no client of redis-py does")


def _fits(client: Any) -> bool:
    """A pipeline and other libraries' clients have methods of the same names, and answer otherwise."""
    methods = ["set", "get", "eval", "execute_command"]
    return (
        not isinstance(client, type)
        and not hasattr(client, "execute")
        and all(callable(getattr(client, method, None)) for method in methods)
    )


def _failure_of(error: Exception) -> ClaimFailure:
    kinds = kinds_of(error)
    if kinds & _WILL_PASS:
        return "passing"
    return "lost" if kinds & _SILENCE and not (kinds & _ANSWERS or is_refused(error)) else "final"


# The errors of a server that starts, or that another is about to take over from:
_WILL_PASS = {"BusyLoadingError", "ClusterDownError", "MasterDownError", "ReadOnlyError", "TryAgainError"}
_SILENCE = {"ConnectionError", "TimeoutError", "OSError"}
_ANSWERS = {"AuthenticationError", "ResponseError"}

_TURNS = 3

_RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"

# Redis adds the time to it and must be able to count that.
_LONGEST = 1 << 62
