from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, TypeVar, final, overload

from typing_extensions import disjoint_base

from twenty_webhook._types import Body, ClaimFailure, DeliveryDict, Facts, Headers, RecordDict, RecordModel, Told, Turn
from twenty_webhook.codes import Action, EventKind

__all__ = [
    "CODES",
    "MAX_DEPTH",
    "Delivery",
    "Event",
    "Exchange",
    "MemoryClaims",
    "Receiver",
    "Webhook",
    "__version__",
    "ask_again_after",
    "canonicalize",
    "check_body_length",
    "delivery_id_of",
    "diagnose",
    "fingerprint",
    "sign_pairs",
    "sql_failure",
    "sql_statements",
]

_D = TypeVar("_D", bound=RecordDict)
_M = TypeVar("_M", bound=RecordModel)

__version__: Final[str]
CODES: Final[Mapping[str, int | None]]
MAX_DEPTH: Final[int]

def canonicalize(json: Body) -> str:
    """Prints JSON text as ECMAScript's `JSON.stringify(JSON.parse(text))` does: what Twenty signs.

    Raises `WebhookError` with an `offset`: `payload_not_utf8`, `payload_not_json`, `payload_too_deep`.
    """

def delivery_id_of(payload: Body) -> str:
    """The `id` of the delivery with this payload, for who has kept the payload alone."""

@final
class Delivery:
    """A delivery sent by someone who has the secret, within the tolerance, holding what they signed."""

    def __new__(cls, fields: dict[str, Any] | DeliveryDict, /) -> Delivery: ...
    @staticmethod
    def from_dict(fields: dict[str, Any] | DeliveryDict) -> Delivery:
        """Verifies nothing: reads back what `to_dict` gave. Raises `TypeError`, which names the field, for other shapes."""

    def to_dict(self) -> DeliveryDict:
        """All of it in texts, numbers and `None`. Raises `WebhookError`: `payload_not_utf8` where no text holds the payload."""

    @property
    def id(self) -> str:
        """What tells this event from every other, in hex, and the key to de-duplicate by.

        The SHA-256 of the payload, without the value of `eventDate` if the event names its record and the record's version
        (`updatedAt`): the same change sent again has the same id.
        """

    @property
    def timestamp(self) -> datetime:
        """When it was sent, as the authenticated timestamp header says, in UTC."""

    @property
    def nonce(self) -> str | None:
        """The nonce header, for logs: it is not signed, so it proves nothing. `None` where it is absent or unusable."""

    @property
    def secret_index(self) -> int:
        """Which secret it was signed with: 0 for the first."""

    @property
    def payload(self) -> bytes:
        """The very bytes that were authenticated: the body or, under the form `canonical`, its canonical text."""

    @property
    def event(self) -> Event:
        """What the payload says. Never an error: an authentic payload of an unknown shape is of the kind `unknown`."""

    def __reduce__(self) -> tuple[Any, ...]: ...

@final
class Event:
    """What a payload says: which event, of which object, and the record. `Delivery.event` and `Event.read` make it; it is
    immutable.

    Absent fields are `None`. `record`, `properties` and `payload` are plain dictionaries and lists, as `json.loads`
    makes them; numbers keep the type they were sent in.
    """

    __hash__ = None  # type: ignore[assignment]

    def __new__(cls, fields: dict[str, Any], /) -> Event: ...
    # <generated> `cargo xtask generate` writes this part from schema/src/event.rs: change that, not this.
    @property
    def kind(self) -> EventKind:
        """Which envelope it came in: a record's, the metadata's, or one of a shape not known here."""

    @property
    def name(self) -> str | None:
        """What happened: `person.created`, `metadata.objectMetadata.updated`. The names of earlier years
        (`create.person`, `person.create`, `person.CREATED`) are given as today's.
        """

    @property
    def object(self) -> str | None:
        """The first part of a record event's name: `person`, `company`, or a custom object."""

    @property
    def action(self) -> Action | str | None:
        """The last part of the name: `created`, `updated`, `deleted`, `destroyed`, `restored`, or one not known yet."""

    @property
    def record(self) -> dict[str, Any] | None:
        """The record after the change, or before it for `destroyed`."""

    @property
    def updated_fields(self) -> list[str]:
        """The names of the top-level fields that changed; a metadata event lists them among its properties. Empty where
        the payload has none.
        """

    @property
    def occurred_at(self) -> str | None:
        """When the change was queued, as sent: an ISO 8601 date. All records of a batch share it, and on a busy server
        it can be an hour old, so it says nothing about freshness.
        """

    @property
    def workspace_id(self) -> str | None:
        """The workspace it happened in."""

    @property
    def webhook_id(self) -> str | None:
        """The subscription, the same for each of its deliveries: it does not tell them apart."""

    @property
    def user_id(self) -> str | None:
        """Who did it; absent for writes by API keys and by the system."""

    @property
    def workspace_member_id(self) -> str | None:
        """The same person as a member of the workspace; absent likewise."""

    @property
    def object_metadata_id(self) -> str | None:
        """The id of the object's definition."""

    @property
    def target_url(self) -> str | None:
        """The URL Twenty was told to deliver to, with its query: a token in there is in every payload."""

    @property
    def metadata_name(self) -> str | None:
        """What kind of metadata a metadata event is about: `objectMetadata`, `fieldMetadata`, …"""

    @property
    def record_id(self) -> str | None:
        """The id of the record, or of what a metadata event is about."""

    @property
    def properties(self) -> dict[str, Any] | None:
        """What a metadata event says of the change: `before`, `after`, `updatedFields`, `diff`."""

    @property
    def payload(self) -> Any:
        """The whole payload of an event of the kind `unknown`; absent where it is not JSON or is nested deeper than 256
        levels.
        """
    # </generated>
    @staticmethod
    def read(payload: Body) -> Event:
        """Verifies nothing: reads the event of a payload that was verified before. No JSON is of the kind `unknown`."""

    @overload
    def record_as(self, shape: type[_M]) -> _M | None:
        """The record with the types of a shape, `None` if there is none: `event.record_as(Person)`.

        With a `TypedDict` it is the same record, for type checkers: nothing is checked. A class with `model_validate`, such
        as a model of pydantic, validates the record, and raises its own error. Raises `TypeError` for any other shape.
        """

    @overload
    def record_as(self, shape: type[_D]) -> _D | None: ...
    def matches(self, pattern: str) -> bool:
        """Whether it matches a pattern: `person.created`, `person.*`, `*.created`, `*.*`, `metadata.*.*`."""

    def __eq__(self, other: Any, /) -> bool: ...
    def __reduce__(self) -> tuple[Any, ...]: ...

