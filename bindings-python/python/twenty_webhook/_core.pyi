from datetime import datetime
from typing import Any, Final, final

from typing_extensions import disjoint_base

from twenty_webhook._event import Event
from twenty_webhook._types import Body, Headers

__all__ = [
    "CODES",
    "DEFAULT_NAMESPACE",
    "MAX_DEPTH",
    "RECEIVER_LIMITS",
    "Delivery",
    "Webhook",
    "__version__",
    "canonicalize",
    "is_pattern",
    "matches",
    "meaning",
]

__version__: Final[str]
CODES: Final[list[tuple[str, int | None]]]
DEFAULT_NAMESPACE: Final[str]
MAX_DEPTH: Final[int]
RECEIVER_LIMITS: Final[tuple[float, float, float, int]]

def canonicalize(json: Body) -> str:
    """Prints JSON text as ECMAScript's `JSON.stringify(JSON.parse(text))` does: what Twenty signs.

    Raises `WebhookError` with an `offset`: `payload_not_utf8`, `payload_not_json`, `payload_too_deep`.
    """

def is_pattern(pattern: str) -> bool: ...
def matches(kind: str, name: str | None, pattern: str) -> bool: ...
def meaning(code: str) -> tuple[str, int | None]: ...

@final
class Delivery:
    """A delivery sent by someone who has the secret, within the tolerance, holding what they signed."""

    @property
    def id(self) -> str:
        """SHA-256 of the payload in hex: the same each time the same event is sent, and the key to de-duplicate by."""

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

@disjoint_base
class Webhook:
    def __new__(
        cls,
        secrets: list[tuple[bytes, bool]],
        options: tuple[float | None, float | None, str | None, str | None],
    ) -> Any: ...
    def verify(self, body: Body, headers: Headers, now: datetime | None = None) -> Delivery:
        """Verifies one delivery: the body as it arrived, the request's headers, the time of its arrival (default: now).

        Raises `WebhookVerificationError`, in the order in which they are looked for: `payload_too_large`,
        `repeated_header`, `missing_header`, `malformed_timestamp`, `timestamp_too_old`, `timestamp_too_new`,
        `malformed_signature`, `payload_not_utf8`, `payload_not_json`, `payload_too_deep`, `signature_mismatch`.
        """

    def check_request(
        self,
        method: str,
        content_encoding: str | bytes | None,
        content_length: str | bytes | None,
        headers: Headers,
        now: datetime | None = None,
    ) -> None:
        """Judges what is known of a request before its body is read; it proves nothing.

        Raises `WebhookVerificationError`: `method_not_allowed`, `unsupported_content_encoding`, `payload_too_large`,
        then what `verify` finds of the headers.
        """

    def replay_policy(self, namespace: str, ttl_seconds: float | None = None) -> tuple[float, float]: ...
    def check_body_length(self, length: int) -> None: ...
    def sign_pairs(self, payload: Body, moment: datetime | None, nonce: str) -> list[tuple[str, str]]: ...
