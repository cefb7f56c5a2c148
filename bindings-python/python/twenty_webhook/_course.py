"""One request's course through a receiver."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from twenty_webhook import _claiming
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


T = TypeVar("T")


class Course:
    """It tells the core's exchange what happens and does what the turns ask for. It decides nothing; what goes wrong in here is
    told as a fault."""

    def __init__(self, receiver: Receiver, request: Request) -> None:
        self.receiver = receiver
        self._request = request
        self._webhook: Webhook | None = None
        self._delivery: Delivery | None = None
        # What is behind a code, for `on_error`.
        self.causes: dict[str | None, BaseException | None] = {}
        self._observers = Observers(receiver, request.original) if receiver.is_observed else None
        self._is_answered = False
        # Of an event loop: what goes on to its end whoever waits for it, and a handler in the background that is not begun.
        self.work: asyncio.Task[Any] | None = None
        self.background: Coroutine[Any, Any, object] | None = None

    async def run(self) -> Answer:
        """What to answer. Raises nothing but what is meant to end the program or the task."""
        receiver, request = self.receiver, self._request
        wants_debug, wants_outcomes = receiver.log.wants_debug(), receiver.on_outcome is not None
        try:
            self.exchange, turn = receiver.core.begin(
                request.method, request.content_encoding, request.content_length, wants_debug, wants_outcomes
            )
        except Exception as fault:
            self.exchange, _ = receiver.core.begin("POST", None, None, wants_debug, wants_outcomes)
            return await self._faulted(fault)
        return await self._ended(turn)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to be done once the answer is sent."""
        return not self._observers and self.background is None and (self.work is None or self.work.done())

    async def observe(self) -> None:
        """Tells the observers what there is, the answer being on its way, and from now on whatever comes at once."""
        self._is_answered = True
        if self._observers is not None:
            await self._observers.tell(self._tell_of)

    async def awaited(self, task: asyncio.Task[T]) -> T:
        """What goes on in a task of its own, also when a server that ends cancels who waits for it here."""
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            if not task.cancelling():  # A loop that ends cancels everything, and the task tells what becomes of it.
                self._tell_unawaited()
            raise

    async def _ended(self, turn: Turn) -> Answer:
        try:
            return await self.carried_out(turn, self.receiver.runtime) or self.receiver.broken
        except Exception as fault:
            return await self._faulted(fault)
        except asyncio.CancelledError:  # The task that goes on tells what becomes of it.
            raise
        except BaseException:
            self._tell_unawaited()
            raise

    def _tell_unawaited(self) -> None:
        self._note(self.exchange.tell("unawaited")[0] or [])

    async def _faulted(self, fault: Exception) -> Answer:
        cause = self.causes["internal"] = cause_of(fault)
        try:
            turn = self.exchange.tell("fault", cause=told(cause))
            return await self.carried_out(turn, self.receiver.runtime) or self.receiver.broken
        except Exception:
            return self.receiver.broken

    async def carried_out(self, turn: Turn, asking: Asking) -> Answer | None:
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
                source = self.receiver.webhook
                turn = await self._find(source, action[1]) if isinstance(source, Function) else self._found(source)
            elif action[0] == "read":
                turn = await self._read(*action[1:])
                to_the_end = self.receiver.runtime.to_the_end
                if turn[2] is not None and to_the_end is not None:
                    return await to_the_end(self, self._ended(turn))
            elif action[0] == "claim":
                turn = await _claiming.claim(self, *action[1:])
            elif action[0] == "release":
                turn = await _claiming.release(self, asking, *action[1:])
            elif answer is None:
                turn = await self._handle(*action[1:])
            else:
                self.receiver.runtime.afterwards(self, self._ended((None, None, action)))
                return answer

    async def _find(self, function: Function, within: float) -> Turn:
        try:
            found = await self.receiver.runtime.find(function, within, self._request.original)
        except NoAnswerError as late:
            self.causes[_NO_WEBHOOK] = late
            return self.exchange.tell("late webhook")
        except Exception as fault:
            cause = self.causes[_NO_WEBHOOK] = cause_of(fault)
            return self.exchange.tell("failed webhook", cause=told(cause))
        except asyncio.CancelledError:
            self._left()
            raise
        if found is None:
            return self.exchange.tell("unknown webhook")
        if issubclass(type(found), Webhook):
            return self._found(found)
        odd = f"it gave {named(found)}: it must give a Webhook, or None if it knows none"
        return self.exchange.tell("failed webhook", cause=odd)

    def _found(self, webhook: Webhook) -> Turn:
        self._webhook = webhook
        try:
            now = self.receiver.now()
        except Exception as fault:
            return self._without_time(fault)
        return self.exchange.found(webhook, self._request.content_length, self._request.headers, now)

    async def _read(self, at_most: int, within: float) -> Turn:
        try:
            body = await self._request.body(at_most, within)
        except UnreadableError as unreadable:
            cause = unreadable.__cause__
            turn = self.exchange.tell(unreadable.why, unreadable.reason, None if cause is None else told(cause))
            self.causes.update({notice[2]: cause for notice in turn[0] or ()})
            return turn
        except asyncio.CancelledError:
            self._left()
            raise
        try:  # A new look at the clock: how long a claim must live counts from when the delivery is found fresh.
            now = self.receiver.now()
        except Exception as fault:
            return self._without_time(fault)
        turn, self._delivery = self.exchange.body(body, now)
        return turn

    def _without_time(self, fault: Exception) -> Turn:
        cause = self.causes["internal"] = cause_of(fault)
        return self.exchange.tell("no time", cause=told(cause))

    def _left(self) -> None:
        """Some servers cancel what is called for a client that goes away."""
        self._note(self.exchange.tell("gone")[0] or [])

    async def _handle(self, route: int, warn_after: float | None) -> Turn:
        receiver, delivery = self.receiver, self._delivery
        assert delivery is not None
        function = receiver.functions[route]
        given = (
            (delivery.event, delivery) if function.takes == 2 else (delivery.event, delivery, self._request.original)
        )
        is_over = None if warn_after is None else receiver.runtime.later(warn_after, self._warn_of_slowness)
        try:
            await receiver.runtime.handle(function, *given)
        except Exception as fault:
            cause = self.causes[_FAILED] = cause_of(fault)
            return self.exchange.tell("failed", cause=told(cause))
        except BaseException as end:  # It is meant for more than the handler.
            self.causes[_FAILED] = end
            await self._ended(self.exchange.tell("failed", cause=told(end)))
            raise
        finally:
            if is_over is not None:
                is_over()
        return self.exchange.tell("handled")

    def _note(self, notices: list[Notice]) -> None:
        for notice in notices:
            level, _, code, _, _, line = notice
            cause = self.causes.get(code)
            if line is not None:
                self._log(level, line, cause if code in (_FAILED, "internal") else None)
            if self._observers is not None:
                self._observers.note(notice, cause, self._webhook, self._delivery, self.exchange.facts())

    def _warn_of_slowness(self) -> None:
        self._note(self.exchange.tell("slow")[0] or [])

    def _tell_of(self, what: str, fault: BaseException) -> None:
        self._log(logging.ERROR, self.exchange.line(what), fault)

    def _log(self, level: int, line: str, trace: BaseException | None) -> None:
        facts, extra = self.exchange.facts(), None
        if facts is not None:
            extra = dict(zip(_EXTRA, (*facts[:2], *facts[5:]), strict=True))
        elif self._webhook is not None and self._webhook.name is not None:
            extra = {"webhook": self._webhook.name}
        self.receiver.log.write(level, line, extra, trace)


_FAILED = "handler_failed"
_NO_WEBHOOK = "webhook_unavailable"
_EXTRA = ("webhook", "delivery_id", "event_name", "record_id", "webhook_id", "workspace_id")
