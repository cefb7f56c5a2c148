"""A delivery as a plain dictionary, as a pickle, and back; and the event of a payload that was verified before."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import pickle
import pickletools
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from twenty_webhook import CODES, Delivery, Event, Webhook, WebhookError, codes

SECRET = "a secret"
MOMENT = datetime(2025, 11, 24, 16, 0, 0, 123000, tzinfo=UTC)
MILLIS = 1_764_000_000_123
BODY = '{"eventName":"person.created","record":{"id":"7","name":"Zoë 😀","note":"\\ud800"}}'
PAYLOADS = [BODY, "", "{}", "not JSON", "\ufeff{}", "\0\x7f\u2028", json.dumps({"a": "é" * 70_000}, ensure_ascii=False)]
NO_TEXTS = [b"\xff", '"é"'.encode("latin-1"), b'"\xed\xa0\x80"', b"\xe2\x82"]


def verified(body: str | bytes, key: str = SECRET, nonce: str = "a-nonce-for-logs") -> Delivery:
    """Signed by Python's own HMAC."""
    octets = body.encode() if isinstance(body, str) else body
    signature = hmac.new(key.encode(), f"{MILLIS}:".encode() + octets, hashlib.sha256).hexdigest()
    names = [f"X-Twenty-Webhook-{word}" for word in ("Timestamp", "Signature", "Nonce")]
    headers = dict(zip(names, [str(MILLIS), signature, nonce], strict=True))
    return Webhook([SECRET, "another"]).verify(body, headers, MOMENT)


def assert_same(read: Delivery, delivery: Delivery) -> None:
    for name in ("payload", "id", "timestamp", "nonce", "secret_index", "event"):
        assert getattr(read, name) == getattr(delivery, name), name


def test_a_delivery_is_a_plain_dictionary() -> None:
    delivery = verified(BODY, "another")
    kept = delivery.to_dict()
    assert type(kept) is dict
    assert kept == {
        "payload": BODY,
        "id": delivery.id,
        "timestamp": MILLIS,
        "nonce": "a-nonce-for-logs",
        "secret_index": 1,
    }
    assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize("payload", PAYLOADS)
def test_it_is_read_back_as_what_it_was(payload: str) -> None:
    for delivery in verified(payload), verified(payload.encode()), verified(payload, nonce=""):
        assert_same(Delivery.from_dict(json.loads(json.dumps(delivery.to_dict()))), delivery)
        assert_same(Delivery.from_dict(Delivery.from_dict(delivery.to_dict()).to_dict()), delivery)


def test_what_else_is_in_the_dictionary_is_ignored_and_the_id_is_kept() -> None:
    read = Delivery.from_dict({**verified(BODY).to_dict(), "id": "0" * 64, "attempt": 3})
    assert read.id == "0" * 64


@pytest.mark.parametrize("octets", NO_TEXTS)
def test_bytes_that_are_no_text_are_refused_rather_than_changed(octets: bytes) -> None:
    delivery = verified(octets)
    with pytest.raises(WebhookError) as raised:
        delivery.to_dict()
    assert raised.value.code == "payload_not_utf8"
    for same in travelled(delivery):
        assert same.payload == octets
    assert Event.read(octets) == delivery.event


