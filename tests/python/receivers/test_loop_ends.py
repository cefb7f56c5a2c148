"""What runs when an event loop ends: threads, claims, and functions that would end the loop themselves."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from deliveries import record
from drivers import ERROR, HOOK, Loop, Store, lines, scope


async def asked(
    receiver: Any,
    body: bytes,
    answered: Callable[[dict[str, Any]], object] = lambda _: None,
    headers: dict[str, str] | None = None,
) -> None:
    """One request, whose answer is told."""
    messages = [{"type": "http.request", "body": body}]

    async def take() -> dict[str, Any]:
        return messages.pop()

    async def send(message: dict[str, Any]) -> None:
        answered(message)

    await receiver(scope(body, headers), take, send)


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("fails", [False, True])
def test_a_claim_is_not_released_before_the_handlers_thread_is_done(
    background: bool, fails: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """The same event, sent again meanwhile, would be handled twice."""
    begun = asyncio.Event()
    store = Store()

    async def main() -> None:
        loop = asyncio.get_running_loop()

        def handle(*_: object) -> None:
            loop.call_soon_threadsafe(begun.set)
            time.sleep(0.3)
            store.asked.append(("handler",))
            if fails:
                raise LookupError

        receiver = Loop.make(HOOK, handle, replay_store=store, background=background)
        task = asyncio.create_task(asked(receiver, record()))
        await begun.wait()
        del task

    asyncio.run(main())
    assert store.verbs == ["claim", "handler", "release"][: 3 if fails else 2]
    assert [line for _, line in lines(caplog)] == (
        ["handler_failed: The handler failed. (LookupError)"] if fails else []
    )


def test_a_handler_that_no_thread_has_begun_is_not_called_when_the_loop_ends() -> None:
    store = Store()
    handled: list[Any] = []
    gate = threading.Event()

    async def main() -> None:
        loop = asyncio.get_running_loop()
        busy = [loop.run_in_executor(None, gate.wait) for _ in range(64)]
        receiver = Loop.make(HOOK, lambda *given: handled.append(given), replay_store=store)
        task = asyncio.create_task(asked(receiver, record()))
        while "claim" not in store.verbs:
            await asyncio.sleep(0.01)
        loop.call_later(0.1, gate.set)
        del task, busy

    asyncio.run(main())
    assert handled == []
    assert store.verbs == ["claim", "release"]


def test_a_claim_that_is_granted_while_the_loop_ends_is_released(caplog: pytest.LogCaptureFixture) -> None:
    handled: list[Any] = []
    asking = threading.Event()

    def claim() -> str:
        asking.set()
        time.sleep(0.3)
        return "token"

    store = Store(claim)

    async def main() -> None:
        receiver = Loop.make(HOOK, lambda *given: handled.append(given), replay_store=store)
        task = asyncio.create_task(asked(receiver, record()))
        while not asking.is_set():
            await asyncio.sleep(0.01)
        del task

    asyncio.run(main())
    assert handled == []
    assert store.verbs == ["claim", "release"]
    assert lines(caplog) == [(ERROR, "handler_failed: The handler failed. (CancelledError)")]


def test_an_async_claim_that_the_end_of_the_loop_cancels_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    asking = asyncio.Event()

    class Slow(Store):
        async def claim(self, *_: Any) -> str | None:  # type: ignore[override]
            asking.set()
            await asyncio.sleep(60)
            return None

        async def release(self, *_: Any) -> None:  # type: ignore[override]
            ...

    async def main() -> None:
        task = asyncio.create_task(asked(Loop.make(HOOK, print, replay_store=Slow()), record()))
        await asking.wait()
        del task

    asyncio.run(main())
    unavailable = "replay_store_unavailable: The replay store failed or did not answer in time."
    assert lines(caplog) == [(ERROR, f"{unavailable} (CancelledError)")]


@pytest.mark.parametrize("function", ["handler", "on_error"])
def test_what_exits_in_an_async_function_does_not_end_the_loop(function: str, caplog: pytest.LogCaptureFixture) -> None:
    async def leave(*_: object) -> None:
        await asyncio.sleep(0)
        sys.exit(3)

    answers: list[dict[str, Any]] = []

    async def main() -> None:
        options = {"on_error": leave} if function == "on_error" else {}
        receiver = Loop.make(HOOK, leave, **options)
        await asked(receiver, record(), answers.append)
        await receiver.drain()

    asyncio.run(main())
    assert answers[0]["status"] == 500
    assert lines(caplog)[0] == (ERROR, "handler_failed: The handler failed. (SystemExit: 3)")


class Hanging:
    """A function of the user's that waits until it is told."""

    def __init__(self, is_async: bool) -> None:
        self.go_on = threading.Event()
        self.begun = threading.Event()
        self.function: Any = self._async if is_async else self._sync

    async def _async(self, *_: object) -> None:
        self.begun.set()
        await asyncio.to_thread(self.go_on.wait, 60)

    def _sync(self, *_: object) -> None:
        self.begun.set()
        self.go_on.wait(60)


@pytest.mark.parametrize("is_async", [True, False], ids=["async", "in a thread"])
def test_an_on_error_that_hangs_keeps_no_answer(is_async: bool) -> None:
    hanging = Hanging(is_async)
    answers: list[dict[str, Any]] = []

    async def main() -> None:
        receiver = Loop.make(HOOK, print, on_error=hanging.function)
        task = asyncio.create_task(asked(receiver, record(), answers.append, {}))
        while len(answers) < 2:
            await asyncio.sleep(0.01)
        while not hanging.begun.is_set():
            await asyncio.sleep(0.01)
        # The application's call goes on until it has ended, so that a server waits for it.
        assert not task.done()
        hanging.go_on.set()
        await task

    asyncio.run(asyncio.wait_for(main(), 60))
    assert answers[0]["status"] == 401


def test_the_lifespan_ends_though_a_store_never_answers() -> None:
    """Once its claim is given up."""
    gate = threading.Event()

    class Never(Store):
        async def claim(self, *_: Any) -> str | None:  # type: ignore[override]
            await asyncio.Event().wait()
            return None

        async def release(self, *_: Any) -> None:  # type: ignore[override]
            ...

    async def main(store: Any) -> None:
        receiver = Loop.make(HOOK, print, replay_store=store)
        receiver._receiver.late_claim = 0.1
        await asked(receiver, record())
        turns = [{"type": "lifespan.shutdown"}, {"type": "lifespan.startup"}]
        sent: list[str] = []

        async def take() -> dict[str, Any]:
            return turns.pop()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message["type"])

        await asyncio.wait_for(receiver({"type": "lifespan"}, take, send), 60)
        assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    try:
        for store in [Store(gate.wait), Never()]:
            asyncio.run(main(store))
    finally:
        gate.set()


@pytest.mark.parametrize("is_async", [True, False], ids=["async", "in a thread"])
def test_an_odd_answer_that_comes_late_is_logged(is_async: bool, caplog: pytest.LogCaptureFixture) -> None:
    go_on = threading.Event()

    class Odd(Store):
        async def claim(self, *_: Any) -> Any:  # type: ignore[override]
            while not go_on.is_set():
                await asyncio.sleep(0.01)
            return 5

        async def release(self, *_: Any) -> None:  # type: ignore[override]
            ...

    def odd() -> Any:
        go_on.wait(60)
        return 5

    async def main() -> None:
        receiver = Loop.make(HOOK, print, replay_store=Odd() if is_async else Store(odd))
        await asked(receiver, record())
        go_on.set()
        while len(caplog.records) < 2:
            await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(main(), 60))
    assert "(the store answered int: it must give a non-empty text" in lines(caplog)[1][1]
