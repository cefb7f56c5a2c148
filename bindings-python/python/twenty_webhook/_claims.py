"""What receivers ask replay stores, in time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from inspect import iscoroutinefunction
from typing import Any, Protocol, TypeAlias

from twenty_webhook.replay import MemoryReplayStore


class Asking(Protocol):
    """How a store is asked that may take its time."""

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool) -> Any:
        """What it answers. Raises `UserCodeError`, and `NoAnswerError` if it does not in time."""


Late: TypeAlias = Callable[[Asking, Callable[[], Any]], Coroutine[Any, Any, object]]
"""What is done once a store has answered after all; the function given gives the answer, or raises what the store did."""


class NoAnswerError(TimeoutError):
    """No answer in time. `afterwards` is told what to do when one comes."""

    def __init__(self, seconds: float, afterwards: Callable[[Late], object] = lambda _: None) -> None:
        super().__init__(f"no answer within {seconds:g} s")
        self.afterwards = afterwards


class Store:
    """The replay store of one receiver."""

    def __init__(self, store: Any) -> None:
        for method in ["claim", "release"]:
            if not callable(getattr(store, method, None)):
                raise TypeError(f"replay_store must have claim and release, which {type(store).__name__} has not")
        self._store = store
        self._answers_at_once = type(store) is MemoryReplayStore
        is_async = getattr(store, "is_async", None)
        self.is_async = is_async if isinstance(is_async, bool) else iscoroutinefunction(store.claim)
        # What a framework does around each asking.
        self.around: Callable[[Callable[[], Any]], Callable[[], Any]] = lambda ask: ask

    async def claim(self, asking: Asking, within: float, key: str, ttl: float, window: float) -> Any:
        return await self._asked(asking, within, lambda: self._store.claim(key, ttl, window))

    async def release(self, asking: Asking, within: float, key: str, token: str) -> None:
        await self._asked(asking, within, lambda: self._store.release(key, token))

    async def _asked(self, asking: Asking, within: float, ask: Callable[[], Any]) -> Any:
        if self._answers_at_once:
            return ask()
        return await asking.within(within, self.around(ask), self.is_async)