WRONG: dict[str, list[Any]] = {
    "payload": [None, 7, {}, "\ud800", "a\udc00b", bytearray(b"{}")],
    "id": [None, 7, "", "abc", "A" * 64, "\ud800", b"0" * 64],
    "timestamp": [None, "1764000000123", MOMENT, float(MILLIS), -1, 2**64, True],
    "nonce": [7, "", {}, "\ud800", "a" * 129, "é", b"7"],
    "secret_index": [None, "0", -1, 0.5, 4, 2**64, False],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_another_shape_is_a_type_error_that_names_the_field(name: str, value: object) -> None:
    kept: dict[str, Any] = {**verified(BODY).to_dict()}
    with pytest.raises(TypeError, match=f"^{name} must be "):
        Delivery.from_dict({**kept, name: value})
    del kept[name]
    with pytest.raises(TypeError, match=f"^{name} must be "):
        Delivery.from_dict(kept)


@pytest.mark.parametrize("other", [None, "", b"", 7, [], json.dumps(verified(BODY).to_dict())])
def test_what_is_no_dictionary_is_a_type_error(other: Any) -> None:
    with pytest.raises(TypeError, match="to_dict"):
        Delivery.from_dict(other)


def travelled(delivery: Any) -> Iterator[Any]:
    """By every protocol of pickle, in C and in Python, and by both kinds of copies."""
    dumps: list[Callable[..., bytes]] = [pickle.dumps, pickle._dumps]  # type: ignore[attr-defined]
    loads: list[Callable[..., Any]] = [pickle.loads, pickle._loads]  # type: ignore[attr-defined]
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        for dump, load in zip(dumps, reversed(loads), strict=True):
            yield load(dump(delivery, protocol))
    yield copy.copy(delivery)
    yield copy.deepcopy([delivery])[0]


def test_deliveries_and_events_travel() -> None:
    for payload in [BODY, "{}", "not JSON"]:
        delivery = verified(payload)
        for same in travelled(delivery):
            assert type(same) is Delivery
            assert_same(same, delivery)
        for event in travelled(delivery.event):
            assert type(event) is Event
            assert event == delivery.event
        assert_same(next(travelled([delivery, delivery.event]))[0], delivery)


def test_a_pickle_names_the_public_class_and_holds_the_payload_once() -> None:
    delivery = verified(BODY)
    assert delivery.event.name == "person.created"
    pickled = pickle.dumps(delivery)
    named = [argument for opcode, argument, _ in pickletools.genops(pickled) if opcode.name == "SHORT_BINUNICODE"]
    assert named[:2] == ["twenty_webhook", "Delivery"]
    assert len(re.findall(rb"person\.created", pickled)) == 1


def test_the_record_of_a_deep_copy_is_its_own() -> None:
    delivery = verified(BODY)
    copied = copy.deepcopy(delivery)
    assert copied.event.record is not None
    copied.event.record["name"] = "changed"
    assert delivery.event.record is not None
    assert delivery.event.record["name"] == "Zoë 😀"


@pytest.mark.parametrize("payload", [*PAYLOADS, '{"metadataName":"objectMetadata"}', "[1,2]"])
def test_the_event_of_a_payload_is_the_delivery_s(payload: str) -> None:
    octets = payload.encode()
    for carrier in payload, octets, bytearray(octets), memoryview(octets), memoryview(octets * 2)[: len(octets)]:
        assert Event.read(carrier) == verified(payload).event


def test_text_with_unpaired_surrogates_is_unknown() -> None:
    event = Event.read('"\ud800"')
    assert (event.kind, event.payload) == ("unknown", None)
    assert event == Event.read(b'"\xed\xa0\x80"')


@pytest.mark.parametrize("parsed", [None, 7, {}, [BODY], json.loads(BODY)])
def test_what_a_parser_made_is_no_payload(parsed: Any) -> None:
    with pytest.raises(TypeError, match="raw text"):
        Event.read(parsed)


def test_a_moment_that_python_cannot_hold_is_kept() -> None:
    far = 9_999_999_999_999_999
    signature = hmac.new(SECRET.encode(), f"{far}:{{}}".encode(), hashlib.sha256).hexdigest()
    headers = {"X-Twenty-Webhook-Timestamp": str(far), "X-Twenty-Webhook-Signature": signature}
    delivery = Webhook(SECRET, tolerance=timedelta.max).verify("{}", headers)
    for same in [Delivery.from_dict(delivery.to_dict()), pickle.loads(pickle.dumps(delivery))]:
        assert same.to_dict()["timestamp"] == far


def test_codes_are_typed_as_the_core_has_them() -> None:
    groups = [words(kind) for kind in (codes.VerificationCode, codes.ConfigurationCode, codes.ReceiverCode)]
    assert [word for group in groups for word in group if word != "internal"] == list(CODES)[:-1]
    assert {status for status in CODES.values() if status is not None} == set(words(codes.Status))
    assert {word for word, status in CODES.items() if status is None} == {*groups[1]} - {"internal"}


def words(kind: Any) -> list[Any]:
    return [word for literal in get_args(kind) for word in get_args(literal)]
