"""What is the same for each request of a receiver, whatever the framework."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from twenty_webhook import _core
from twenty_webhook._claims import Asking, Store
from twenty_webhook._course import Course
from twenty_webhook._handlers import Function, checked, routes
from twenty_webhook._log import Log
from twenty_webhook._request import Request
from twenty_webhook._types import Answer
from twenty_webhook._webhook import _LEFT_OUT, Webhook
from twenty_webhook.replay import MemoryReplayStore

T = TypeVar("T")


class Runtime(Asking, Protocol):
    """How functions are called: with threads or an event loop."""

    async def call(self, function: Function, *arguments: object) -> None:
        """Calls a function of the user's and waits until it is done. Raises `UserCodeError`."""

    async def to_the_end(self, work: Coroutine[Any, Any, T]) -> T:
        """Waits for work that goes on even if nobody waits any longer."""

    def begin(self, work: Coroutine[Any, Any, object]) -> None:
        """Begins work that nobody waits for."""

    def later(self, seconds: float, call: Callable[[], object]) -> Callable[[], object]:
        """Makes a call after some time, unless what is returned is called before."""


class Receiver:
    """One receiver. It is written once for both runtimes: where that is threads, no `await` in it ever waits."""

    def __init__(
        self,
        runtime: Runtime,
        webhook: Webhook,
        handlers: Any,
        *,
        replay_store: Any = _LEFT_OUT,
        namespace: Any = _LEFT_OUT,
        replay_ttl: Any = _LEFT_OUT,
        on_store_failure: Any = "refuse",
        on_error: Any = None,
        logger: Any = _LEFT_OUT,
        background: bool = False,
        body_timeout: Any = _LEFT_OUT,
    ) -> None:
        if not isinstance(webhook, Webhook):
            raise TypeError(f"webhook must be a Webhook, not {type(webhook).__name__}")
        if not isinstance(background, bool):
            raise TypeError(f"background must be a bool, not {type(background).__name__}")
        patterns, self.functions = routes(handlers)
        store = MemoryReplayStore() if replay_store is _LEFT_OUT else replay_store
        self.store = None if store is None else Store(store)
        timeout = _seconds("body_timeout", body_timeout)
        if timeout is not None and timeout <= 0:
            raise ValueError("body_timeout must be longer than nothing")
        self.core = _core.Receiver(
            webhook,
            patterns,
            None if namespace is _LEFT_OUT else _text("namespace", namespace),
            _seconds("replay_ttl", replay_ttl),
            _text("on_store_failure", on_store_failure),
            store is not None,
            background,
            timeout,
        )
        self.late_claim = self.core.late_claim
        self.runtime = runtime
        self.webhook = webhook
        self.on_error = None if on_error is None else checked("on_error", on_error)
        self.log = Log(logging.getLogger("twenty_webhook") if logger is _LEFT_OUT else logger)
        for warning in self.core.warnings:
            self.log.write(logging.WARNING, warning)
        # For when not even that can be told which goes wrong.
        broken = self.core.begin("POST", None, None, False)[0].tell("fault")[1]
        assert broken is not None
        self.broken = broken

    async def answer(self, request: Request) -> Answer:
        """Raises nothing but what is meant to end the program or the task."""
        return await Course(self, request).run()


def _text(name: str, text: object) -> str:
    if not isinstance(text, str):
        raise TypeError(f"{name} must be a str, not {type(text).__name__}")
    try:
        str.encode(text)
    except UnicodeEncodeError:
        raise ValueError(f"{name} must not have unpaired surrogates") from None
    return text


def _seconds(name: str, duration: object) -> float | None:
    if duration is _LEFT_OUT:
        return None
    if isinstance(duration, timedelta):
        return timedelta.total_seconds(duration)
    raise TypeError(f"{name} must be a datetime.timedelta, not {type(duration).__name__}")
