"""Claims on deliveries, in time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from inspect import iscoroutinefunction
from typing import Any, Protocol, TypeAlias

from twenty_webhook._core import RECEIVER_LIMITS
from twenty_webhook.replay import MemoryReplayStore


class Asking(Protocol):
    """How a store is asked that may take its time."""

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool, late: Late | None) -> Any:
        """What it answers. `TimeoutError` if it does not in time; `late` is told the answer when it comes."""


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
        self._answers_at_once = isinstance(store, MemoryReplayStore)
        self.is_async = bool(getattr(store, "is_async", iscoroutinefunction(store.claim)))

    async def take(
        self, delivery_id: str, asking: Asking, *, unreleased: Callable[[Exception], object] | None
    ) -> Claim | None:
        """A claim, or `None` for a duplicate. Raises what the store does, and `TimeoutError`.

        A claim that comes too late is released, unless `unreleased`, which is told of failures then, is `None`.
        """
        key = f"{self._namespace}:{delivery_id}"

        async def release(asking: Asking, token: Any) -> None:
            if token is None or unreleased is None:
                return
            try:
                await self.release(asking, key, token)
            except Exception as error:
                unreleased(error)

        token = await self.ask(asking, lambda: self._store.claim(key, *self._lifetimes), release)
        return None if token is None else Claim(self, key, token)

    async def ask(self, asking: Asking, ask: Callable[[], Any], late: Late | None = None) -> Any:
        if self._answers_at_once:
            return ask()
        return await asking.within(_STORE_TIMEOUT, ask, self.is_async, late)

    async def release(self, asking: Asking, key: str, token: Any) -> None:
        await self.ask(asking, lambda: self._store.release(key, token))


class Claim:
    """One delivery that is this receiver's to handle; of no store, if there is none to ask."""

    def __init__(self, claims: Claims | None, key: str = "", token: Any = None) -> None:
        self._claims = claims
        self._key = key
        self._token = token

    async def release(self, asking: Asking) -> None:
        if self._claims is not None:
            await self._claims.release(asking, self._key, self._token)


_STORE_TIMEOUT = RECEIVER_LIMITS[2]
