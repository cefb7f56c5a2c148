"""Samples of events, and deliveries that are signed: as Twenty sends them."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from twenty_webhook import Webhook, records
from twenty_webhook.testing import SignedDelivery, sample, signed_delivery

sys.path.insert(0, str(Path(__file__).parent))
from vectors import load, octets

SECRET = "a secret"
WEBHOOK = Webhook(SECRET)
GENUINE: dict[str, Any] = {test["name"]: json.loads(octets(test, "body")) for _, test in load("deliveries")[:10]}

OBJECTS = {
    "person": records.Person,
    "company": records.Company,
    "opportunity": records.Opportunity,
    "task": records.Task,
    "note": records.Note,
    "attachment": records.Attachment,
    "workspaceMember": records.WorkspaceMember,
}
ACTIONS = ["created", "updated", "deleted", "destroyed", "restored"]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("thing", [*OBJECTS, "rocket"])
def test_a_record_is_authentic_and_has_every_field(thing: str, action: str) -> None:
    payload = sample(f"{thing}.{action}")
    event = WEBHOOK.verify(*signed_delivery(WEBHOOK, payload)).event
    assert (event.kind, event.name, event.object, event.action) == ("record", f"{thing}.{action}", thing, action)
    assert event.record == payload["record"]
    older = {"type"} if thing == "attachment" else set[str]()
    if thing in OBJECTS:
        assert set(payload["record"]) == set(get_type_hints(OBJECTS[thing])) - older
    else:
        assert set(payload["record"]) == {*get_type_hints(records.AnyRecord), "name"}
    has_fields = action not in ("created", "destroyed")
    assert list(payload) == list(GENUINE["company-updated" if has_fields else "person-created"])
    assert set(event.updated_fields) <= set(payload["record"])
    assert bool(event.updated_fields) == has_fields


@pytest.mark.parametrize("operation", ["created", "updated", "deleted"])
def test_metadata_is_authentic(operation: str) -> None:
    payload = sample(f"metadata.fieldMetadata.{operation}")
    event = WEBHOOK.verify(*signed_delivery(WEBHOOK, payload)).event
    assert (event.kind, event.action, event.metadata_name) == ("metadata", operation, "fieldMetadata")
    genuine = GENUINE["metadata-updated"]
    assert (list(payload), list(payload["event"])) == (list(genuine), list(genuine["event"]))


def test_metadata_is_described_as_twenty_does_it() -> None:
    """Its entity had a label, as a field has, and was created an hour before the event that says so."""
    payload = sample("metadata.objectMetadata.created")
    entity = payload["event"]["properties"]["after"]
    assert {"nameSingular", "namePlural", "labelSingular", "labelPlural", "icon", "isActive"} <= entity.keys()
    assert "label" not in entity
    assert entity["createdAt"] == entity["updatedAt"] == payload["eventDate"]
    assert "label" in sample("metadata.fieldMetadata.created")["event"]["properties"]["after"]
    assert "label" not in sample("metadata.view.created")["event"]["properties"]["after"]


def test_values_are_of_the_kinds_that_genuine_records_have() -> None:
    def agree(sent: Any, sampled: Any) -> None:
        if sent is None or sampled is None:
            return
        if isinstance(sent, dict):
            for key in sent:
                agree(sent[key], sampled[key])
        elif isinstance(sent, list):
            assert isinstance(sampled, list)
        else:
            is_number = [isinstance(value, int | float) and not isinstance(value, bool) for value in (sent, sampled)]
            assert all(is_number) or type(sent) is type(sampled), (sent, sampled)

    for name in ["person-created", "company-updated"]:
        record, sampled = GENUINE[name]["record"], sample(GENUINE[name]["eventName"])["record"]
        agree({key: value for key, value in record.items() if key in sampled}, sampled)


def test_each_is_another_record_and_no_duplicate_of_the_one_before() -> None:
    one, other = sample("person.updated"), sample("person.updated")
    assert one["record"]["id"] != other["record"]["id"]
    ids = [WEBHOOK.verify(*signed_delivery(WEBHOOK, payload)).id for payload in (one, other, one)]
    assert ids[0] == ids[2] != ids[1]
    changed = datetime.fromisoformat(one["record"]["updatedAt"])
    assert one["eventDate"] == one["record"]["updatedAt"]
    assert len(one["eventDate"]) == len("2024-12-24T18:57:19.761Z")
    assert abs((datetime.now(UTC) - changed).total_seconds()) < 600


def test_overrides_are_merged_and_nothing_of_them_is_changed() -> None:
    overrides: dict[str, Any] = {"record": {"name": {"firstName": "Grace"}, "thrust": {"unit": "kN"}, "city": None}}
    copy = deepcopy(overrides)
    payload = sample("person.created", overrides)
    assert payload["record"]["name"] == {"firstName": "Grace", "lastName": "Łuczak"}
    assert (payload["record"]["thrust"], payload["record"]["city"]) == ({"unit": "kN"}, None)
    payload["record"]["thrust"]["unit"] = "N"
    assert overrides == copy


WRONG = ["", "person", "person.", "person.upserted", "create.person", "person.CREATED", "*.created", "Person.created"]
ODD = [
    "timelineActivity.created",
    "metadata.created",
    "metadata.a.restored",
    "record.a.created",
    "<id>.created",
    "é.created",
]


@pytest.mark.parametrize("name", WRONG + ODD + ["person.created\n", "person\n.created"])
def test_a_name_that_twenty_sends_no_event_of_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match="sends no event of this name: write an object"):
        sample(name)


def test_what_is_no_name_and_no_overrides_is_an_error() -> None:
    for name in [None, 7, b"person.created"]:
        with pytest.raises(TypeError, match="name must be a str"):
            sample(name)
    for overrides in [7, "city", ["city"]]:
        with pytest.raises(TypeError, match="overrides must be a mapping"):
            sample("person.created", overrides)


def test_the_headers_are_twenty_s_and_the_signature_is_python_s() -> None:
    moment = datetime(2025, 11, 24, 16, 0, 0, 123_000, UTC)
    body, headers = signed_delivery(WEBHOOK, {"b": 1e21, "a": "é\ud800", "1": -0.0}, timestamp=moment)
    assert body == '{"1":0,"b":1e+21,"a":"é\\ud800"}'.encode()
    millis = "1764000000123"
    signature = hmac.new(SECRET.encode(), f"{millis}:".encode() + body, hashlib.sha256).hexdigest()
    names = ["Content-Type", *(f"X-Twenty-Webhook-{word}" for word in ["Timestamp", "Signature", "Nonce"])]
    assert list(headers) == names
    assert list(headers.values())[:3] == ["application/json", millis, signature]


def test_text_and_bytes_are_sent_as_they_are() -> None:
    assert signed_delivery(WEBHOOK, b"\xff").body == b"\xff"
    assert signed_delivery(WEBHOOK, "no JSON \ud800").body == b"no JSON \xed\xa0\x80"


def test_what_cannot_be_sent_is_an_error() -> None:
    for payload in [{1}, bytearray(b"{}"), object()]:
        with pytest.raises(TypeError):
            signed_delivery(WEBHOOK, payload)
    with pytest.raises(TypeError, match="webhook must be a Webhook"):
        signed_delivery(SECRET, {})
    assert isinstance(signed_delivery(WEBHOOK, {}), SignedDelivery)
