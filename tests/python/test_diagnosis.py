"""Diagnosis, against what real tools make of genuine deliveries: see `tests/vectors/mistakes`."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import sys
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from twenty_webhook import Webhook, WebhookError
from twenty_webhook.diagnosis import Diagnosis, diagnose, fingerprint

sys.path.insert(0, str(Path(__file__).parent))
from hostile import BODY, HOOK, NOW, SIGNED
from vectors import carriers, header_pairs, load, moment, octets, webhook

SENT_AT = "1735066639761"
SIGNATURE = "X-Twenty-Webhook-Signature"


@dataclass(frozen=True)
class Case:
    """What is configured, what Twenty signed with, what arrived, and what is to be found."""

    name: str
    secrets: list[bytes]
    others: list[bytes]
    secret: bytes
    signed: bytes
    body: bytes
    headers: list[tuple[str, str]]
    about: dict[str, Any]
    findings: set[tuple[str, str]]

    def diagnose(self) -> Diagnosis:
        return diagnose(self.secrets, self.body, self.headers, other_secrets=self.others, **self.about)

    def signature_of(self, payload: bytes) -> str:
        return hmac.new(self.secret, f"{SENT_AT}:".encode() + payload, hashlib.sha256).hexdigest()

    @property
    def is_proved(self) -> bool:
        return all(certainty == "proved" for _, certainty in self.findings)


def cases(*kinds: str) -> Iterator[Case]:
    for group, test in load("diagnose"):
        if not kinds or group["kind"] in kinds:
            payload = group["payloadBase64"]
            yield Case(
                f"{test['tcId']} {test['name']} by {test['tool']}",
                [b64decode(secret) for secret in test["secretsBase64"]],
                [b64decode(secret) for secret in test["othersBase64"]],
                b64decode(test["secretBase64"]),
                b64decode(test.get("signedBase64", payload)),
                b64decode(test.get("bodyBase64", payload)),
                [(name, value) for name, value in test["headers"]],
                {"now": moment(test["now"]), "method": test["method"], "url": test["url"]},
                {(one["cause"], one["certainty"]) for one in test["findings"]},
            )


def found(diagnosis: Diagnosis) -> set[tuple[str, str]]:
    assert len({finding.code for finding in diagnosis.findings}) == len(diagnosis.findings)
    return {(finding.code, finding.certainty) for finding in diagnosis.findings}


def test_every_mistake_is_recognized() -> None:
    for case in cases():
        diagnosis = case.diagnose()
        assert found(diagnosis) == case.findings, case.name
        assert diagnosis.verdict is not None
        assert all(finding.cause and finding.remedy for finding in diagnosis.findings)


def test_a_webhook_finds_the_same_as_its_secrets() -> None:
    made = 0
    for case in cases():
        try:
            hook = Webhook(case.secrets)
        except WebhookError:
            continue
        assert hook.diagnose(case.body, case.headers, other_secrets=case.others, **case.about) == case.diagnose()
        made += 1
    assert made > 100


def test_pairs_of_a_body_and_a_secret_are_both_proved() -> None:
    secrets = [secret for secret in cases("secrets") if secret.is_proved]
    bodies = [body for body in cases("bodies") if body.is_proved]
    for body, secret in itertools.product(bodies, secrets):
        pair = replace(body, secrets=secret.secrets, others=secret.others, secret=secret.secret)
        signed = {**dict(body.headers), SIGNATURE: pair.signature_of(body.signed)}
        pair = replace(pair, headers=list(signed.items()))
        assert found(pair.diagnose()) == body.findings | secret.findings, f"{body.name} + {secret.name}"


def test_no_authentic_vector_has_a_finding() -> None:
    innocents = 0
    for name in "verify", "deliveries":
        for group, test in load(name):
            now = moment(test["now"])
            if now is None or test["code"] is not None:
                continue
            hook = webhook(group) if name == "verify" else Webhook(bytes.fromhex(test["secretHex"]))
            for form, passed in carriers(header_pairs(test)).items():
                diagnosis = hook.diagnose(octets(test, "body"), passed, now=now)
                assert diagnosis == Diagnosis(None, (), True), (name, form, test)
                innocents += 1
    for group, test in load("sign"):
        timestamp = moment(test["timestamp"])
        if timestamp is not None and test["result"] == "valid":
            hook, payload = webhook(group), octets(test, "payload")
            assert hook.diagnose(payload, test["headers"], now=timestamp).verdict is None, test["tcId"]
            innocents += 1
    assert innocents > 500


def test_a_refused_vector_has_a_finding_and_its_verdict_in_every_carrier() -> None:
    for group, test in load("verify"):
        now = moment(test["now"])
        if now is not None and test["code"] is not None:
            for form, passed in carriers(header_pairs(test)).items():
                diagnosis = webhook(group).diagnose(octets(test, "body"), passed, now=now)
                assert diagnosis.verdict == test["code"], (test["tcId"], form)
                assert diagnosis.findings, (test["tcId"], form)


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ({"User-Agent": "curl/8.5.0"}, "test_tool"),
        ({"HTTP_USER_AGENT": "curl/8.5.0", "wsgi.input": object(), "SERVER_PORT": 80}, "test_tool"),
        ([(b"user-agent", b"curl/8.5.0")], "test_tool"),
        ({"user-agent": ["curl/8.5.0"]}, "test_tool"),
        ({"HTTP_STRIPE_SIGNATURE": "t=1,v1=00"}, "other_provider"),
        ({"HTTP_X_ACME_WEBHOOK_TIMESTAMP": "1", "HTTP_X_ACME_WEBHOOK_SIGNATURE": "1"}, "other_prefix"),
        ({"x_twenty_webhook_timestamp": SENT_AT}, "headers_named_by_cgi"),
        ([("HTTP_X_TWENTY_WEBHOOK_TIMESTAMP", SENT_AT)], "headers_named_by_cgi"),
    ],
)
def test_other_headers_tell_something(others: Any, code: str) -> None:
    diagnosis = HOOK.diagnose(BODY, others, now=NOW)
    assert diagnosis.verdict == "missing_header"
    assert code in {finding.code for finding in diagnosis.findings}


@pytest.mark.parametrize("length", [{"Content-Length": "1000"}, {"CONTENT_LENGTH": "1000"}])
def test_the_length_tells_of_a_truncated_body(length: dict[str, str]) -> None:
    body = b'{"record":{"name":"no more than this"}}'
    (finding,) = HOOK.diagnose(body, {**SIGNED, **length}, now=NOW).findings
    assert (finding.code, "1000" in finding.cause) == ("body_truncated", True)


def test_the_address_may_have_been_signed() -> None:
    url = "https://hooks.example.com/twenty"
    signature = hmac.new(b"a secret", url.encode() + BODY, hashlib.sha256).hexdigest()
    sent = {**SIGNED, SIGNATURE: signature}
    assert found(HOOK.diagnose(BODY, sent, now=NOW, url=url)) == {("signed_url", "proved")}
    assert found(HOOK.diagnose(BODY, sent, now=NOW)) == {("other_secret", "likely")}


def test_nothing_told_holds_a_secret_or_a_signature() -> None:
    for case in cases():
        told = repr(case.diagnose())
        for secret in [*case.secrets, *case.others, case.secret]:
            text = secret.decode("utf-8", "replace").strip()
            assert len(text) <= 20 or text not in told, case.name
        for payload in (case.signed, case.body):
            assert case.signature_of(payload) not in told, case.name
        assert "token=" not in told, case.name


@pytest.mark.parametrize("secret", ["a secret", "a secret\n", "", "Zoë", b"\xff", "k" * 200])
def test_a_fingerprint_is_what_hmac_computes(secret: str | bytes) -> None:
    key = secret.encode() if isinstance(secret, str) else secret
    expected = hmac.new(key, b"twenty-webhook/fingerprint/1", hashlib.sha256).hexdigest()[:8]
    assert fingerprint(secret) == expected


def test_an_unknown_secret_is_told_by_its_fingerprint() -> None:
    (finding,) = Webhook("another").diagnose(BODY, SIGNED, now=NOW).findings
    assert (finding.code, finding.certainty) == ("other_secret", "likely")
    assert fingerprint("another") in finding.cause
