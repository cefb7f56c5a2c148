"""Every vector, against the installed package."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import twenty_webhook
from twenty_webhook import Webhook, WebhookError, WebhookVerificationError, canonicalize

sys.path.insert(0, str(Path(__file__).parent))
from vectors import carriers, header_pairs, load, moment, octets, text, webhook

SECRET = "a secret"


def test_it_is_the_installed_package() -> None:
    assert Path(twenty_webhook.__file__).is_relative_to(sys.prefix)


def code_of(call: Any, *arguments: Any, **options: Any) -> Any:
    """The code it raises; None if it returns."""
    try:
        call(*arguments, **options)
    except WebhookError as error:
        return error.code
    return None


def test_verify() -> None:
    beyond = seen = 0
    for group, test in load("verify"):
        now = moment(test["now"])
        if now is None:
            assert "BeyondDate" in test["flags"]
            beyond += 1
            continue
        hook, body, is_valid = webhook(group), octets(test, "body"), test["result"] == "valid"
        bodies: list[Any] = [body, bytearray(body), memoryview(body)]
        forms = carriers(header_pairs(test))
        for headers in [*forms.values(), *([forms["asgi"]] * (len(bodies) - 1))]:
            passed = bodies.pop() if headers is forms["asgi"] else body
            try:
                delivery = hook.verify(passed, headers, now)
            except WebhookVerificationError as error:
                status = twenty_webhook.CODES[error.code]
                assert (error.code, error.status) == (test["code"], status), test["tcId"]
                assert not is_valid
                continue
            assert is_valid, test["tcId"]
            assert delivery.timestamp == moment(test["timestamp"])
            assert delivery.nonce == test["nonce"], test["tcId"]
            assert delivery.secret_index == test["secretIndex"]
            assert delivery.payload == octets(test, "payload")
            assert delivery.id == test["id"]
            seen += 1
        check_text_body(hook, test, body, forms["asgi"], now)
    assert beyond == 3
    assert seen > 500


def check_text_body(hook: Webhook, test: dict[str, Any], body: bytes, headers: Any, now: Any) -> None:
    try:
        body_text = body.decode()
    except UnicodeDecodeError:
        return
    assert code_of(hook.verify, body_text, headers, now) == test["code"], test["tcId"]


def test_sign() -> None:
    beyond = 0
    for group, test in load("sign"):
        timestamp = moment(test["timestamp"])
        if timestamp is None:
            assert "Timestamp" in test["flags"]
            beyond += 1
            continue
        hook, payload = webhook(group), octets(test, "payload")
        nonce = test["nonce"]
        assert code_of(hook.sign, payload, timestamp=timestamp, nonce=nonce) == test["code"], test["tcId"]
        if test["result"] == "valid":
            headers = hook.sign(payload, timestamp=timestamp, nonce=nonce)
            assert list(headers.items()) == [tuple(pair) for pair in test["headers"]], test["tcId"]
            assert hook.sign(bytearray(payload), timestamp=timestamp, nonce=nonce) == headers
    assert beyond == 7


def test_config() -> None:
    inexpressible = 0
    for _, test in load("config"):
        match test["kind"]:
            case "secret":
                found = code_of(Webhook, bytes.fromhex(test["secretHex"]))
                if "IllFormedUtf8" not in test["flags"]:
                    assert code_of(Webhook, text(test["secretHex"])) == found, test["tcId"]
            case "secrets":
                found = code_of(Webhook, [SECRET] * test["count"])
            case "toleranceSeconds":
                try:
                    tolerance = timedelta(seconds=float(test["value"]))
                except (ValueError, OverflowError):
                    inexpressible += 1
                    continue
                found = code_of(Webhook, SECRET, tolerance=tolerance)
            case "maxBodyBytes":
                found = code_of(Webhook, SECRET, max_body_bytes=float(test["value"]))
            case "headerPrefix":
                prefix = bytes.fromhex(test["valueHex"]).decode("utf-8", "surrogateescape")
                found = code_of(Webhook, SECRET, header_prefix=prefix)
            case "name":
                found = code_of(Webhook, SECRET, name=text(test["valueHex"]))
            case "payloadForm":
                found = code_of(Webhook, SECRET, payload_form=test["value"])
            case kind:
                assert kind == "replayTtl"  # Of adapters, which are not built yet.
                inexpressible += 1
                continue
        assert found == test["code"], test["tcId"]
    assert inexpressible == 9 + 12


def check_canonical(name: str) -> None:
    for _, test in load(name):
        given = octets(test, "input")
        try:
            found: Any = canonicalize(given).encode()
        except WebhookError as error:
            found = (error.code, error.offset)
        expected = (test["code"], test.get("offset")) if test["code"] else octets(test, "output")
        assert found == expected, test["tcId"]
        if test["code"] is None:
            assert canonicalize(given.decode()).encode() == expected


def test_canonical() -> None:
    check_canonical("canonical")


def test_numbers() -> None:
    check_canonical("numbers")


def test_an_exponent_undoes_its_zeros() -> None:
    """A parser whose exponents end somewhere once made null of a 1."""
    for zeros in 65_536, 655_360, 700_000:
        for number in f"1{'0' * zeros}e-{zeros}", f"0.{'0' * zeros}1e{zeros + 1}":
            assert canonicalize(number) == json.dumps(int(float(number))) == "1", zeros


FIELDS = {
    "kind": "kind", "name": "name", "object": "object", "action": "action", "record": "record",
    "updatedFields": "updated_fields", "occurredAt": "occurred_at", "workspaceId": "workspace_id",
    "webhookId": "webhook_id", "userId": "user_id", "workspaceMemberId": "workspace_member_id",
    "objectMetadataId": "object_metadata_id", "targetUrl": "target_url", "metadataName": "metadata_name",
    "recordId": "record_id", "properties": "properties", "payload": "payload",
}  # fmt: skip


def delivered(payload: bytes) -> twenty_webhook.Delivery:
    hook = Webhook(SECRET, max_body_bytes=2**53 - 1)
    return hook.verify(payload, hook.sign(payload))


def test_events() -> None:
    for _, test in load("events"):
        payload = octets(test, "payload")
        delivery = delivered(payload)
        event = delivery.event
        assert delivery.id == twenty_webhook.delivery_id_of(payload) == test["id"], test["tcId"]
        found = {name: getattr(event, attribute) for name, attribute in FIELDS.items()}
        assert twenty_webhook.canonicalize_value(found).encode() == octets(test, "event"), test["tcId"]


def test_patterns() -> None:
    for _, test in load("patterns"):
        assert delivered(octets(test, "payload")).event.matches(test["pattern"]) == test["matches"], test["tcId"]


def test_deliveries() -> None:
    for _, test in load("deliveries"):
        hook, now = Webhook(text(test["secretHex"])), moment(test["now"])
        arguments = octets(test, "body"), header_pairs(test), now
        assert code_of(hook.verify, *arguments) == test["code"], test["name"]
        if test["code"] is None:
            event = hook.verify(*arguments).event
            assert (event.kind, event.name) == (test["kind"], test["eventName"]), test["name"]
