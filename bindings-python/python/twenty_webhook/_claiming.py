"""The claim of one delivery: asked for, waited for where it is late, given back."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from twenty_webhook._claims import Asking, NoAnswerError
from twenty_webhook._guard import cause_of, named, told
from twenty_webhook._types import Turn

if TYPE_CHECKING:
    from twenty_webhook._core import Exchange
    from twenty_webhook._receiver import Receiver


class Claiming:
    """It asks the store and tells the exchange what it says. `carry_out` does what later turns ask for."""

    def __init__(
        self,
        receiver: Receiver,
        exchange: Exchange,
        causes: dict[str | None, BaseException | None],
        carry_out: Callable[[Turn, Asking], Coroutine[Any, Any, object]],
    ) -> None:
        assert receiver.store is not None
        self._store = receiver.store
        self._receiver = receiver
        self._exchange = exchange
        self._causes = causes
        self._carry_out = carry_out

    async def claim(self, key: str, ttl: float, window: float, within: float) -> Turn:
        try:
            answer = await self._store.claim(self._receiver.runtime, within, key, ttl, window)
        except NoAnswerError as late:
            self._causes[_UNAVAILABLE] = late
            turn = self._exchange.tell("late claim")
            # Not before it is told to be late, lest it is taken to be in time.
            self._await_late(late)
            return turn
        except Exception as fault:
            return self._failed(cause_of(fault))
        return self._answered(answer)

    async def release(self, asking: Asking, key: str, token: str, within: float) -> Turn:
        try:
            await self._store.release(asking, within, key, token)
        except NoAnswerError as late:
            self._causes[_UNAVAILABLE] = late
            return self._exchange.tell("not released", cause=str(late))
        except Exception as fault:
            cause = self._causes[_UNAVAILABLE] = cause_of(fault)
            return self._exchange.tell("not released", cause=told(cause))
        return self._exchange.tell("released")

    def _await_late(self, late: NoAnswerError) -> None:
        """A store that never answers must not keep this request."""
        if late.afterwards is None:
            self._exchange.tell("failed claim")
            return
        runtime = self._receiver.runtime
        waiting = [self]

        def give_up() -> None:
            waiting.clear()
            runtime.go_on(self._carry_out(self._exchange.tell("abandoned claim"), runtime))

        is_over = runtime.later(self._receiver.late_claim, give_up)

        async def settled(asking: Asking, answer: Callable[[], Any]) -> None:
            is_over()
            for claiming in waiting:
                await claiming._settled(asking, answer)

        late.afterwards(settled)

    async def _settled(self, asking: Asking, answer: Callable[[], Any]) -> None:
        job = object()
        self._receiver.running.begin(job)
        try:
            try:
                turn = self._answered(answer())
            except Exception as fault:
                turn = self._failed(cause_of(fault))
            await self._carry_out(turn, asking)
        finally:
            self._receiver.running.end(job)

    def _answered(self, answer: Any) -> Turn:
        """What is neither text nor `None` is odd; of text the core judges what grants."""
        if answer is None:
            return self._exchange.tell("held")
        if issubclass(type(answer), str):
            return self._exchange.tell("granted", answer)
        return self._exchange.tell("odd claim", named(answer))

    def _failed(self, cause: BaseException) -> Turn:
        self._causes[_UNAVAILABLE] = cause
        return self._exchange.tell("failed claim", cause=told(cause))


_UNAVAILABLE = "replay_store_unavailable"
