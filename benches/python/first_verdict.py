"""Run in a fresh process: its processor time from before the import to the first verdict, on a body from standard input.

Before the clock it imports nothing that a contender imports, so each pays for all it needs. The sender's part, the
signature, is each contender's own.
"""

import sys
from time import process_time_ns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Verdict = tuple[Callable[[bytes], Any], type[Exception]]

BODY = sys.stdin.buffer.read()
SECRET = "3b1f0a7c9d2e4856b7a0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f40516"


def main() -> None:
    make = CONTENDERS[sys.argv[1]]
    start = process_time_ns()
    verify, refusal = make()
    verify(BODY)
    elapsed = process_time_ns() - start
    try:
        # Still JSON, so that nothing but the signature can refuse it.
        verify(BODY + b" ")
    except refusal:
        print(elapsed)


def ours() -> "Verdict":
    from twenty_webhook import Webhook, WebhookVerificationError

    webhook = Webhook(SECRET)
    headers = webhook.sign(BODY)
    return lambda body: webhook.verify(body, headers), WebhookVerificationError


def by_hand() -> "Verdict":
    import hmac
    from hashlib import sha256
    from time import time

    secret, timestamp = SECRET.encode(), str(int(time() * 1000))
    signature = hmac.new(secret, timestamp.encode() + b":" + BODY, sha256).hexdigest()

    def verify(body: bytes) -> None:
        if abs(time() * 1000 - int(timestamp)) > 5 * 60 * 1000:
            raise ValueError("not sent in these minutes")
        expected = hmac.new(secret, timestamp.encode() + b":" + body, sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            raise ValueError("signed by someone else")

    return verify, ValueError


def standardwebhooks() -> "Verdict":
    from standardwebhooks import Webhook, WebhookVerificationError

    webhook = Webhook(SECRET)
    headers = _standard_headers(webhook.sign)
    return lambda body: webhook.verify(body, headers), WebhookVerificationError


def svix() -> "Verdict":
    from svix.webhooks import Webhook, WebhookVerificationError

    webhook = Webhook(SECRET)
    headers = _standard_headers(webhook.sign)
    return lambda body: webhook.verify(body, headers), WebhookVerificationError


def _standard_headers(sign: "Callable[..., str]") -> dict[str, str]:
    from datetime import UTC, datetime

    now = datetime.now(UTC)
    signature = sign("msg_1", now, BODY.decode())
    return {"webhook-id": "msg_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}


def stripe() -> "Verdict":
    from stripe import SignatureVerificationError, Webhook, WebhookSignature

    header = WebhookSignature.generate_signature_header(BODY.decode(), SECRET)
    return lambda body: Webhook.construct_event(body, header, SECRET), SignatureVerificationError


def slack() -> "Verdict":
    from time import time

    from slack_sdk.signature import SignatureVerifier

    verifier, timestamp = SignatureVerifier(SECRET), str(int(time()))
    signature = str(verifier.generate_signature(timestamp=timestamp, body=BODY))

    def verify(body: bytes) -> None:
        if not verifier.is_valid(body, timestamp, signature):
            raise ValueError("signed by someone else")

    return verify, ValueError


CONTENDERS = {make.__name__: make for make in (ours, by_hand, standardwebhooks, svix, stripe, slack)}

if __name__ == "__main__":
    main()
