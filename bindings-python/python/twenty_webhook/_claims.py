"""Claims on deliveries, in time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from inspect import iscoroutinefunction
from typing import Any, Protocol, TypeAlias

from twenty_webhook._core import RECEIVER_LIMITS
from twenty_webhook._guard import called, cause_of, named
from twenty_webhook.replay import MemoryReplayStore


class Asking(Protocol):
    """How a store is asked that may take its time."""

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool, late: Late | None) -> Any:
        """What it answers. Raises `UserCodeError`, and `TimeoutError` if it does not in time; `late` is told the answer
        when it comes."""


Late: TypeAlias = Callable[[Asking, Any], Coroutine[Any, Any, None]]


class Claims:
    """The claims of one receiver in its store."""

    def __init__(self, store: Any, namespace: str, ttl: float, window: float) -> None:
        for method in ["claim", "release"]:
            if not callable(getattr(store, method, None)):
                raise TypeError(f"replay_store must have claim and release, which {type(store).__name__} has not")
        self._store = store
        self._namespace = namespace
        self._lifetimes = (ttl, window)
        self._answers_at_once = type(store) is MemoryReplayStore
        is_async = getattr(store, "is_async", None)
        self.is_async = is_async if isinstance(is_async, bool) else iscoroutinefunction(store.claim)

    def begin(self, delivery_id: str, unreleased: Callable[[BaseException], object]) -> Claim:
        """Of one delivery. `unreleased` is told if it is given up and could not be released."""
        return Claim(self, f"{self._namespace}:{delivery_id}", unreleased)

    async def ask(self, asking: Asking, ask: Callable[[], Any], late: Late | None = None) -> Any:
        if self._answers_at_once:
            return called(ask)
        return await asking.within(_STORE_TIMEOUT, ask, self.is_async, late)

    async def claim(self, asking: Asking, key: str, late: Late) -> str | None:
        return _token(await self.ask(asking, lambda: self._store.claim(key, *self._lifetimes), late))

    async def release(self, asking: Asking, key: str, token: str) -> None:
        await self.ask(asking, lambda: self._store.release(key, token))


class Claim:
    """One delivery that a receiver wants to handle."""

    def __init__(self, claims: Claims, key: str, unreleased: Callable[[BaseException], object]) -> None:
        self._claims = claims
        self._key = key
        self._unreleased = unreleased
        # A late answer comes in a thread of its own.
        self._lock = threading.Lock()
        self._token: str | None = None
        self._is_given_up = False

    async def take(self, asking: Asking) -> bool:
        """Whether it is this receiver's, and no duplicate. Raises what the store does, and `TimeoutError`: then it may
        still be granted."""
        self._token = await self._claims.claim(asking, self._key, self._late)
        return self._token is not None

    async def give_up(self, asking: Asking) -> None:
        """For who sends the same event again; a claim that is late, once it comes."""
        with self._lock:
            self._is_given_up, token = True, self._token
        await self._release(asking, token)

    async def _late(self, asking: Asking, answer: Any) -> None:
        try:
            token = _token(answer)
        except TypeError as error:
            self._unreleased(error)
            return
        with self._lock:
            self._token, is_given_up = token, self._is_given_up
        if is_given_up:
            await self._release(asking, token)

    async def _release(self, asking: Asking, token: str | None) -> None:
        if token is None:
            return
        try:
            await self._claims.release(asking, self._key, token)
        except Exception as error:
            self._unreleased(cause_of(error))


def _token(answer: Any) -> str | None:
    """A store's word for granted is a token, its word for held is `None`: nothing else counts as either."""
    if answer is None or (issubclass(type(answer), str) and str.__len__(answer)):
        token: str | None = answer
        return token
    raise TypeError(
        f"claim must return a token, which is a str that is not empty, or None, and returned {named(answer)}"
    )


def no_answer_within(seconds: float) -> str:
    return f"no answer within {seconds:g} s"


_STORE_TIMEOUT = RECEIVER_LIMITS[2]
