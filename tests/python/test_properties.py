"""What holds of every input, tried on generated ones.

PROPERTY_RUNS asks for more of them, each time others. Hypothesis is a tool of the tests only: it is not shipped.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from twenty_webhook import (
    CODES,
    Delivery,
    Event,
    Webhook,
    WebhookError,
    WebhookVerificationError,
    canonicalize,
    delivery_id_of,
)

RUNS = os.environ.get("PROPERTY_RUNS")
settings.register_profile(
    "properties",
    max_examples=int(RUNS or 200),
    derandomize=RUNS is None,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("properties")

HOOK = Webhook("a secret")
NOW = datetime(2024, 12, 24, 18, 57, 19, tzinfo=UTC)
MILLIS = str(int(NOW.timestamp() * 1000))
TIMESTAMP, SIGNATURE, NONCE = HOOK.sign(b"", timestamp=NOW)

payloads = st.binary(max_size=3_000)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda values: st.lists(values, max_size=4) | st.dictionaries(st.text(max_size=10), values, max_size=4),
    max_leaves=20,
)


def signed(body: bytes, secret: str = "a secret") -> dict[str, str]:
    """As the sender does it, by Python's own HMAC."""
    tag = hmac.new(secret.encode(), f"{MILLIS}:".encode() + body, hashlib.sha256)
    return {TIMESTAMP: MILLIS, SIGNATURE: tag.hexdigest()}


def code_of(body: Any, headers: Any, hook: Webhook = HOOK) -> str | None:
    try:
        hook.verify(body, headers, NOW)
    except WebhookVerificationError as error:
        assert error.status == CODES[error.code]
        return error.code
    return None


@given(st.text(max_size=100) | st.from_regex(r"[0-9a-f]{64}", fullmatch=True), payloads)
def test_what_is_signed_is_accepted_and_is_what_hmac_signs(secret: str, payload: bytes) -> None:
    try:
        hook = Webhook(secret)
    except WebhookError as error:
        assert error.code.startswith("secret_")
        assert not (secret.isascii() and secret.isalnum())
        return
    headers = hook.sign(payload, timestamp=NOW)
    assert headers[SIGNATURE] == signed(payload, secret)[SIGNATURE]
    delivery = hook.verify(payload, headers, NOW)
    assert (delivery.payload, delivery.timestamp) == (payload, NOW)
    assert Delivery.from_dict(hook.verify("text", signed(b"text", secret), NOW).to_dict()).payload == b"text"


@given(payloads.filter(bool), st.integers(0), st.integers(1, 255))
def test_a_byte_of_the_body_that_is_changed(body: bytes, at: int, by: int) -> None:
    at %= len(body)
    changed = body[:at] + bytes([body[at] ^ by]) + body[at + 1 :]
    for forged in (changed, body[:at] + bytes([by]) + body[at:], body[:-1]):
        assert code_of(forged, signed(body)) == "signature_mismatch"


@given(payloads, st.sampled_from([TIMESTAMP, SIGNATURE]), st.integers(0), st.characters() | st.sampled_from("ABCDEF"))
def test_a_character_of_a_header_that_is_changed(body: bytes, name: str, at: int, by: str) -> None:
    headers = signed(body)
    at %= len(headers[name])
    changed = headers[name][:at] + by + headers[name][at + 1 :]
    assume(changed.strip(" \t") != headers[name])
    code = code_of(body, {**headers, name: changed})
    assert code is not None
    assert code.startswith(("malformed_", "timestamp_too_", "signature_mismatch", "repeated_header"))


@given(json_values, st.booleans())
def test_canonical_text_holds_the_same_value_without_white_space(value: Any, is_ascii: bool) -> None:
    text = json.dumps(value, indent=2, ensure_ascii=is_ascii)
    canonical = canonicalize(text)
    assert json.loads(canonical) == value
    assert canonicalize(canonical) == canonical
    if not isinstance(value, (dict, list)):
        assert canonical == json.dumps(value, ensure_ascii=False)
    assert len(canonical) <= len(json.dumps(value, separators=(",", ":")))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value(number: float) -> None:
    assert float(canonicalize(repr(number))) == number


@given(json_values)
def test_every_json_is_some_event(value: Any) -> None:
    payload = json.dumps(value)
    event = Event.read(payload)
    assert event.kind in ("record", "metadata", "unknown")
    assert event.kind != "unknown" or event.payload == value
    assert event.matches("*.*") == (event.kind != "unknown")
    if "updatedAt" not in payload:
        assert delivery_id_of(payload) == hashlib.sha256(payload.encode()).hexdigest()


class ThrownError(Exception):
    """Of an object of the caller's."""


class Raising:
    def __getattr__(self, name: str) -> Any:
        raise ThrownError(name)

    def __bytes__(self) -> bytes:
        raise ThrownError


atoms = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(), st.complex_numbers(), st.text(), st.binary()),
    *(st.datetimes(), st.timedeltas(), st.decimals(), st.fractions(), st.uuids(), st.functions(), st.dates()),
    st.text(st.characters(), max_size=9).map(lambda text: bytearray(text.encode())),
    *(st.binary().map(memoryview), st.builds(object), st.builds(Raising), st.just(NOW), st.just(b"{}")),
    st.text(alphabet=st.characters(codec=None, categories=("Cs", "Lu")), max_size=4),
)
junk = st.recursive(
    atoms,
    lambda values: st.one_of(
        st.lists(values, max_size=3),
        st.tuples(values, values),
        st.dictionaries(
            st.text() | st.binary() | st.integers() | st.sampled_from([TIMESTAMP, SIGNATURE, NONCE]), values
        ),
        st.lists(values, max_size=3).map(iter),
    ),
    max_leaves=6,
)
OPTIONS = ["tolerance", "max_body_bytes", "header_prefix", "payload_form", "name"]


@given(junk, junk, junk, st.dictionaries(st.sampled_from(OPTIONS), junk))
@example(b"{}", signed(b"{}"), NOW, {})
@example(b"{}", signed(b"{}"), NOW, {"tolerance": timedelta(0)})
def test_whatever_is_passed_nothing_foreign_comes_out(body: Any, headers: Any, now: Any, options: Any) -> None:
    for call in (
        lambda: HOOK.verify(body, headers, now),
        lambda: HOOK.verify(body, signed(b"{}"), NOW),
        lambda: HOOK.verify(b"{}", headers, NOW),
        lambda: HOOK.verify(b"{}", signed(b"{}"), now),
        lambda: Webhook(body, **options),
        lambda: Webhook("a secret", **options),
        lambda: HOOK.sign(body, timestamp=now),
        lambda: canonicalize(body),
        lambda: Event.read(body),
        lambda: delivery_id_of(body),
        lambda: Delivery.from_dict(body),
    ):
        try:
            call()
        except WebhookError as error:
            assert error.code in CODES, error
            assert error.code != "internal", error
        except (TypeError, ValueError) as error:
            # A mistake of the caller's, in this package's words.
            assert str(error)
