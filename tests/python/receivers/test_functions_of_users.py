"""What users hand in raises anything at all, or answers something else than it should: nothing of it gets any further."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from deliveries import record
from drivers import ERROR, HOOK, WARNING, Loop, Store, Threads, asgi, lines
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


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt])
def test_what_ends_the_program_ends_it_from_its_main_thread_only(kind: type[BaseException]) -> None:
    """Signals are raised there; a handler that leaves in a thread would only end the thread of a server."""
    store = Store()
    receiver = Threads.make(HOOK, raising(kind), replay_store=store)
    with pytest.raises(kind):
        Threads().send(receiver, record())
    assert store.verbs == ["claim", "release"]
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(Threads().send(receiver, record())))
    thread.start()
    thread.join()
    loop = Loop()
    answers.append(loop.send(loop.make(HOOK, raising(kind)), record()))
    loop.close()
    assert answers == [(500, "handler_failed")] * 2


def test_a_handler_that_cancels_itself_has_failed(caplog: pytest.LogCaptureFixture) -> None:
    async def handle(*_: object) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await asyncio.sleep(0)

    async def main() -> None:
        body = record()
        store = Store()
        receiver: Any = Loop.make(HOOK, handle, replay_store=store)
        assert await asgi(receiver, [{"type": "http.request", "body": body}], body) == (500, "handler_failed")
        assert store.verbs == ["claim", "release"]

    asyncio.run(main())


def test_a_handler_in_the_background_that_the_loop_cancels_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    store = Store()

    async def handle(*_: object) -> None:
        await asyncio.sleep(60)

    async def main() -> None:
        body = record()
        receiver: Any = Loop.make(
            HOOK, handle, replay_store=store, background=True, on_error=lambda error: told.append(error.code)
        )
        assert await asgi(receiver, [{"type": "http.request", "body": body}], body) == (200, "accepted")
        await asyncio.sleep(0.05)

    asyncio.run(main())
    assert told == ["handler_failed"]
    assert lines(caplog) == [(ERROR, "handler_failed: The handler failed. (CancelledError)")]
    assert store.verbs == ["claim", "release"]


def test_a_handler_may_end_in_peace_when_the_loop_cancels_it(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    async def handle(*_: object) -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            await asyncio.sleep(0.05)
            done.append(1)

    async def main() -> None:
        body = record()
        receiver: Any = Loop.make(HOOK, handle, background=True)
        await asgi(receiver, [{"type": "http.request", "body": body}], body)
        await asyncio.sleep(0.05)

    asyncio.run(main())
    assert done == [1]
    assert caplog.records == []


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


def test_a_server_whose_handler_raises_stop_iteration_stops(tmp_path: Path) -> None:
    """The handler waits in a thread of the loop's; before its request was answered, the server could not stop."""
    program = tmp_path / "program.py"
    program.write_text(
        f"""
import asyncio, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from deliveries import record
from drivers import HOOK, asgi
from twenty_webhook.asgi import receive

async def main():
    body = record()
    for options in [{{}}, {{"on_error": lambda _: next(iter(()))}}]:
        receiver = receive(HOOK, lambda *_: next(iter(())), logger=None, **options)
        print(await asgi(receiver, [{{"type": "http.request", "body": body}}], body))

asyncio.run(main())
""",
        "utf-8",
    )
    said = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=20, check=True)
    assert said.stdout.splitlines() == ["(500, 'handler_failed')"] * 2
