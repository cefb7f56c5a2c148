"""One request's course through a receiver."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any

from twenty_webhook._claiming import Claiming
from twenty_webhook._claims import Asking, NoAnswerError
from twenty_webhook._core import Delivery
from twenty_webhook._guard import cause_of, named, told
from twenty_webhook._handlers import Function
from twenty_webhook._observers import Observers
from twenty_webhook._request import Request, UnreadableError
from twenty_webhook._types import Answer, Notice, Turn
from twenty_webhook._webhook import Webhook

if TYPE_CHECKING:
    from twenty_webhook._receiver import Receiver


class Course:
    """It tells the core's exchange what happens and does what the turns ask for. It decides nothing; what goes wrong in here is
    told as a fault."""

    def __init__(self, receiver: Receiver, request: Request) -> None:
        self._receiver = receiver
        self._request = request
        self._began = monotonic()
        self._webhook: Webhook | None = None
        self._delivery: Delivery | None = None
        # What is behind a code, for `on_error`.
        self._causes: dict[str | None, BaseException | None] = {}
        self._observers = Observers(receiver, request.original) if receiver.is_observed else None
        self._is_answered = False
        # Of an event loop: what goes on to its end whoever waits for it, and a handler in the background that is not begun.
        self.work: asyncio.Task[Any] | None = None
        self.background: Coroutine[Any, Any, object] | None = None

    async def run(self) -> Answer:
        """What to answer. Raises nothing but what is meant to end the program or the task."""
        receiver, request = self._receiver, self._request
        wants = receiver.log.wants_debug(), receiver.on_outcome is not None
        try:
            self._exchange, turn = receiver.core.begin(
                request.method, request.content_encoding, request.content_length, *wants
            )
        except Exception as fault:
            self._exchange, _ = receiver.core.begin("POST", None, None, *wants)
            return await self._faulted(fault)
        return await self._ended(turn)

    @cached_property
    def _claiming(self) -> Claiming:
        return Claiming(self._receiver, self._exchange, self._causes, self._carried_out)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be done once the answer is sent."""
        return not self._observers and self.background is None and (self.work is None or self.work.done())

    async def observe(self) -> None:
        """Tells the observers what there is, the answer being on its way, and from now on whatever comes at once."""
        self._is_answered = True
        if self._observers is not None:
            await self._observers.tell(self._tell_of)

    async def _ended(self, turn: Turn) -> Answer:
        try:
            return await self._carried_out(turn, self._receiver.runtime) or self._receiver.broken
        except Exception as fault:
            return await self._faulted(fault)

    async def _faulted(self, fault: Exception) -> Answer:
        cause = self._causes["internal"] = cause_of(fault)
        try:
            turn = self._exchange.tell("fault", cause=told(cause))
            return await self._carried_out(turn, self._receiver.runtime) or self._receiver.broken
        except Exception:
            return self._receiver.broken

    async def _carried_out(self, turn: Turn, asking: Asking) -> Answer | None:
        """Does what turns ask for until one asks for nothing more: what is answered."""
        while True:
            notices, answer, action = turn
            if notices is not None:
                self._note(notices)
                if self._is_answered:
                    await self.observe()
            if action is None:
                return answer
            if action[0] == "find":
                turn = await self._find(*action[1:])
            elif action[0] == "read":
                turn = await self._read(*action[1:])
                if turn[2] is not None:
                    return await self._receiver.runtime.to_the_end(self, self._ended(turn))
            elif action[0] == "claim":
                turn = await self._claiming.claim(*action[1:])
            elif action[0] == "release":
                turn = await self._claiming.release(asking, *action[1:])
            elif answer is None:
                turn = await self._handle(*action[1:])
            else:
                self._receiver.runtime.afterwards(self, self._ended((None, None, action)))
                return answer

    async def _find(self, within: float) -> Turn:
        receiver, request = self._receiver, self._request
        webhook = receiver.webhook
        if isinstance(webhook, Function):
            try:
                found = await receiver.runtime.find(webhook, within, request.original)
            except NoAnswerError as late:
                self._causes[_NO_WEBHOOK] = late
                return self._exchange.tell("late webhook")
            except Exception as fault:
                cause = self._causes[_NO_WEBHOOK] = cause_of(fault)
                return self._exchange.tell("failed webhook", cause=told(cause))
            except asyncio.CancelledError:
                self._left()
                raise
            if found is None:
                return self._exchange.tell("unknown webhook")
            if not issubclass(type(found), Webhook):
                odd = f"it gave {named(found)}: it must give a Webhook, or None if it knows none"
                return self._exchange.tell("failed webhook", cause=odd)
            webhook = found
        self._webhook = webhook
        return self._at(lambda now: self._exchange.found(webhook, request.content_length, request.headers, now))

    async def _read(self, at_most: int, within: float) -> Turn:
        try:
            body = await self._request.body(at_most, within)
        except UnreadableError as unreadable:
            cause = unreadable.__cause__
            turn = self._exchange.tell(unreadable.why, unreadable.reason, None if cause is None else told(cause))
            self._causes.update({notice[2]: cause for notice in turn[0] or ()})
            return turn
        except asyncio.CancelledError:
            self._left()
            raise
        # A new look at the clock: how long a claim must live counts from when the delivery is found fresh.
        return self._at(lambda now: self._verified(body, now))

    def _verified(self, body: bytes, now: int) -> Turn:
        turn, self._delivery = self._exchange.body(body, now)
        return turn

    def _at(self, judged: Callable[[int], Turn]) -> Turn:
        """What is judged by the clock."""
        try:
            now = self._receiver.now()
        except Exception as fault:
            cause = self._causes["internal"] = cause_of(fault)
            return self._exchange.tell("no time", cause=told(cause))
        return judged(now)

    def _left(self) -> None:
        """Some servers cancel what is called for a client that goes away."""
        self._note(self._exchange.tell("gone")[0] or [])

    async def _handle(self, route: int, warn_after: float | None) -> Turn:
        receiver, delivery = self._receiver, self._delivery
        assert delivery is not None
        function = receiver.functions[route]
        given = (
            (delivery.event, delivery) if function.takes == 2 else (delivery.event, delivery, self._request.original)
        )
        is_over = None if warn_after is None else receiver.runtime.later(warn_after, self._warn_of_slowness)
        try:
            await receiver.runtime.handle(function, *given)
        except Exception as fault:
            cause = self._causes[_FAILED] = cause_of(fault)
            return self._exchange.tell("failed", cause=told(cause))
        except BaseException as end:  # It is meant for more than the handler.
            self._causes[_FAILED] = end
            await self._ended(self._exchange.tell("failed", cause=told(end)))
            raise
        finally:
            if is_over is not None:
                is_over()
        return self._exchange.tell("handled")

    def _note(self, notices: list[Notice]) -> None:
        for notice in notices:
            level, _, code, _, _, line = notice
            cause = self._causes.get(code)
            if line is not None:
                self._log(level, line, cause if code in (_FAILED, "internal") else None)
            if self._observers is not None:
                ms = (monotonic() - self._began) * 1_000
                self._observers.note(notice, cause, ms, self._webhook, self._delivery, self._exchange.facts())

    def _warn_of_slowness(self) -> None:
        self._note(self._exchange.tell("slow")[0] or [])

    def _tell_of(self, what: str, fault: BaseException) -> None:
        self._log(logging.ERROR, self._exchange.line(what), fault)

    def _log(self, level: int, line: str, trace: BaseException | None) -> None:
        facts = self._exchange.facts()
        extra = None if facts is None else dict(zip(_EXTRA, (*facts[:2], *facts[5:]), strict=True))
        self._receiver.log.write(level, line, extra, trace)


_FAILED = "handler_failed"
_NO_WEBHOOK = "webhook_unavailable"
_EXTRA = ("webhook", "delivery_id", "event_name", "record_id", "webhook_id", "workspace_id")
