"""Verification and signing, as Python has them."""

from __future__ import annotations

import os

from twenty_webhook import _core

# Importing what is for type checkers only would take longer than all the rest, and so would dates, which few need.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta
    from typing import Any, Literal, NoReturn, Self

    from twenty_webhook._types import Body, Headers
    from twenty_webhook.diagnosis import Diagnosis

_LEFT_OUT: Any = type("LeftOut", (), {"__repr__": lambda _: "..."})()


class Webhook(_core.Webhook):
    """One webhook of Twenty, as its receiver knows it: the secrets it accepts and how strict it is.

    Make it once and share it: it is immutable and serves any number of threads.

    - `secret`: the text that Twenty shows, or its UTF-8 as `bytes`; while it is being changed a list of at most four, the new one
      first, which is the one to sign with.
    - `tolerance` (`timedelta(minutes=5)`): how far the timestamp may be from now, on either side.
    - `max_body_bytes` (`1_048_576`): the largest body that is looked at.
    - `header_prefix` (`"X-Twenty-Webhook-"`): what the header names begin with, for rebranded servers.
    - `payload_form` (`"raw"`): what the signature is over: the bytes as received, the `canonical` text, or the text once more
      quoted (`json_string`).
    - `name` (none): for receivers of several webhooks: it is part of the key under which a delivery is claimed, so one workspace
      cannot claim what another sends, and it is in the log.

    Raises `WebhookError`: `secret_empty`, `secret_has_whitespace`, `secret_has_invisible_characters`, `secret_not_utf8`,
    `too_many_secrets`, `invalid_tolerance`, `invalid_max_body_bytes`, `invalid_header_prefix`, `invalid_payload_form`,
    `invalid_name`.
    """

    __slots__ = ()

    def __new__(
        cls,
        secret: str | bytes | Sequence[str | bytes],
        *,
        tolerance: timedelta = _LEFT_OUT,
        max_body_bytes: int = _LEFT_OUT,
        header_prefix: str = _LEFT_OUT,
        payload_form: Literal["raw", "canonical", "json_string"] = _LEFT_OUT,
        name: str = _LEFT_OUT,
    ) -> Self:
        options = (
            _seconds(tolerance),
            _number(max_body_bytes),
            _text("header_prefix", header_prefix),
            _text("payload_form", payload_form),
            _text("name", name),
        )
        webhook: Self = super().__new__(cls, [_key(one) for one in _several(secret)], options)
        return webhook

    def sign(self, payload: Body, *, timestamp: datetime | None = None, nonce: str | None = None) -> dict[str, str]:
        """Signs a payload with the first secret, as the sender does, and gives the three headers.

        Under the form `canonical` the canonical text of the payload is signed, which is then the body to send. Raises
        `WebhookError`: `invalid_timestamp`, `invalid_nonce`, and of the payload `payload_not_utf8`, `payload_not_json`,
        `payload_too_deep`.
        """
        if nonce is None:
            nonce = os.urandom(16).hex()
        elif not isinstance(nonce, str):
            raise TypeError(f"nonce must be a str, not {type(nonce).__name__}")
        return dict(_core.sign_pairs(self, payload, timestamp, _well_formed(nonce)))

    def diagnose(
        self,
        body: Body,
        headers: Headers,
        *,
        now: datetime | None = None,
        method: str | None = None,
        url: str | None = None,
        other_secrets: Sequence[str | bytes] = (),
    ) -> Diagnosis:
        """Finds out why `verify` refuses a delivery. It takes what `verify` takes, accepts nothing, and tells no secret.

        Pass all headers, not only the three: those of tools and of other products tell something. `method` and `url`, the
        whole address, are those of the request. `other_secrets` are those of other webhooks, one of which may have signed it.

        A large body can take a second. Other threads run meanwhile; an event loop that is not to wait calls this in a thread.
        """
        from twenty_webhook.diagnosis import _diagnosed

        return _diagnosed(self, None, body, headers, now, method, url, other_secrets)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Webhook holds a secret and cannot be pickled: make one where it is needed")


def _several(secret: object, name: str = "secret") -> list[object]:
    if isinstance(secret, (str, bytes)):
        return [secret]
    from collections.abc import Sequence

    from twenty_webhook._host import asked

    if isinstance(secret, Sequence) and not isinstance(secret, bytearray | memoryview):
        return asked(name, lambda: list(secret))
    return [secret]


def _key(secret: object, name: str = "secret") -> bytes:
    if isinstance(secret, str):
        return str.encode(secret, "utf-8", "surrogatepass")
    if isinstance(secret, bytes):
        return secret
    raise TypeError(f"{name} must be str, bytes or a list of these, not {type(secret).__name__}")


def _seconds(tolerance: object) -> float | None:
    if tolerance is _LEFT_OUT:
        return None
    from datetime import timedelta

    if isinstance(tolerance, timedelta):
        return timedelta.total_seconds(tolerance)
    raise TypeError(f"tolerance must be a datetime.timedelta, not {type(tolerance).__name__}")


def _number(count: object) -> float | None:
    """Numbers that are no count are for the core to refuse."""
    if count is _LEFT_OUT:
        return None
    if isinstance(count, bool) or not isinstance(count, int | float):
        raise TypeError(f"max_body_bytes must be an int, not {type(count).__name__}")
    try:
        return float(count)
    except OverflowError:
        return float("inf")


def _text(name: str, text: object) -> str | None:
    if text is _LEFT_OUT:
        return None
    if isinstance(text, str):
        return _well_formed(text)
    raise TypeError(f"{name} must be a str, not {type(text).__name__}")


def _well_formed(text: str) -> str:
    """The core refuses U+FFFD, which stands in for unpaired surrogates, wherever it takes such a text."""
    return str.encode(text, "utf-8", "surrogatepass").decode("utf-8", "replace")
