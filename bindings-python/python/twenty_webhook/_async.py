"""Receivers in asyncio's event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, Any

from twenty_webhook import _threads
from twenty_webhook._claims import Late, NoAnswerError
from twenty_webhook._course import Course
from twenty_webhook._guard import awaited, begun, called, ended, finished, outcome
from twenty_webhook._receiver import Receiver
from twenty_webhook._running import Running
from twenty_webhook._tasks import begin, begin_surely, done, in_thread, is_cancelled, is_done
from twenty_webhook._types import Answer

if TYPE_CHECKING:
    from twenty_webhook._handlers import Function
    from twenty_webhook._request import Request


class AsyncReceiver(Receiver):
    def __init__(self, webhook: Any, handlers: Any, options: Any) -> None:
        super().__init__(AsyncRuntime(Running()), webhook, handlers, **options)

    async def serve(self, request: Request, send: Callable[[Answer], Awaitable[None]]) -> None:
        """Answers, then does what is left in the server's own call, which a server that ends waits for.

        Some frameworks cancel what they wait for when the client goes away: what has begun goes on.
        """
        answer, course = await self.answer(request)
        try:
            await send(answer)
        finally:
            rest = self.rest(course)
        if rest is not None:
            await course.awaited(rest)

    async def answer(self, request: Request) -> tuple[Answer, Course]:
        """What to answer; the `rest` is to be begun then."""
        course = Course(self, request)
        self.running.begin(course)
        try:
            return await course.run(), course
        except BaseException:
            self.rest(course)
            raise

    def rest(self, course: Course) -> asyncio.Task[None] | None:
        """Begins what is left of a request that is answered."""
        if course.is_over:
            self.running.end(course)
            return None
        rest = begin_surely(_rest(course))
        rest.add_done_callback(lambda _: self.running.end(course))
        return rest

    async def drain(self) -> None:
        await asyncio.wrap_future(self.running.nothing())


async def _rest(course: Course) -> None:
    if course.work is not None:
        await done(course.work)
    background = None if course.background is None else begin_surely(course.background)
    if background is not None and is_cancelled():
        background.cancel()
    await course.observe()
    if background is not None:
        await done(background)


class AsyncRuntime:
    def __init__(self, running: Running) -> None:
        self.running = running
        self._stores, self._finders = _threads.Pool("store"), _threads.Pool("webhook")

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool) -> Any:
        """Not `wait_for`: it cancels, and nobody would know whether the claim was made."""
        queued = None if is_async else self._stores.submit(partial(begun, ask))
        task = begin(ended(begun(ask))) if queued is None else begin_surely(_answer(queued, seconds))
        if await is_done(task, seconds):
            return outcome(task)
        if queued is not None and queued.cancel():
            raise _threads.NoThreadError(self._stores.most)
        raise NoAnswerError(seconds, lambda late: task.add_done_callback(partial(_tell, self, late)))

    async def find(self, function: Function, within: float, request: object) -> Any:
        find = partial(begun, function.call, request)
        queued = None if function.is_async else self._finders.submit(find)
        task = begin(ended(find()) if queued is None else _given(queued))
        try:
            found, _ = await asyncio.wait({task}, timeout=within)
        finally:
            task.cancel()
        if not found:
            if queued is not None and queued.cancel():
                raise _threads.NoThreadError(self._finders.most)
            raise NoAnswerError(within)
        return outcome(task)

    async def handle(self, function: Function, *arguments: object) -> None:
        if is_cancelled():  # The loop ends: no handler is begun any more.
            raise asyncio.CancelledError
        await self.call(function, *arguments)

    async def call(self, function: Function, *arguments: object) -> None:
        call = partial(begun, function.call, *arguments[: function.takes])
        result = call() if function.is_async else await in_thread(call)
        if not called(isawaitable, result):
            begun(finished, result)
            return
        try:
            await awaited(begin(ended(result)))
        finally:
            if issubclass(type(result), Coroutine):  # Its task may not have begun.
                result.close()

    async def to_the_end(self, course: Course, work: Coroutine[Any, Any, Answer]) -> Answer:
        course.work = begin_surely(work)
        return await course.awaited(course.work)

    def afterwards(self, course: Course, work: Coroutine[Any, Any, object]) -> None:
        course.background = work

    def go_on(self, work: Coroutine[Any, Any, object]) -> None:
        begin_surely(work)

    def later(self, seconds: float, call: Callable[[], object]) -> Callable[[], object]:
        return asyncio.get_running_loop().call_later(seconds, call).cancel


async def _answer(queued: Future[Any], patience: float) -> Any:
    """Of a store that is asked in a thread, and may give an awaitable still."""
    asked = asyncio.wrap_future(queued)
    try:
        if is_cancelled():
            raise asyncio.CancelledError
        await asyncio.wait({asked})
    except asyncio.CancelledError:  # The loop ends, and the claim may be granted still.
        if not await is_done(asked, patience):
            raise
    if asked.cancelled():
        raise asyncio.CancelledError
    return await ended(outcome(asked))


async def _given(queued: Future[Any]) -> Any:
    return await ended(await asyncio.wrap_future(queued))


def _tell(asking: AsyncRuntime, late: Late, answered: asyncio.Task[Any]) -> None:
    if not answered.cancelled():
        begin_surely(late(asking, partial(outcome, answered)))
