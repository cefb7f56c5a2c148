"""Receivers on threads."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from twenty_webhook import _threads
from twenty_webhook._claims import Asking, Late, NoAnswerError
from twenty_webhook._course import Course
from twenty_webhook._guard import called, outcome
from twenty_webhook._handlers import Function
from twenty_webhook._receiver import Receiver
from twenty_webhook._running import Running
from twenty_webhook._types import Answer

if TYPE_CHECKING:
    from twenty_webhook._wsgi_request import WsgiRequest

T = TypeVar("T")


class SyncReceiver(Receiver):
    def __init__(self, webhook: Any, handlers: Any, options: Any) -> None:
        super().__init__(SyncRuntime(Running()), webhook, handlers, **options)
        for function in [*self.functions, self.webhook, self.on_error, self.on_outcome]:
            if isinstance(function, Function):
                function.refuse_async()
        if self.store is not None and self.store.is_async:
            raise TypeError("this receiver asks stores that are not async: give it one with a client that is not")
        self._unclosed: set[Course] = set()

    def answer(self, request: WsgiRequest) -> tuple[Answer, Afterwards | None]:
        """What to answer, and what is to be closed once that is sent."""
        course = Course(self, request)
        self.running.begin(course)
        try:
            answer = run(course.run())
        except BaseException:
            self.close(course)
            raise
        request.leave(self.core.leftover_bytes)
        if not self.is_observed:
            self.running.end(course)
            return answer, None
        self._unclosed.add(course)
        return answer, Afterwards(self, course)

    def close(self, course: Course) -> None:
        self._unclosed.discard(course)
        try:
            run(course.observe())
        finally:
            self.running.end(course)

    def drain(self) -> None:
        """Returns when nothing runs: no request, no handler in the background, no claim that is late, no function that is told."""
        for course in self._unclosed.intersection(
            self.running.jobs
        ):  # Those of the process that forked this one are none of it.
            self.close(course)
        self.running.nothing().result()


class Afterwards:
    """What is left when an answer is sent: a server then closes it (PEP 3333). Some lose it, and tests seldom close any."""

    def __init__(self, receiver: SyncReceiver, course: Course) -> None:
        self._receiver = receiver
        self._course = course

    def close(self) -> None:
        self._receiver.close(self._course)

    __del__ = close


def run(work: Coroutine[Any, Any, T]) -> T:
    """Runs what never waits in an `await`, because all it calls blocks the thread instead."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("a coroutine waits for an event loop, and there is none")


class SyncRuntime:
    to_the_end = None

    def __init__(self, running: Running) -> None:
        self.running = running
        self._stores, self._finders = _threads.Pool("store"), _threads.Pool("webhook")

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool) -> Any:
        future = self._stores.submit(partial(called, ask))
        if _is_done(future, seconds):
            return outcome(future)
        if future.cancel():
            raise _threads.NoThreadError(self._stores.most)
        raise NoAnswerError(seconds, lambda late: future.add_done_callback(partial(_tell, late)))

    async def find(self, function: Function, within: float, request: object) -> Any:
        """In a thread of its own, because no other can be left alone when it takes too long."""
        future = self._finders.submit(partial(called, function.call, request))
        if _is_done(future, within):
            return outcome(future)
        if future.cancel():
            raise _threads.NoThreadError(self._finders.most)
        raise NoAnswerError(within)

    async def handle(self, function: Function, *arguments: object) -> None:
        called(function.call, *arguments)

    async def call(self, function: Function, *arguments: object) -> None:
        called(function.call, *arguments[: function.takes])

    def afterwards(self, course: Course, work: Coroutine[Any, Any, object]) -> None:
        """At once: a server that closes no answer must not keep an event from its handler."""
        self.go_on(work)

    def go_on(self, work: Coroutine[Any, Any, object]) -> None:
        self.running.begin(work)
        try:
            _threads.background().submit(_threads.in_context(partial(self._run, work)))
        except BaseException:
            self.running.end(work)
            work.close()
            raise

    def _run(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            run(work)
        finally:
            self.running.end(work)

    def later(self, seconds: float, call: Callable[[], object]) -> Callable[[], object]:
        return _threads.alarms().later(seconds, _threads.in_context(call))


class _AtOnce:
    """For who has a thread to wait in."""

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool) -> Any:
        return called(ask)


_AT_ONCE: Asking = _AtOnce()


def _is_done(future: Future[Any], seconds: float) -> bool:
    with suppress(TimeoutError):
        future.exception(seconds)
    return future.done()


def _tell(late: Late, answered: Future[Any]) -> None:
    run(late(_AT_ONCE, partial(outcome, answered)))
