"""Receivers that are drained while something runs."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from deliveries import record
from drivers import HOOK, Loop, Store, Threads, asgi, scope
from frameworks import EACH, FRAMEWORKS, Framework
from twenty_webhook.asgi import receive


class Gate:
    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.done = 0

    def __call__(self, *_: object) -> None:
        self.begun.set()
        assert self.go_on.wait(60)
        self.done += 1


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("framework", [one for one in FRAMEWORKS if not one.is_async], ids=lambda one: one.name)
def test_drain_in_threads(framework: Framework, background: bool) -> None:
    gate = Gate()
    receiver = framework.receiver(handlers=gate, background=background)
    receiver.made.drain()
    request = threading.Thread(target=receiver.send, args=(record(),))
    request.start()
    assert gate.begun.wait(60)
    seen: list[int] = []
    drains = [threading.Thread(target=lambda: (receiver.made.drain(), seen.append(gate.done))) for _ in range(3)]
    for drain in drains:
        drain.start()
    drains[0].join(0.2)
    assert drains[0].is_alive()
    gate.go_on.set()
    for thread in [*drains, request]:
        thread.join(60)
    assert seen == [1, 1, 1]
    receiver.made.drain()


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("framework", [one for one in FRAMEWORKS if one.is_async], ids=lambda one: one.name)
def test_drain_in_a_loop(framework: Framework, background: bool) -> None:
    async def main() -> None:
        gate = Gate()
        receiver = framework.receiver(handlers=gate, background=background)
        await receiver.made.drain()
        body = record()
        sent = asyncio.create_task(asgi(receiver.application, [{"type": "http.request", "body": body}], body))
        await asyncio.to_thread(gate.begun.wait, 60)
        drains = [asyncio.create_task(receiver.made.drain()) for _ in range(3)]
        await asyncio.sleep(0.1)
        assert not drains[0].done()
        gate.go_on.set()
        await asyncio.gather(*drains)
        assert gate.done == 1
        await sent

    asyncio.run(main())


@pytest.mark.parametrize("background", [False, True])
@pytest.mark.parametrize("framework", [one for one in FRAMEWORKS if one.is_async], ids=lambda one: one.name)
def test_a_drain_that_is_given_up_changes_no_answer(
    framework: Framework, background: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        gate = Gate()
        receiver = framework.receiver(handlers=gate, background=background)
        body = record()
        sent = asyncio.create_task(asgi(receiver.application, [{"type": "http.request", "body": body}], body))
        await asyncio.to_thread(gate.begun.wait, 60)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(receiver.made.drain(), 0.05)
        gate.go_on.set()
        assert await sent == (200, "accepted" if background else "handled")
        await receiver.made.drain()
        assert gate.done == 1

    asyncio.run(main())
    assert caplog.records == []


@EACH
def test_a_drained_receiver_takes_what_comes(framework: Framework) -> None:
    receiver = framework.receiver()
    for _ in range(2):
        assert receiver.send(record()) == (200, "handled")
        if not framework.is_async:
            receiver.made.drain()


@pytest.mark.parametrize("runtime", [Threads, Loop])
def test_drain_waits_for_a_claim_that_is_late(runtime: Any) -> None:
    gate, drained = threading.Event(), threading.Event()
    store = Store(lambda: "token" if gate.wait(60) else None)
    caller = runtime()
    receiver = caller.make(HOOK, print, replay_store=store)

    def drain() -> None:
        if isinstance(caller, Loop):
            asyncio.run_coroutine_threadsafe(receiver.drain(), caller.loop).result(60)
        else:
            receiver.drain()
        drained.set()

    try:
        assert caller.send(receiver, record()) == (503, "replay_store_unavailable")
        waiting = threading.Thread(target=drain)
        waiting.start()
        assert not drained.wait(0.2)
        gate.set()
        waiting.join(60)
        assert drained.is_set()
        assert store.verbs == ["claim", "release"]
    finally:
        gate.set()
        caller.close()


def test_what_a_loop_that_ended_has_cancelled_keeps_no_later_drain() -> None:
    receiver = receive(HOOK, lambda *_: None, on_outcome=lambda _: None)

    async def begin() -> None:
        body = record()
        for delay in range(20):
            task = asyncio.create_task(asgi(receiver, [{"type": "http.request", "body": body}], body))
            for _ in range(delay):
                await asyncio.sleep(0)
            del task

    for _ in range(5):
        asyncio.run(begin())
    asyncio.run(asyncio.wait_for(receiver.drain(), 60))


def test_a_handler_in_the_background_that_never_began_is_logged_and_its_claim_released(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whichever turn of the loop is its last."""
    handled: list[object] = []
    for turns in range(60):
        store, answers = Store(), []

        async def handle(*given: object) -> None:
            handled.append(given)

        async def main(turns: int = turns, store: Any = store, answers: list[Any] = answers) -> None:
            body = record()
            receiver = Loop.make(HOOK, handle, replay_store=store, background=True)
            messages = [{"type": "http.request", "body": body}]

            async def take() -> Any:
                return messages.pop()

            async def send(message: Any) -> None:
                answers.append(message)

            task = asyncio.create_task(receiver(scope(body), take, send))
            for _ in range(turns):
                await asyncio.sleep(0)
            del task

        caplog.clear()
        handled.clear()
        asyncio.run(main())
        assert store.verbs in ([], ["claim"], ["claim", "release"])
        if store.verbs == ["claim"]:
            assert len(handled) == 1
        if store.verbs == ["claim", "release"]:
            assert handled == []
            assert "CancelledError" in caplog.text
