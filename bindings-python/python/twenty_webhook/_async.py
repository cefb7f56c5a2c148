"""Receivers in asyncio's event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from twenty_webhook import _threads
from twenty_webhook._claims import Late, NoAnswerError
from twenty_webhook._guard import awaited, begun, ended, outcome
from twenty_webhook._handlers import Function
from twenty_webhook._handlers import is_async as is_async_function
from twenty_webhook._receiver import Receiver
from twenty_webhook._webhook import Webhook

T = TypeVar("T")


def async_receiver(webhook: Webhook, handlers: Any, options: Any) -> tuple[Receiver, AsyncRuntime]:
    runtime = AsyncRuntime()
    return Receiver(runtime, webhook, handlers, **options), runtime


class AsyncRuntime:
    def __init__(self) -> None:
        # The loop itself refers to tasks weakly.
        self.tasks: set[asyncio.Task[Any]] = set()

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool) -> Any:
        """Not `wait_for`: it cancels, and nobody would know whether the claim was made."""
        queued = None if is_async else _threads.store_pool().submit(partial(begun, ask))
        task = self._task(_answer(ask, queued))
        done, _ = await asyncio.wait({task}, timeout=seconds)
        if done:
            return outcome(task)
        if queued is not None and queued.cancel():  # No thread was free, so the store was not asked.
            raise NoAnswerError(seconds, None)
        raise NoAnswerError(seconds, lambda late: task.add_done_callback(partial(self._tell, late)))

    async def call(self, function: Function, *arguments: object) -> None:
        call = partial(begun, function, *arguments)
        result = call() if is_async_function(function) else await asyncio.to_thread(call)
        await awaited(self._task(ended(result)))

    async def to_the_end(self, work: Coroutine[Any, Any, T]) -> T:
        """Some frameworks cancel what they wait for when the client goes away."""
        return await asyncio.shield(self._task(work))

    def begin(self, work: Coroutine[Any, Any, object]) -> None:
        self._task(work)

    def later(self, seconds: float, call: Callable[[], object]) -> Callable[[], object]:
        return asyncio.get_running_loop().call_later(seconds, call).cancel

    def _task(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    def _tell(self, late: Late, answered: asyncio.Task[Any]) -> None:
        if not answered.cancelled():
            self.begin(late(self, partial(outcome, answered)))


async def _answer(ask: Callable[[], Any], queued: Future[Any] | None) -> Any:
    """A store whose methods are not seen to be async may give an awaitable still."""
    return await ended(begun(ask) if queued is None else await asyncio.wrap_future(queued))
