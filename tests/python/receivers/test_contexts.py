"""The context of a request: what traces, loggers and frameworks keep in it, as `contextvars` has it."""

from __future__ import annotations

import contextvars
import threading
from typing import Any

from deliveries import record
from drivers import HOOK, AsyncStore, Store
from frameworks import EACH, Framework

TRACE: contextvars.ContextVar[str] = contextvars.ContextVar("trace", default="none")


@EACH
def test_handlers_and_stores_run_in_it(framework: Framework) -> None:
    for background, says in [(False, "handled"), (True, "accepted")]:
        seen: list[tuple[str, str]] = []
        ended = threading.Event()

        def saw(what: str, seen: list[tuple[str, str]] = seen) -> Any:
            seen.append((what, TRACE.get()))
            return "token"

        def handle(*_: object, saw: Any = saw, ended: threading.Event = ended) -> None:
            saw("handler")
            ended.set()

        kinds = [Store, AsyncStore] if framework.is_async else [Store]
        for kind in kinds:
            store = kind(lambda saw=saw: saw("store"))
            receiver = framework.receiver(HOOK, handle, replay_store=store, background=background)
            TRACE.set("ours")
            assert receiver.send(record()) == (200, says)
            assert ended.wait(60)
            ended.clear()
        assert seen == [("store", "ours"), ("handler", "ours")] * len(kinds)
