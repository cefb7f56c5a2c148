"""What users hand in raises anything at all, or answers something else than it should: nothing of it gets any further."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
from collections.abc import Iterator
from typing import Any

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


RAISED: list[type[BaseException]] = [
    StopIteration,
    StopAsyncIteration,
    GeneratorExit,
    asyncio.CancelledError,
    concurrent.futures.CancelledError,
    TimeoutError,
    SpeechlessError,
    OddlySpokenError,
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


def unfinished() -> list[Any]:
    async def coroutine() -> None: ...

    def generator() -> Iterator[None]:
        yield

    async def asynchronous() -> Any:
        yield

    return [coroutine, generator, asynchronous]


@pytest.mark.parametrize("function", unfinished())
def test_what_nothing_would_run_is_not_taken_for_done(
    runtime: Any, function: Any, caplog: pytest.LogCaptureFixture, recwarn: pytest.WarningsRecorder
) -> None:
    if not (isinstance(runtime, Loop) and function.__name__ == "coroutine"):
        assert runtime.send(runtime.make(HOOK, lambda *_: function()), record()) == (500, "handler_failed")
        assert "nothing runs" in caplog.text
        caplog.clear()
        with pytest.raises(TypeError):
            runtime.make(HOOK, {"person.*": print, "*.*": function})
        with pytest.raises(TypeError):
            runtime.make(HOOK, print, on_error=function)

    class Mine:
        log = staticmethod(lambda *_, **__: function())

    assert runtime.send(runtime.make(HOOK, print, logger=Mine()), record(), {}) == (401, "missing_header")
    assert [line for _, line in lines(caplog)] == ["the logger raised an exception"]
    assert not [warning for warning in recwarn if "never awaited" in str(warning.message)]
