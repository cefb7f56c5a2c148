"""What every receiver does with a request, in this order, whatever the framework."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Protocol, TypeVar

from twenty_webhook._answers import ACCEPTED, DUPLICATE, HANDLED, IGNORED, Answer, failure, unavailable
from twenty_webhook._claims import Asking, Claim, Claims
from twenty_webhook._core import DEFAULT_NAMESPACE, RECEIVER_LIMITS, Delivery
from twenty_webhook._errors import WebhookVerificationError
from twenty_webhook._guard import cause_of, told
from twenty_webhook._handlers import Function, Routes, checked
from twenty_webhook._log import Log
from twenty_webhook._types import Headers
from twenty_webhook._webhook import _LEFT_OUT, Webhook
from twenty_webhook.replay import MemoryReplayStore

T = TypeVar("T")


class Request(Protocol):
    """A request as a framework has it."""

    @property
    def method(self) -> str: ...
    @property
    def content_encoding(self) -> str | bytes | None: ...
    @property
    def content_length(self) -> str | bytes | None: ...
    @property
    def headers(self) -> Headers: ...

    async def body(self, check_length: Callable[[int], None], timeout: float) -> bytes:
        """The whole of it. Raises what `check_length` does, called with the length so far after every piece, and
        `body_already_read` or `body_timeout`."""


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
        namespace: str = DEFAULT_NAMESPACE,
        replay_ttl: Any = _LEFT_OUT,
        on_store_failure: str = "refuse",
        on_error: Any = None,
        logger: Any = _LEFT_OUT,
        background: bool = False,
        body_timeout: Any = _LEFT_OUT,
    ) -> None:
        if not isinstance(webhook, Webhook):
            raise TypeError(f"webhook must be a Webhook, not {type(webhook).__name__}")
        if not isinstance(namespace, str):
            raise TypeError(f"namespace must be a str, not {type(namespace).__name__}")
        if on_store_failure not in ("refuse", "handle"):
            raise ValueError(f"on_store_failure must be refuse or handle, not {on_store_failure!r}")
        if not isinstance(background, bool):
            raise TypeError(f"background must be a bool, not {type(background).__name__}")
        self._runtime = runtime
        self._webhook = webhook
        self.routes = Routes(handlers)
        ttl, window = webhook.replay_policy(namespace, _seconds("replay_ttl", replay_ttl))
        store = MemoryReplayStore() if replay_store is _LEFT_OUT else replay_store
        self.claims = None if store is None else Claims(store, namespace, ttl, window)
        self._handles_unclaimed = on_store_failure == "handle"
        self.on_error = None if on_error is None else checked("on_error", on_error)
        self._log = Log(logging.getLogger("twenty_webhook") if logger is _LEFT_OUT else logger)
        self._background = background
        timeout = _seconds("body_timeout", body_timeout)
        self._body_timeout = _BODY_TIMEOUT if timeout is None else timeout
        if self._body_timeout <= 0:
            raise ValueError("body_timeout must be longer than nothing")

    async def answer(self, request: Request) -> Answer:
        """Raises nothing but what is meant to end the program or the task."""
        return await self._reported(self._judged(request))

    async def _judged(self, request: Request) -> Answer:
        self._webhook.check_request(request.method, request.content_encoding, request.content_length, request.headers)
        body = await request.body(self._webhook.check_body_length, self._body_timeout)
        # A new look at the clock: how long a claim must live counts from when the delivery is found fresh.
        delivery = self._webhook.verify(body, request.headers)
        functions = self.routes.of(delivery.event)
        if not functions:
            return IGNORED
        return await self._runtime.to_the_end(self._reported(self._handled_once(delivery, functions)))

    async def _handled_once(self, delivery: Delivery, functions: list[Function]) -> Answer:
        claim = None
        if self.claims is not None:
            claim = self.claims.begin(delivery.id, self._warn_of_unreleased)
            if not await self._is_ours(claim):
                return DUPLICATE
        if self._background:
            work = self._reported(self._handled(claim, delivery, functions))
            try:
                self._runtime.begin(work)
            except BaseException:
                work.close()
                await self._give_up(claim)
                raise
            return ACCEPTED
        is_over = self._runtime.later(_SLOW_HANDLER, self._warn_of_slowness)
        try:
            return await self._handled(claim, delivery, functions)
        finally:
            is_over()

    async def _is_ours(self, claim: Claim) -> bool:
        """One that comes too late is kept where the delivery is handled without it."""
        try:
            return await claim.take(self._runtime)
        except Exception as fault:
            error = unavailable(cause_of(fault))
        if not self._handles_unclaimed:
            await self._give_up(claim)
            raise error
        await self._report(error)
        return True

    async def _handled(self, claim: Claim | None, delivery: Delivery, functions: list[Function]) -> Answer:
        try:
            for function in functions:
                await self._runtime.call(function, delivery.event, delivery)
        except Exception as fault:
            await self._give_up(claim)
            cause = cause_of(fault)
            raise failure("handler_failed", cause=cause) from cause
        except BaseException as end:
            await self._give_up(claim)
            await self._report(failure("handler_failed", cause=end))
            raise
        return HANDLED

    async def _give_up(self, claim: Claim | None) -> None:
        if claim is not None:
            await claim.give_up(self._runtime)

    async def _reported(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        try:
            return await work
        except WebhookVerificationError as found:
            error = found
        except Exception as fault:
            error = failure("internal", cause=fault)
        answer = Answer.of(error)  # Before on_error, which is given the error to do with as it likes.
        await self._report(error)
        return answer

    async def _report(self, error: WebhookVerificationError) -> None:
        is_ours = error.status >= 500
        trace = error.__cause__ if error.code in ("handler_failed", "internal") else None
        self._log.write(logging.ERROR if is_ours else logging.WARNING, f"{error.code}: {error}", trace)
        if self.on_error is None:
            return
        try:
            await self._runtime.call(self.on_error, error)
        except Exception as fault:
            self._log.write(logging.ERROR, "on_error raised an exception", cause_of(fault))

    def _warn_of_slowness(self) -> None:
        self._log.write(logging.WARNING, _SLOWNESS)

    def _warn_of_unreleased(self, cause: BaseException) -> None:
        self._log.write(logging.ERROR, f"replay_store_unavailable: A claim could not be released: {told(cause)}")


_BODY_TIMEOUT, _SLOW_HANDLER, _, _ = RECEIVER_LIMITS
_SLOWNESS = (
    f"The handler has been running for {_SLOW_HANDLER:g} s: the sender gives up after 5 s, so answer first, with"
    " background=True, and handle afterwards."
)


def _seconds(name: str, duration: object) -> float | None:
    if duration is _LEFT_OUT:
        return None
    if isinstance(duration, timedelta):
        return timedelta.total_seconds(duration)
    raise TypeError(f"{name} must be a datetime.timedelta, not {type(duration).__name__}")
