"""What the package takes, for type checkers."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal, Protocol, Self, TypeAlias, TypedDict

from twenty_webhook.codes import EventKind, ReceiverCode, Status, VerificationCode


class HasItems(Protocol):
    """A mapping, a multi-dictionary, a message: it is walked, never looked up."""

    def items(self) -> Iterable[tuple[object, object]]: ...


class RecordDict(Protocol):
    """Any `TypedDict`: nothing else has these."""

    __required_keys__: ClassVar[frozenset[str]]
    __optional_keys__: ClassVar[frozenset[str]]


class RecordModel(Protocol):
    """A model of pydantic, or a class of one's own that checks what it is made of."""

    @classmethod
    def model_validate(cls, obj: Any, /) -> Self: ...


Body: TypeAlias = str | bytes | bytearray | memoryview
"""The bytes as they arrived, or their text; never what a parser made of them. Any buffer is taken at run time."""

Headers: TypeAlias = HasItems | Iterable[tuple[str | bytes, object]]
"""Names and values, also as ASGI (pairs of bytes) and WSGI (`HTTP_X_Y`) have them."""

Answer: TypeAlias = tuple[int, bytes, tuple[tuple[str, str], ...]]
"""The status, the body, the headers."""


class DeliveryDict(TypedDict):
    """What `Delivery.to_dict` gives; the timestamp counts milliseconds since the Unix epoch."""

    payload: str
    id: str
    timestamp: int
    nonce: str | None
    secret_index: int


Notice: TypeAlias = tuple[
    int,
    Literal["handled", "duplicate", "ignored", "accepted", "refused", "failed"] | None,
    VerificationCode | ReceiverCode | None,
    Status | Literal[200] | None,
    str,
    str | None,
]
"""The level as `logging` counts it, the outcome, the code, the status, the reason, and the line of the log; one without a line
is not logged."""

Facts: TypeAlias = tuple[str | None, str, int, int, EventKind, str | None, str | None, str | None, str | None]
"""The name of a webhook; of a delivery its id, its timestamp in milliseconds and which secret it was signed with; of its event the kind, the name, the
ids of the record, of the subscription and of the workspace."""

Action: TypeAlias = (
    tuple[Literal["find"], float]
    | tuple[Literal["read"], int, float]
    | tuple[Literal["claim"], str, float, float, float]
    | tuple[Literal["handle"], int, float | None]
    | tuple[Literal["release"], str, str, float]
)
"""What is to be done, and what it takes: `find` the webhook, within so many seconds; `read` so many bytes at most, within;
`claim` a key, for how long, with what window, within; `handle` a route, with a warning after; `release` a key, with a token,
within."""

Turn: TypeAlias = tuple[list[Notice] | None, Answer | None, Action | None]
"""What is to be logged, to be answered, to be done next."""

Unreadable: TypeAlias = Literal["too large", "already read"] | Literal["late body", "silent", "gone", "silent and gone"]
"""Why there is no body."""

Told: TypeAlias = (
    Literal["unknown webhook", "failed webhook", "late webhook"]
    | Unreadable
    | Literal["not a request", "no time"]
    | Literal["granted", "held", "failed claim", "odd claim", "late claim", "abandoned claim"]
    | Literal["released", "not released"]
    | Literal["handled", "failed", "slow", "unawaited", "fault"]
)
"""What an exchange is told with a word, and two texts at most."""

ClaimFailure: TypeAlias = Literal["final"] | Literal["passing", "lost"]
"""What an error of a database says: nothing was claimed; nor this time, but it may be next; it may have been, and only asking
again tells."""
