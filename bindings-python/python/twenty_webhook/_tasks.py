"""Tasks and threads of an event loop. When it ends, it cancels every task and waits until it is done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from contextlib import suppress
from typing import Any, TypeVar

from twenty_webhook._threads import in_context

T = TypeVar("T")

# A loop itself refers to its tasks weakly.
_TASKS: set[asyncio.Task[Any]] = set()


def begin(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Begins a task that is kept until it is done."""
    task = asyncio.get_running_loop().create_task(work)
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)
    return task


def begin_surely(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """The same of work that has to begin, also where the loop ends before it would: `is_cancelled` then says so."""
    return begin(_Sure(work))


def is_cancelled() -> bool:
    """Whether the task that runs has been cancelled, however it took that."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def is_done(future: asyncio.Future[Any], seconds: float) -> bool:
    """Whether it is done within this time. Who is cancelled meanwhile waits on."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not future.done() and (left := end - loop.time()) > 0:
        with suppress(asyncio.CancelledError):
            await asyncio.wait({future}, timeout=left)
    return future.done()


async def done(task: asyncio.Task[Any]) -> None:
    """Waits for a task that the end of the loop cancels, too. Who is cancelled meanwhile waits on."""
    while not task.done():
        with suppress(asyncio.CancelledError):
            await asyncio.wait({task})


async def in_thread(call: Callable[[], Any]) -> Any:
    """Makes a call in one of the loop's threads. None can be ended: who is cancelled waits for it, unless it has not begun."""
    waiting = [call]

    def made() -> Any:
        try:
            call = waiting.pop()
        except IndexError:
            return None
        return call()

    future = asyncio.get_running_loop().run_in_executor(None, in_context(made))
    while not future.done():
        try:
            await asyncio.wait({future})
        except asyncio.CancelledError:
            with suppress(IndexError):
                waiting.pop()
                raise
    return future.result()


class _Sure(Coroutine[Any, Any, T]):
    """A task that is cancelled before its first step throws that into its work, which then never begins."""

    def __init__(self, work: Coroutine[Any, Any, T]) -> None:
        self._work = work
        self._has_begun = False

    def send(self, value: Any) -> Any:
        self._has_begun = True
        return self._work.send(value)

    def throw(self, *thrown: Any) -> Any:
        if not self._has_begun and isinstance(thrown[0], asyncio.CancelledError):
            return self.send(None)
        return self._work.throw(*thrown)

    def close(self) -> None:
        self._work.close()

    def __await__(self) -> Generator[Any, Any, T]:
        return self._work.__await__()
