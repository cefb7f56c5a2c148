"""What ends a program, a loop or a task while a function of the user's runs."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from deliveries import record
from drivers import ERROR, HOOK, Loop, Store, Threads, asgi, lines


def leaving(kind: type[BaseException]) -> Any:
    def function(*_: object) -> None:
        raise kind

    return function


@pytest.mark.parametrize("kind", [SystemExit, KeyboardInterrupt])
def test_what_ends_the_program_ends_it_from_its_main_thread_only(kind: type[BaseException]) -> None:
    """Signals are raised there; a handler that leaves in a thread would only end the thread of a server."""
    store = Store()
    receiver = Threads.make(HOOK, leaving(kind), replay_store=store)
    with pytest.raises(kind):
        Threads().send(receiver, record())
    assert store.verbs == ["claim", "release"]
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(Threads().send(receiver, record())))
    thread.start()
    thread.join()

    async def leave(*_: object) -> None:
        await asyncio.sleep(0)
        raise kind

    loop = Loop()
    answers += [loop.send(loop.make(HOOK, handle), record()) for handle in (leaving(kind), leave)]
    loop.close()
    assert answers == [(500, "handler_failed")] * 3


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
