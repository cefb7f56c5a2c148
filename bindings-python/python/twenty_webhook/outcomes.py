"""What became of requests: what `on_outcome` and `on_error` are called with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal

from twenty_webhook._core import Delivery, Event
from twenty_webhook.codes import EventKind, ReceiverCode, Status, VerificationCode

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    R = TypeVar("R", default=Any)
else:
    from typing import TypeVar

    R = TypeVar("R")

__all__ = ["DeliveryFacts", "ErrorContext", "EventFacts", "Outcome"]


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """Which delivery it is."""

    id: str
    timestamp: datetime
    secret_index: int


@dataclass(frozen=True, slots=True)
class EventFacts:
    """Which event it is, and nothing of its record."""

    name: str | None
    kind: EventKind
    record_id: str | None
    webhook_id: str | None
    workspace_id: str | None


@dataclass(frozen=True, slots=True)
class Outcome(Generic[R]):
    """What became of a request: no record, no secret, no signature.

    - `outcome`: `handled`; `duplicate`, which was claimed before; `ignored`, which no pattern matches; `accepted`, which is
      handled in the background; `refused` before a handler was called; `failed`, which its handler did.
    - `code`: why it was refused or failed.
    - `status`: of the answer; of a handler that has ended in the background, the status it would have had.
    - `duration_ms`: the time since the head of the request arrived.
    - `delivery`, `event`: `None` where the request was refused before it was verified.
    - `webhook`: the name that the `Webhook` was given.
    - `request`: as the framework has it.
    """

    outcome: Literal["handled", "duplicate", "ignored", "accepted", "refused", "failed"]
    code: VerificationCode | ReceiverCode | None
    status: Status | Literal[200]
    duration_ms: float
    delivery: DeliveryFacts | None
    event: EventFacts | None
    webhook: str | None
    request: R


@dataclass(frozen=True, slots=True)
class ErrorContext(Generic[R]):
    """What an error is about: the whole delivery, so that one that failed can be kept.

    `delivery` and `event` are `None` where the request was refused before it was verified.
    """

    delivery: Delivery | None
    event: Event | None
    request: R
