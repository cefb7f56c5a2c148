"""Everyone's way to take a signed copy of a body: by its documented usage, with a prepared object where it has one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import by_hand
import orjson
import standardwebhooks
import stripe
import svix
from contender import Contender, Headers, RefusedError, ten_headers
from slack_sdk.signature import SignatureVerifier
from twenty_webhook import Event, Webhook, WebhookVerificationError

WEBHOOK = Webhook(by_hand.SECRET.decode())


def ours_verifying(body: bytes) -> Contender:
    return Contender("ours", WEBHOOK.verify, _twenty_headers(body), WebhookVerificationError)


def verifying(body: bytes) -> list[Contender]:
    """Whoever cannot do without parsing says so in its name; who can is here in both ways."""
    standard = _standard(body, "webhook", STANDARD.verify)

    def unparsed(body: bytes, headers: Headers) -> None:
        STANDARD.verify(body, headers, json_parse=False)

    return [
        _by_hand(body, "hmac.new by hand", by_hand.with_new),
        _by_hand(body, "hmac.digest by hand", by_hand.with_digest),
        _by_hand(body, "copied hmac by hand", by_hand.with_copy),
        Contender("standardwebhooks, json_parse=False", unparsed, standard.headers, standard.refusal),
        standard,
        _standard(body, "svix", SVIX.verify),
        _stripe(body, "stripe verify_header", stripe.WebhookSignature.verify_header),
        _stripe(body, "stripe construct_event, parses JSON", stripe.Webhook.construct_event),
        _slack(body),
    ]


def ours_reading(body: bytes) -> Contender:
    def read(body: bytes, headers: Headers) -> Event:
        return WEBHOOK.verify(body, headers).event

    return Contender("ours", read, _twenty_headers(body), WebhookVerificationError)


def reading(body: bytes) -> list[Contender]:
    by_new, by_digest, by_copy, _, standard, by_svix, _, by_stripe, by_slack = verifying(body)
    return [
        _then(by_new, "json.loads", json.loads),
        _then(by_new, "orjson.loads", orjson.loads),
        _then(by_digest, "json.loads", json.loads),
        _then(by_copy, "json.loads", json.loads),
        _then(by_copy, "orjson.loads", orjson.loads),
        standard,
        _then(by_svix, "json.loads", json.loads),
        by_stripe,
        _then(by_slack, "json.loads", json.loads),
    ]


def _then(verifier: Contender, name: str, parse: Callable[[bytes], Any]) -> Contender:
    verify = verifier.take

    def read(body: bytes, headers: Headers) -> Any:
        verify(body, headers)
        return parse(body)

    return Contender(f"{verifier.name} + {name}", read, verifier.headers, verifier.refusal)


def _by_hand(body: bytes, name: str, verify: Callable[[bytes, Headers], None]) -> Contender:
    return Contender(name, verify, _twenty_headers(body), RefusedError)


def _twenty_headers(body: bytes) -> Headers:
    return ten_headers(WEBHOOK.sign(body), body)


STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
STANDARD = standardwebhooks.Webhook(STANDARD_SECRET)
SVIX = svix.Webhook(STANDARD_SECRET)


def _standard(body: bytes, prefix: str, verify: Callable[[bytes, Headers], Any]) -> Contender:
    """Svix's scheme became the standard one; its headers kept their names."""
    message, now = "msg_p5jXN8AQM9LWM0D4loKWxJek", datetime.now(UTC)
    signed = {
        f"{prefix}-id": message,
        f"{prefix}-timestamp": str(int(now.timestamp())),
        f"{prefix}-signature": STANDARD.sign(message, now, body.decode()),
    }
    name = "svix" if prefix == "svix" else "standardwebhooks, parses JSON"
    return Contender(name, verify, ten_headers(signed, body), standardwebhooks.WebhookVerificationError)


STRIPE_SECRET = "whsec_3b1f0a7c9d2e4856b7a0c1d2e3f40516"


def _stripe(body: bytes, name: str, verify: Callable[[bytes, str | None, str], Any]) -> Contender:
    def take(body: bytes, headers: Headers) -> Any:
        return verify(body, headers.get("stripe-signature"), STRIPE_SECRET)

    signed = {"stripe-signature": stripe.WebhookSignature.generate_signature_header(body.decode(), STRIPE_SECRET)}
    return Contender(name, take, ten_headers(signed, body), stripe.SignatureVerificationError)


SLACK = SignatureVerifier("8f742231b10e8888abcd99yyyzzz85a5")


def _slack(body: bytes) -> Contender:
    def verify(body: bytes, headers: Headers) -> None:
        if not SLACK.is_valid_request(body, headers):
            raise RefusedError("signed by someone else")

    timestamp = str(int(datetime.now(UTC).timestamp()))
    signature = SLACK.generate_signature(timestamp=timestamp, body=body)
    signed = {"x-slack-request-timestamp": timestamp, "x-slack-signature": str(signature)}
    return Contender("slack-sdk", verify, ten_headers(signed, body), RefusedError)
