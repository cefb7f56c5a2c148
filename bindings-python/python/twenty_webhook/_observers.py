"""What `on_error` and `on_outcome` are told of one request."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal, cast

from twenty_webhook._core import Delivery
from twenty_webhook._errors import WebhookVerificationError
from twenty_webhook._guard import cause_of
from twenty_webhook._handlers import Function
from twenty_webhook._moments import aware_datetime
from twenty_webhook._types import Facts, Notice
from twenty_webhook.codes import Status
from twenty_webhook.outcomes import DeliveryFacts, ErrorContext, EventFacts, Outcome

if TYPE_CHECKING:
    from twenty_webhook._receiver import Receiver
    from twenty_webhook._webhook import Webhook


class Observers:
    """They are told in order, and nothing before the answer is on its way: whatever they do, they neither delay nor change it."""

    def __init__(self, receiver: Receiver, request: Any) -> None:
        self._receiver = receiver
        self._request = request
        self._began = monotonic()
        self._due: deque[tuple[str, Function, tuple[object, ...]]] = deque()

    def __len__(self) -> int:
        return len(self._due)

    def note(
        self,
        notice: Notice,
        cause: BaseException | None,
        webhook: Webhook | None,
        delivery: Delivery | None,
        facts: Facts | None,
    ) -> None:
        _, outcome, code, status, reason, _ = notice
        on_error, on_outcome = self._receiver.on_error, self._receiver.on_outcome
        if on_error is not None and code is not None:
            error = WebhookVerificationError(reason, code, cast("Status", status))
            error.__cause__ = cause
            context = ErrorContext(delivery, delivery and delivery.event, self._request)
            self._due.append(("on_error", on_error, (error, context)))
        if on_outcome is not None and outcome is not None:
            name, duration_ms = None if webhook is None else webhook.name, (monotonic() - self._began) * 1_000
            told = Outcome(
                outcome, code, cast("Status | Literal[200]", status), duration_ms, *_shown(facts), name, self._request
            )
            self._due.append(("on_outcome", on_outcome, (told,)))

    async def tell(self, failed: Callable[[str, BaseException], object]) -> None:
        while self._due:
            try:
                name, function, arguments = self._due.popleft()
            except IndexError:  # Another thread was faster.
                return
            try:
                await self._receiver.runtime.call(function, *arguments)
            except BaseException as fault:
                failed(f"{name} raised an exception", cause_of(fault))
                if not isinstance(fault, Exception | asyncio.CancelledError):
                    raise


def _shown(facts: Facts | None) -> tuple[DeliveryFacts | None, EventFacts | None]:
    if facts is None:
        return None, None
    _, delivery_id, millis, secret_index, kind, name, record_id, webhook_id, workspace_id = facts
    delivery = DeliveryFacts(delivery_id, _moment(millis), secret_index)
    return delivery, EventFacts(name, kind, record_id, webhook_id, workspace_id)


def _moment(millis: int) -> datetime:
    try:
        return aware_datetime(millis)
    except ValueError:  # A tolerance of thousands of years allows it.
        return datetime.max.replace(tzinfo=UTC)
