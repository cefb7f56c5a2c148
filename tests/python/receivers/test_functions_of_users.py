"""What users hand in raises anything at all, or answers something else than it should: nothing of it gets any further."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import greenlet
import pytest
from deliveries import record
from drivers import ERROR, HOOK, WARNING, Loop, Store, Threads, lines
from processes import eventually
from twenty_webhook import WebhookVerificationError


@pytest.fixture(params=[Threads, Loop])
def runtime(request: pytest.FixtureRequest) -> Iterator[Any]:
    runtime = request.param()
    yield runtime
    runtime.close()


class SpeechlessError(Exception):
    def __str__(self) -> str:
        raise LookupError("no text")

    __repr__ = __str__


class Unprintable(str):
    def __format__(self, _: str) -> str:
        raise LookupError("no text")

    __add__ = __radd__ = __str__ = __repr__ = __format__  # type: ignore[assignment]


class OddlySpokenError(Exception):
    def __str__(self) -> str:
        return Unprintable("odd")


class PanicException(BaseException):
    """Stands for that of a module written in Rust: no `Exception`, so that nobody catches it unawares."""


class PanickingError(Exception):
    def __str__(self) -> str:
        raise PanicException


RAISED: list[type[BaseException]] = [
    StopIteration,
    StopAsyncIteration,
    GeneratorExit,
    asyncio.CancelledError,
    concurrent.futures.CancelledError,
    TimeoutError,
    SpeechlessError,
    OddlySpokenError,
    PanicException,
    PanickingError,
    greenlet.GreenletExit,
]
# What leaves a coroutine as one of these is a RuntimeError by then.
PEP_479 = (StopIteration, StopAsyncIteration)
ANYTHING = pytest.mark.parametrize("kind", RAISED)


def raising(kind: type[BaseException]) -> Any:
    def function(*_: object, **__: object) -> None:
        raise kind("one's own")

    return function


def raising_later(kind: type[BaseException]) -> Any:
    async def function(*_: object) -> None:
        await asyncio.sleep(0)
        raise kind("one's own")

    return function


@ANYTHING
@pytest.mark.parametrize("background", [False, True])
def test_a_handler_that_raises_has_failed(
    runtime: Any, kind: type[BaseException], background: bool, caplog: pytest.LogCaptureFixture
) -> None:
    handlers = [raising(kind)]
    if isinstance(runtime, Loop):
        handlers += [raising_later(kind), lambda *given: raising_later(kind)(*given)]
    for handler in handlers:
        told: list[WebhookVerificationError] = []
        store = Store()
        receiver = runtime.make(HOOK, handler, replay_store=store, background=background, on_error=told.append)
        expected = (200, "accepted") if background else (500, "handler_failed")
        assert runtime.send(receiver, record()) == expected
        eventually(lambda told=told: told, 5)
        assert store.verbs == ["claim", "release"]
        assert type(told[0].__cause__) in (kind, RuntimeError if kind in PEP_479 else kind)
        ((level, line),) = lines(caplog)
        assert level == ERROR
        assert line.startswith("handler_failed: The handler failed. (")
        caplog.clear()


@ANYTHING
def test_an_on_error_that_raises_is_logged_only(
    runtime: Any, kind: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    functions = [raising(kind), *([raising_later(kind)] if isinstance(runtime, Loop) else [])]
    for function in functions:
        receiver = runtime.make(HOOK, print, on_error=function)
        assert runtime.send(receiver, record(), {}) == (401, "missing_header")
        assert [level for level, _ in lines(caplog)] == [WARNING, ERROR]
        caplog.clear()


@ANYTHING
@pytest.mark.parametrize("background", [False, True])
def test_an_on_outcome_that_raises_is_logged_only(
    runtime: Any, kind: type[BaseException], background: bool, caplog: pytest.LogCaptureFixture
) -> None:
    functions = [raising(kind), *([raising_later(kind)] if isinstance(runtime, Loop) else [])]
    for function in functions:
        receiver = runtime.make(HOOK, lambda *_: None, on_outcome=function, background=background)
        assert runtime.send(receiver, record()) == (200, "accepted" if background else "handled")
        expected = [(ERROR, "on_outcome raised an exception")] * (2 if background else 1)
        eventually(lambda expected=expected: len(caplog.records) >= len(expected), 5)
        assert lines(caplog) == expected
        caplog.clear()


@ANYTHING
def test_a_function_that_finds_webhooks_and_raises_found_none(
    runtime: Any, kind: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    functions = [raising(kind), *([raising_later(kind)] if isinstance(runtime, Loop) else [])]
    for function in functions:
        assert runtime.send(runtime.make(function, print), record()) == (500, "webhook_unavailable")
        assert [level for level, _ in lines(caplog)] == [ERROR]
        caplog.clear()


@ANYTHING
def test_a_clock_that_raises_gives_no_time(runtime: Any, kind: type[BaseException]) -> None:
    class Zone(tzinfo):
        utcoffset = staticmethod(raising(kind))

    for clock in [raising(kind), lambda: datetime(2026, 1, 1, tzinfo=Zone())]:
        assert runtime.send(runtime.make(HOOK, print, clock=clock), record()) == (500, "internal")


def test_on_error_cannot_change_the_answer(runtime: Any) -> None:
    def change(error: WebhookVerificationError) -> None:
        error.status, error.code = 200, "accepted"

    assert runtime.send(runtime.make(HOOK, print, on_error=change), record(), {}) == (401, "missing_header")


class InLoop(Store):
    async def claim(self, *given: Any) -> str | None:  # type: ignore[override]
        return super().claim(*given)

    async def release(self, *given: Any) -> None:  # type: ignore[override]
        super().release(*given)


@ANYTHING
def test_a_store_that_raises_is_unavailable(
    runtime: Any, kind: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    for made in [Store, *([InLoop] if isinstance(runtime, Loop) else [])]:
        receiver = runtime.make(HOOK, print, replay_store=made(raising(kind)))
        assert runtime.send(receiver, record()) == (503, "replay_store_unavailable")
        names = {kind.__name__, "RuntimeError" if made is InLoop and kind in PEP_479 else kind.__name__}
        assert any(f"did not answer in time. ({name}" in lines(caplog)[0][1] for name in names), caplog.text
        caplog.clear()
        failing = runtime.make(HOOK, raising(LookupError), replay_store=made(release=raising(kind)))
        assert runtime.send(failing, record()) == (500, "handler_failed")
        assert "was not released" in lines(caplog)[0][1]
        caplog.clear()


@ANYTHING
def test_a_logger_that_raises_changes_nothing(
    runtime: Any, kind: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    class Mine:
        log = staticmethod(raising(kind))

    receiver = runtime.make(HOOK, raising(LookupError), logger=Mine())
    assert runtime.send(receiver, record(), {}) == (401, "missing_header")
    assert runtime.send(receiver, record()) == (500, "handler_failed")
    assert [line for _, line in lines(caplog)] == ["the logger raised an exception"] * 2


@ANYTHING
def test_a_handler_of_loggings_that_raises_changes_nothing(runtime: Any, kind: type[BaseException]) -> None:
    class Broken(logging.Handler):
        emit = staticmethod(raising(kind))

    broken = Broken()
    logging.getLogger().addHandler(broken)
    try:
        receiver = runtime.make(HOOK, raising(LookupError))
        assert runtime.send(receiver, record(), {}) == (401, "missing_header")
        assert runtime.send(receiver, record()) == (500, "handler_failed")
    finally:
        logging.getLogger().removeHandler(broken)
