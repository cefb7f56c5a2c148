"""Receivers on threads."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import partial
from typing import Any, TypeVar

from twenty_webhook import _threads
from twenty_webhook._claims import Asking, Late, NoAnswerError
from twenty_webhook._guard import called
from twenty_webhook._handlers import Function, refuse_async
from twenty_webhook._receiver import Receiver
from twenty_webhook._webhook import Webhook

T = TypeVar("T")


def sync_receiver(webhook: Webhook, handlers: Any, options: Any) -> Receiver:
    receiver = Receiver(SyncRuntime(), webhook, handlers, **options)
    for function in receiver.functions:
        refuse_async(function)
    if receiver.on_error is not None:
        refuse_async(receiver.on_error)
    if receiver.store is not None and receiver.store.is_async:
        raise TypeError("this receiver asks stores that are not async: give it one with a client that is not")
    return receiver


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
    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool) -> Any:
        future = _threads.store_pool().submit(partial(called, ask))
        try:
            return future.result(seconds)
        except TimeoutError:
            if future.done():
                return future.result()
        if future.cancel():  # No thread was free, so the store was not asked.
            raise NoAnswerError(seconds, None)
        raise NoAnswerError(seconds, lambda late: future.add_done_callback(partial(_tell, late)))

    async def call(self, function: Function, *arguments: object) -> None:
        called(function, *arguments)

    async def to_the_end(self, work: Coroutine[Any, Any, T]) -> T:
        return await work

    def begin(self, work: Coroutine[Any, Any, object]) -> None:
        _threads.background().submit(run, work)

    def later(self, seconds: float, call: Callable[[], object]) -> Callable[[], object]:
        return _threads.alarms().later(seconds, call)


class _AtOnce:
    """For who has a thread to wait in."""

    async def within(self, seconds: float, ask: Callable[[], Any], is_async: bool) -> Any:
        return called(ask)


_AT_ONCE: Asking = _AtOnce()


def _tell(late: Late, answered: Future[Any]) -> None:
    run(late(_AT_ONCE, answered.result))
