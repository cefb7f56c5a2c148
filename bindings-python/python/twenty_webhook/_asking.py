"""How a database is asked for a claim: with a token of its own, and again where the answer was lost."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

from twenty_webhook._core import ask_again_after
from twenty_webhook._types import ClaimFailure

T = TypeVar("T")
FailureOf: TypeAlias = Callable[[Exception], ClaimFailure]


class OddAnswerError(TypeError):
    """A database's answer is none. It may have claimed all the same, so the claim is to be released."""


def until_answered(ask: Callable[[], T], release: Callable[[], object], failure_of: FailureOf) -> T:
    """What is answered, to this or a later asking: one whose answer was lost may have claimed, whatever is answered then.

    What nobody can find out is released: it would keep out the same event sent again.
    """
    search = _Search(failure_of)
    while True:
        try:
            return ask()
        except Exception as error:
            if not search.goes_on(error):
                if search.may_have_claimed(error):
                    with suppress(Exception):
                        release()
                raise
        time.sleep(search.pause)


async def until_answered_async(
    ask: Callable[[], Awaitable[T]], release: Callable[[], Awaitable[object]], failure_of: FailureOf
) -> T:
    """The same."""
    search = _Search(failure_of)
    while True:
        try:
            return await ask()
        except Exception as error:
            if not search.goes_on(error):
                if search.may_have_claimed(error):
                    with suppress(Exception):
                        await release()
                raise
        await asyncio.sleep(search.pause)


class _Search:
    def __init__(self, failure_of: FailureOf) -> None:
        self._failure_of = failure_of
        self._began = time.monotonic()
        self._asking = 0
        self.pause = 0.0
        self._may_be_ours = False

    def goes_on(self, error: Exception) -> bool:
        failure = self._failure_of(error)
        self._may_be_ours = self._may_be_ours or failure == "lost"
        if not (self._may_be_ours or failure == "passing"):
            return False
        self.pause = ask_again_after(self._asking, (time.monotonic() - self._began) * 1_000) / 1_000
        self._asking += 1
        return self.pause >= 0

    def may_have_claimed(self, error: Exception) -> bool:
        return self._may_be_ours or isinstance(error, OddAnswerError)


def of_one_process(execute: Callable[..., Any], is_open: bool) -> Callable[..., Any]:
    """What asks over a connection, in the process only that opened it: a fork shares its socket or its locks, and one process
    would read the other's answers.

    The process is looked at each time, because uWSGI forks without what `os.register_at_fork` registers.
    """
    process = os.getpid() if is_open else None

    def execute_here(*given: Any) -> Any:
        nonlocal process
        process = process or os.getpid()
        if process != os.getpid():
            raise RuntimeError(_FORKED)
        return execute(*given)

    return execute_here


_FORKED = (
    "the connection was opened before this process was forked: open it in each process,"
    " in gunicorn without --preload, in uWSGI with --lazy-apps"
)


def is_refused(error: BaseException) -> bool:
    """Whether there was no connection to send anything over."""
    cause = error.__cause__ or error.__context__
    return isinstance(error, ConnectionRefusedError) or (cause is not None and is_refused(cause))


def kinds_of(error: Exception) -> set[str]:
    """By name, because no package of a client is asked for."""
    return {kind.__name__ for kind in type(error).__mro__}


def new_token() -> str:
    """128 random bits: no two claims share one, on whatever machines they are made."""
    return os.urandom(16).hex()


def kind(client: object) -> str:
    return f"{type(client).__module__}.{type(client).__qualname__}"
