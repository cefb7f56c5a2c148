"""Calls of what is the user's own: handlers, observers, finders, clocks, loggers, stores."""

from __future__ import annotations

import asyncio
import concurrent.futures
import sys
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator
from inspect import isawaitable
from typing import Any


class UserCodeError(Exception):
    """What the user's own code raised, in an exception of ours.

    As it is it would not arrive: coroutines and futures refuse `StopIteration`, an event loop takes `CancelledError` for
    its own word.
    """

    def __init__(self, cause: BaseException) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


def called(function: Callable[..., Any], *arguments: object, **named: object) -> Any:
    """What it returns. Raises `UserCodeError`, and what ends the program or the greenlet."""
    try:
        return finished(function(*arguments, **named))
    except BaseException as error:
        raise _raised(error) from None


def begun(function: Callable[..., Any], *arguments: object) -> Any:
    """The same of a function that may return an awaitable, for `ended`."""
    try:
        return function(*arguments)
    except BaseException as error:
        raise _raised(error) from None


def finished(result: Any) -> Any:
    """What a function returned that is done then. One that is not has done nothing yet, and nothing would make it."""
    if type(result) not in _PLAIN and isinstance(result, Awaitable | Generator | AsyncGenerator | map | filter):
        if isinstance(result, Coroutine | Generator):
            result.close()
        raise TypeError(f"the function returned {type(result).__name__}, which nothing runs")
    return result


# Asking abstract classes takes longer than calling most functions.
_PLAIN = {type(None), bool, int, str, dict}


async def ended(result: Any) -> Any:
    """What `begun` returned, once it is awaited. It needs a task of its own, whose `outcome` is what to look at."""
    try:
        result = await result if isawaitable(result) else result
        return result if asyncio.isfuture(result) else finished(result)  # A task runs by itself.
    except (SystemExit, KeyboardInterrupt) as error:  # A task would hand it to its loop, which would end.
        raise _raised(error) from None


def outcome(done: asyncio.Future[Any] | concurrent.futures.Future[Any]) -> Any:
    """What `called`, `begun` or `ended` came to in a thread or a task that nobody else cancels. Whatever that raised has ended
    nothing but the thread's or the task's own work."""
    try:
        return done.result()
    except UserCodeError:
        raise
    except BaseException as error:
        raise UserCodeError(error) from None


async def awaited(task: asyncio.Task[Any]) -> Any:
    """The same once it is done. Who is cancelled meanwhile cancels it, and waits for how it takes that."""
    cancelled: asyncio.CancelledError | None = None
    times = 0
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancelled, times = error, times + 1
            if task.cancelling() < times:  # A loop that ends has cancelled it, too.
                task.cancel()
    if cancelled is not None and task.cancelled():
        raise cancelled
    return outcome(task)


def cause_of(error: BaseException) -> BaseException:
    return error.cause if isinstance(error, UserCodeError) else error


def told(cause: BaseException) -> str:
    name = type(cause).__name__
    try:
        text = called(str, cause)
        return (
            "".join([name, ": ", text]) if str.__len__(text) else name
        )  # Without its methods: it may be a subclass's.
    except UserCodeError:
        return f"{name}, whose text cannot be made"


def named(answer: object) -> str:
    """What came, for a sentence: never its content, which may be anybody's."""
    if answer is None or type(answer) is bool:
        return str(answer)
    return type(answer).__name__


def _raised(error: BaseException) -> BaseException:
    return error if isinstance(error, UserCodeError) or _is_an_end(error) else UserCodeError(error)


def _is_an_end(error: BaseException) -> bool:
    """Whether it is meant for more than the function. Signals are raised in the main thread, and a loop has its own way to
    end."""
    if isinstance(error, SystemExit | KeyboardInterrupt):
        is_main = threading.current_thread() is threading.main_thread()
        return is_main and not (isinstance(error, SystemExit) and _is_in_loop())
    # Only a greenlet that another has begun can be killed.
    greenlet = sys.modules.get("greenlet")
    return (
        greenlet is not None and isinstance(error, greenlet.GreenletExit) and greenlet.getcurrent().parent is not None
    )


def _is_in_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
