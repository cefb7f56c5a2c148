"""One request's course through a receiver."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from twenty_webhook._claims import Asking, NoAnswerError
from twenty_webhook._core import Delivery
from twenty_webhook._errors import WebhookVerificationError
from twenty_webhook._guard import cause_of, named, told
from twenty_webhook._request import Request, UnreadableError
from twenty_webhook._types import Answer, Notice, Turn

if TYPE_CHECKING:
    from twenty_webhook._receiver import Receiver


class Course:
    """It tells the core's exchange what happens and does what the turns ask for. It decides nothing; what goes wrong in here is
    told as a fault."""

    def __init__(self, receiver: Receiver, request: Request) -> None:
        self._receiver = receiver
        self._request = request
        self._delivery: Delivery | None = None
        # What is behind a code, for `on_error`.
        self._causes: dict[str | None, BaseException | None] = {}

    async def run(self) -> Answer:
        """What to answer. Raises nothing but what is meant to end the program or the task."""
        receiver, request = self._receiver, self._request
        try:
            self._exchange, turn = receiver.core.begin(
                request.method, request.content_encoding, request.content_length, receiver.log.wants_debug()
            )
        except Exception as fault:
            self._exchange, _ = receiver.core.begin("POST", None, None, True)
            return await self._faulted(fault)
        return await self._ended(turn)

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
        receiver = self._receiver
        while True:
            notices, answer, action = turn
            if notices is not None:
                await self._note(notices)
            if action is None:
                return answer
            if action[0] == "find":
                length, headers = self._request.content_length, self._request.headers
                turn = self._exchange.found(receiver.webhook, length, headers, _now())
            elif action[0] == "read":
                turn = await self._read(*action[1:])
                if turn[2] is not None:
                    return await receiver.runtime.to_the_end(self._ended(turn))
            elif action[0] == "claim":
                turn = await self._claim(*action[1:])
            elif action[0] == "release":
                turn = await self._release(asking, *action[1:])
            elif answer is None:
                turn = await self._handle(*action[1:])
            else:
                self._begin((None, None, action))
                return answer

    async def _read(self, at_most: int, within: float) -> Turn:
        try:
            body = await self._request.body(at_most, within)
        except UnreadableError as unreadable:
            cause = unreadable.__cause__
            turn = self._exchange.tell(unreadable.why, unreadable.reason, None if cause is None else told(cause))
            self._causes.update({notice[2]: cause for notice in turn[0] or ()})
            return turn
        # A new look at the clock: how long a claim must live counts from when the delivery is found fresh.
        turn, self._delivery = self._exchange.body(body, _now())
        return turn

    async def _claim(self, key: str, ttl: float, window: float, within: float) -> Turn:
        store = self._receiver.store
        assert store is not None
        try:
            answer = await store.claim(self._receiver.runtime, within, key, ttl, window)
        except NoAnswerError as late:
            self._causes[_UNAVAILABLE] = late
            turn = self._exchange.tell("late claim")
            # Not before it is told to be late, lest it is taken to be in time.
            self._await_late_claim(late)
            return turn
        except Exception as fault:
            return self._claim_failed(cause_of(fault))
        return self._claim_answered(answer)

    def _await_late_claim(self, late: NoAnswerError) -> None:
        """A store that never answers must not keep this request."""
        if late.afterwards is None:
            self._exchange.tell("failed claim")
            return
        waiting = [self]

        def give_up() -> None:
            waiting.clear()
            self._begin(self._exchange.tell("abandoned claim"))

        is_over = self._receiver.runtime.later(self._receiver.late_claim, give_up)

        async def settled(asking: Asking, answer: Callable[[], Any]) -> None:
            is_over()
            for course in waiting:
                await course._claim_late(asking, answer)

        late.afterwards(settled)

    async def _claim_late(self, asking: Asking, answer: Callable[[], Any]) -> None:
        try:
            turn = self._claim_answered(answer())
        except Exception as fault:
            turn = self._claim_failed(cause_of(fault))
        await self._carried_out(turn, asking)

    def _claim_answered(self, answer: Any) -> Turn:
        """What is neither text nor `None` is odd; of text the core judges what grants."""
        if answer is None:
            return self._exchange.tell("held")
        if issubclass(type(answer), str):
            return self._exchange.tell("granted", answer)
        return self._exchange.tell("odd claim", named(answer))

    def _claim_failed(self, cause: BaseException) -> Turn:
        self._causes[_UNAVAILABLE] = cause
        return self._exchange.tell("failed claim", cause=told(cause))

    def _begin(self, turn: Turn) -> None:
        work = self._ended(turn)
        try:
            self._receiver.runtime.begin(work)
        except BaseException:
            work.close()
            raise

    async def _handle(self, route: int, warn_after: float | None) -> Turn:
        receiver, delivery = self._receiver, self._delivery
        assert delivery is not None
        event = delivery.event
        is_over = None if warn_after is None else receiver.runtime.later(warn_after, self._warn_of_slowness)
        try:
            await receiver.runtime.call(receiver.functions[route], event, delivery)
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

    async def _release(self, asking: Asking, key: str, token: str, within: float) -> Turn:
        store = self._receiver.store
        assert store is not None
        try:
            await store.release(asking, within, key, token)
        except NoAnswerError as late:
            self._causes[_UNAVAILABLE] = late
            return self._exchange.tell("not released", cause=str(late))
        except Exception as fault:
            cause = self._causes[_UNAVAILABLE] = cause_of(fault)
            return self._exchange.tell("not released", cause=told(cause))
        return self._exchange.tell("released")

    async def _note(self, notices: list[Notice]) -> None:
        """Logs them, and calls `on_error` for those with a code."""
        receiver = self._receiver
        for notice in notices:
            self._log(notice)
            _, _, code, status, reason, _, _ = notice
            if code is None or receiver.on_error is None:
                continue
            error = WebhookVerificationError(reason, code, status or 500)
            error.__cause__ = self._causes.get(code)
            try:
                await receiver.runtime.call(receiver.on_error, error)
            except Exception as fault:
                receiver.log.write(logging.ERROR, "on_error raised an exception", trace=cause_of(fault))

    def _warn_of_slowness(self) -> None:
        for notice in self._exchange.tell("slow")[0] or ():
            self._log(notice)

    def _log(self, notice: Notice) -> None:
        level, _, code, _, _, line, extra = notice
        trace = self._causes.get(code) if code in (_FAILED, "internal") else None
        self._receiver.log.write(level, line, extra, trace)


_FAILED = "handler_failed"
_UNAVAILABLE = "replay_store_unavailable"


def _now() -> int:
    return round(time.time() * 1_000)