@disjoint_base
class Webhook:
    def __new__(
        cls,
        secrets: list[bytes],
        options: tuple[float | None, float | None, str | None, str | None, str | None],
    ) -> Any: ...
    @property
    def name(self) -> str | None:
        """What it was named; `None` if it was not."""

    def verify(self, body: Body, headers: Headers, now: datetime | None = None) -> Delivery:
        """Verifies one delivery: the body as it arrived, the request's headers, the time of its arrival (default: now).

        Raises `WebhookVerificationError`, in the order in which they are looked for: `payload_too_large`,
        `repeated_header`, `missing_header`, `malformed_timestamp`, `timestamp_too_old`, `timestamp_too_new`,
        `malformed_signature`, `payload_not_utf8`, `payload_not_json`, `payload_too_deep`, `signature_mismatch`.
        """

def diagnose(
    webhook: Webhook,
    body: Body,
    headers: Headers,
    now: datetime | None,
    about: tuple[list[bytes] | None, str | None, str | None, list[bytes]],
) -> str: ...
def fingerprint(secret: bytes) -> str: ...
def check_body_length(webhook: Webhook, length: int) -> None: ...
def sign_pairs(webhook: Webhook, payload: Body, moment: datetime | None, nonce: str) -> list[tuple[str, str]]: ...

@final
class Receiver:
    """The rules of one receiver; what is `None` is the core's default."""

    def __new__(
        cls,
        webhook: Webhook | None,
        patterns: list[str] | None,
        namespace: str | None,
        ttl_seconds: float | None,
        body_timeout_millis: float | None,
        on_store_failure: str | None,
        has_no_store: bool,
        is_background: bool,
        diagnoses: bool,
    ) -> Receiver: ...
    @property
    def warnings(self) -> list[str]: ...
    @property
    def leftover_bytes(self) -> int: ...
    @property
    def late_claim(self) -> float: ...
    def begin(
        self,
        method: str,
        content_encoding: str | bytes | None,
        content_length: str | bytes | None,
        wants_debug: bool,
        wants_outcomes: bool,
    ) -> tuple[Exchange, Turn]: ...

@final
class Exchange:
    """One request's way through a receiver: whatever happens is told, and each turn says what is to be done."""

    def found(self, webhook: Webhook, content_length: str | bytes | None, headers: Headers, now: int) -> Turn: ...
    def body(self, body: bytes, now: int) -> tuple[Turn, Delivery | None]: ...
    def tell(
        self,
        what: Told,
        text: str | None = None,
        cause: str | None = None,
    ) -> Turn: ...
    def facts(self) -> Facts | None: ...
    def line(self, text: str) -> str: ...

@final
class MemoryClaims:
    """Claims in memory; the clock counts seconds, and only goes forward."""

    def __new__(cls, max_entries: int | None) -> MemoryClaims: ...
    def claim(self, key: str, ttl: float, window: float, now: float) -> str | None: ...
    def release(self, key: str, token: str) -> None: ...
    def __len__(self) -> int: ...

def ask_again_after(asking: int, since_first_millis: float) -> float:
    """How many milliseconds to wait before the asking of this number of a store whose answer was lost; negative where it is not worth another."""

def sql_statements(first_placeholder: str, table: str | None) -> str:
    """What a replay store asks of its database, as JSON: `claim` of key, token, when the claim will be gone, now, and now
    again; `release` of key and token; `deleteExpired` of now, and now again; `createTable`, `claimsBetweenDeletions`."""

def sql_failure(code: str) -> ClaimFailure: ...
