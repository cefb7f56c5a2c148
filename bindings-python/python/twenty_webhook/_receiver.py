"""What is the same for each request of a receiver, whatever the framework."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from twenty_webhook import _core
from twenty_webhook._claims import Asking, Store
from twenty_webhook._guard import called
from twenty_webhook._handlers import Function, routes
from twenty_webhook._log import Log
from twenty_webhook._moments import unix_millis
from twenty_webhook._running import Running
from twenty_webhook._webhook import _LEFT_OUT, Webhook
from twenty_webhook.replay import MemoryReplayStore

if TYPE_CHECKING:
    from twenty_webhook._course import Course
    from twenty_webhook._types import Answer


class Runtime(Asking, Protocol):
    """How functions are called: with threads or an event loop."""

    running: Running

    async def find(self, function: Function, within: float, request: object) -> Any:
        """What the function gives. Raises `UserCodeError`, and `NoAnswerError` if it takes too long."""

    async def handle(self, function: Function, *arguments: object) -> None:
        """Calls a handler and waits until it is done. Raises `UserCodeError`."""

    async def call(self, function: Function, *arguments: object) -> None:
        """The same of another function, also when everything ends."""

    @property
    def to_the_end(self) -> Callable[[Course, Coroutine[Any, Any, Answer]], Coroutine[Any, Any, Answer]] | None:
        """Waits for work that goes on even if nobody waits any longer; `None` where nobody is told to stop waiting."""

    def afterwards(self, course: Course, work: Coroutine[Any, Any, object]) -> None:
        """Has work done that nobody waits for, once the answer is on its way."""

    def go_on(self, work: Coroutine[Any, Any, object]) -> None:
        """Has work done that nobody waits for."""

    def later(self, seconds: float, call: Callable[[], object]) -> Callable[[], object]:
        """Makes a call after some time, unless what is returned is called before."""


class Receiver:
    """One receiver. It is written once for both runtimes: where that is threads, no `await` in it ever waits."""

    def __init__(
        self,
        runtime: Runtime,
        webhook: Any,
        handlers: Any,
        *,
        replay_store: Any = _LEFT_OUT,
        namespace: Any = _LEFT_OUT,
        replay_ttl: Any = _LEFT_OUT,
        on_store_failure: Any = "refuse",
        on_error: Any = None,
        on_outcome: Any = None,
        logger: Any = _LEFT_OUT,
        clock: Any = None,
        background: bool = False,
        body_timeout: Any = _LEFT_OUT,
        diagnose: bool = False,
    ) -> None:
        for name, choice in [("background", background), ("diagnose", diagnose)]:
            if not isinstance(choice, bool):
                raise TypeError(f"{name} must be a bool, not {type(choice).__name__}")
        self.webhook = _source(webhook)
        patterns, self.functions = routes(handlers)
        store = MemoryReplayStore() if replay_store is _LEFT_OUT else replay_store
        self.store = None if store is None else Store(store)
        timeout = _seconds("body_timeout", body_timeout)
        self.core = _core.Receiver(
            self.webhook if isinstance(self.webhook, Webhook) else None,
            None if patterns is None else [_text("a pattern", pattern) for pattern in patterns],
            None if namespace is _LEFT_OUT else _text("namespace", namespace),
            _seconds("replay_ttl", replay_ttl),
            None if timeout is None else timeout * 1_000,
            _text("on_store_failure", on_store_failure),
            store is None,
            background,
            diagnose,
        )
        self.late_claim = self.core.late_claim
        self.runtime = runtime
        self.running = runtime.running
        self.on_error = None if on_error is None else Function("on_error", on_error, ("error", "context"), 1)
        self.on_outcome = None if on_outcome is None else Function("on_outcome", on_outcome, ("outcome",), 1)
        self.is_observed = on_error is not None or on_outcome is not None
        self._clock = None if clock is None else Function("clock", clock, (), 0)
        if self._clock is not None and self._clock.is_async:
            raise TypeError("clock must be a function that is not async")
        self.log = Log(logging.getLogger("twenty_webhook") if logger is _LEFT_OUT else logger)
        for warning in self.core.warnings:
            self.log.write(logging.WARNING, warning)
        # For when not even that can be told which goes wrong.
        broken = self.core.begin("POST", None, None, False, False)[0].tell("fault")[1]
        assert broken is not None
        self.broken = broken

    def now(self) -> int:
        """Of the clock. Raises `UserCodeError`, also for what is no time."""
        # Through the module: whoever freezes time replaces what is in there.
        if self._clock is None:
            return round(time.time() * 1_000)
        clock = self._clock.call
        millis: int = called(lambda: unix_millis(called(clock)))
        return millis


def _source(webhook: Any) -> Webhook | Function:
    if issubclass(type(webhook), Webhook):
        found: Webhook = webhook
        return found
    if not callable(webhook):
        raise TypeError(f"webhook must be a Webhook, or a function that finds one, not {type(webhook).__name__}")
    return Function("webhook", webhook, ("request",), 1)


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
