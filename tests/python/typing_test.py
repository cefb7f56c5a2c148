"""What type checkers take and what they refuse: an error that is not raised is an unused ignore, which is one too."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Literal, assert_type

from twenty_webhook import (
    Delivery,
    Event,
    Webhook,
    WebhookError,
    WebhookVerificationError,
    canonicalize,
    canonicalize_value,
    delivery_id_of,
)
from twenty_webhook.codes import (
    Action,
    Cause,
    Code,
    ConfigurationCode,
    EventKind,
    ReceiverCode,
    Status,
    VerificationCode,
)
from twenty_webhook.diagnosis import Diagnosis, Finding, diagnose, fingerprint
from twenty_webhook.records import (
    Actor,
    AnyRecord,
    Attachment,
    Company,
    FileItem,
    FullName,
    Link,
    Links,
    Person,
    Phone,
    Phones,
    WorkspaceMember,
)


class MyPerson(Person, total=False):
    tier: str


def what_is_taken(webhook: Webhook, now: datetime) -> None:
    Webhook(
        ["new", b"old"],
        tolerance=timedelta(minutes=1),
        max_body_bytes=1,
        header_prefix="X-",
        payload_form="canonical",
        name="acme",
    )
    for body in (b"{}", bytearray(), memoryview(b""), "{}"):
        assert_type(webhook.verify(body, {"a": "b"}, now), Delivery)
    webhook.verify(b"", [(b"a", b"b")])
    webhook.verify(b"", {"a": ["b", None]}, now=now)
    assert_type(webhook.sign("{}", timestamp=now, nonce=None), dict[str, str])
    assert_type(canonicalize(b"1"), str)
    assert_type(canonicalize_value({"a": [1, None]}), str)
    assert_type(delivery_id_of(b"{}"), str)


def what_comes_out(delivery: Delivery, error: WebhookVerificationError) -> None:
    assert_type(delivery.id, str)
    assert_type(delivery.timestamp, datetime)
    assert_type(delivery.nonce, str | None)
    assert_type(delivery.payload, bytes)
    assert_type(delivery.event.updated_fields, list[str])
    assert_type(delivery.event.kind, EventKind)
    assert_type(delivery.event.kind, Literal["record", "metadata", "unknown"])
    assert_type(delivery.event.action, Action | str | None)
    assert_type(delivery.event.matches("*.*"), bool)
    assert_type(error.status, Status)
    assert_type(error.code, VerificationCode | ReceiverCode)
    base: WebhookError = error
    assert_type(base.offset, int | None)
    person = delivery.event.record_as(Person)
    if person is not None:
        assert_type(person.get("name"), FullName | None)
    mine = delivery.event.record_as(MyPerson)
    if mine is not None:
        assert_type(mine.get("tier"), str | None)


def what_is_kept(delivery: Delivery, payload: bytes) -> None:
    kept = delivery.to_dict()
    assert_type(kept["payload"], str)
    assert_type(kept["timestamp"], int)
    assert_type(kept["nonce"], str | None)
    assert_type(Delivery.from_dict(kept), Delivery)
    assert_type(Delivery.from_dict(json.loads(json.dumps(kept))), Delivery)
    for carrier in (payload, kept["payload"], bytearray(payload), memoryview(payload)):
        assert_type(Event.read(carrier), Event)


def what_is_diagnosed(webhook: Webhook, now: datetime) -> None:
    told = webhook.diagnose("{}", {"a": "b"}, now=now, method="POST", url=None, other_secrets=["a", b"b"])
    assert_type(told, Diagnosis)
    assert_type(told.verdict, VerificationCode | ConfigurationCode | None)
    assert_type(told.findings, tuple[Finding, ...])
    assert_type(told.findings[0].code, Cause)
    assert_type(told.findings[0].certainty, Literal["proved", "likely"])
    assert_type(diagnose("a secret\n", b"{}", [(b"a", b"b")], tolerance=timedelta(1), max_body_bytes=1), Diagnosis)
    assert_type(fingerprint(b"a secret"), str)
    webhook.diagnose(b"", {}, now)  # type: ignore[call-arg]
    diagnose(None, b"", {})  # type: ignore[arg-type]
    diagnose("a", b"", {}, name="acme")  # type: ignore[call-arg]
    told.findings[0].remedy = ""  # type: ignore[misc]
    if told.findings[0].code == "body_printed_by_pyhton":  # type: ignore[comparison-overlap]
        pass


def what_codes_are(error: WebhookError, refused: VerificationCode, told: ReceiverCode) -> None:
    assert_type(error.code, Code)
    made: ConfigurationCode = "invalid_ttl"
    codes: list[Code] = [made, refused, told]
    made = told  # type: ignore[assignment]
    if refused == "signature_missmatch" or codes[0] == "other":  # type: ignore[comparison-overlap]
        pass


def what_records_hold(person: Person, company: Company, phones: Phones, links: Links) -> None:
    assert_type(company.get("employees"), int | float | None)
    assert_type(company.get("position"), int | float | None)
    assert_type(company.get("updatedBy"), Actor | None)
    assert_type(company.get("searchVector"), str | None)
    assert_type(person.get("avatarFile"), list[FileItem] | None)
    assert_type(phones.get("additionalPhones"), list[Phone] | None)
    assert_type(links.get("secondaryLinks"), list[Link] | None)
    files: list[FileItem] = [{"fileId": "1", "label": "a.pdf", "extension": ".pdf", "url": "https://a.b/c"}]
    attachment: Attachment = {"id": "1", "file": files, "targetNoteId": None, "fileCategory": "OTHER", "fullPath": "a"}
    member: WorkspaceMember = {"id": "2", "name": {"firstName": "Tim"}, "calendarStartDay": 7, "timeZone": "system"}
    records: list[AnyRecord] = [attachment, member, {"id": "1", "deletedAt": None}]
    assert_type(records[0]["id"], str)
    assert_type(records[0].get("deletedAt"), str | None)


def what_is_refused(webhook: Webhook, delivery: Delivery, person: Person) -> None:
    Webhook()  # type: ignore[call-arg]
    Webhook(5)  # type: ignore[arg-type]
    Webhook("a", timedelta())  # type: ignore[call-arg]
    Webhook("a", tolerance=300)  # type: ignore[arg-type]
    Webhook("a", tolerance=None)  # type: ignore[arg-type]
    Webhook("a", payload_form="jsonString")  # type: ignore[arg-type]
    webhook.verify({"parsed": 1}, {})  # type: ignore[arg-type]
    webhook.verify(b"", None)  # type: ignore[arg-type]
    webhook.verify(b"", {}, 1735066639761)  # type: ignore[arg-type]
    webhook.verify(b"")  # type: ignore[call-arg]
    delivery.id = "other"  # type: ignore[misc]
    delivery.event.kind = "unknown"  # type: ignore[misc]
    delivery.event.record["name"]  # type: ignore[index]
    person["nmae"]  # type: ignore[typeddict-item]
    Event.read({"eventName": "person.created"})  # type: ignore[arg-type]
    Delivery.from_dict("{}")  # type: ignore[arg-type]
    delivery.to_dict()["secretIndex"]  # type: ignore[typeddict-item]
    if delivery.event.kind == "recrod":  # type: ignore[comparison-overlap]
        pass
