"""What functions of users return that has done nothing yet, and that nothing would run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from deliveries import record
from drivers import HOOK, Loop, Threads, lines


@pytest.fixture(params=[Threads, Loop])
def runtime(request: pytest.FixtureRequest) -> Iterator[Any]:
    runtime = request.param()
    yield runtime
    runtime.close()


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


class Query:
    """As those of some databases' clients: nothing happens until it is awaited."""

    def __init__(self) -> None:
        self.is_run = False

    def __await__(self) -> Iterator[None]:
        self.is_run = True
        return iter(())


def test_a_handler_that_returns_an_awaitable_is_not_done(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    query = Query()
    says = runtime.send(runtime.make(HOOK, lambda *_: query), record())
    if isinstance(runtime, Loop):
        assert (says, query.is_run) == ((200, "handled"), True)
    else:
        assert (says, query.is_run) == ((500, "handler_failed"), False)
        assert "TypeError: the function returned Query, which nothing runs" in caplog.text


def test_a_handler_that_returns_a_lazy_map_is_not_done(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert runtime.send(runtime.make(HOOK, lambda *_: map(print, [1])), record()) == (500, "handler_failed")
    assert "TypeError: the function returned map, which nothing runs" in caplog.text


def test_an_async_handler_may_leave_a_task_behind(caplog: pytest.LogCaptureFixture) -> None:
    async def handle(*_: object) -> object:
        return asyncio.create_task(asyncio.sleep(0))

    loop = Loop()
    try:
        assert loop.send(loop.make(HOOK, handle), record()) == (200, "handled")
    finally:
        loop.close()
    assert caplog.records == []


class Faceless:
    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        raise BaseException("nobody may look")


def test_a_handler_whose_result_cannot_be_looked_at_has_failed(runtime: Any, caplog: pytest.LogCaptureFixture) -> None:
    assert runtime.send(runtime.make(HOOK, lambda *_: Faceless()), record()) == (500, "handler_failed")
    assert "(BaseException: nobody may look)" in caplog.text
