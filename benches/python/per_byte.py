"""What a byte costs in a long body: a thousand times as many may cost a thousand times as much, not more."""

from __future__ import annotations

from itertools import repeat

from by_hand import SECRET
from contender import Contender, ten_headers
from harness import Task
from report import Report, kilobytes
from twenty_webhook import Webhook, WebhookVerificationError


def run(report: Report, body: bytes) -> None:
    webhook = Webhook(SECRET.decode(), max_body_bytes=2 * LONG)
    long, short = (_verifying(webhook, _repeated(body, size)) for size in (LONG, SHORT))

    def many_short() -> None:
        for _ in repeat(None, LONG // SHORT):
            short.run()

    peer = f"ours at {kilobytes(SHORT)}, for as many bytes"
    report.compare(f"verify {kilobytes(LONG)}", LONG, peer, long, Task(many_short))


SHORT = 64_000
LONG = 1_000 * SHORT


def _repeated(body: bytes, size: int) -> bytes:
    """Nothing parses it."""
    return (body * (size // len(body) + 1))[:size]


def _verifying(webhook: Webhook, body: bytes) -> Task:
    headers = ten_headers(webhook.sign(body), body)
    ours = Contender("ours", webhook.verify, headers, WebhookVerificationError)
    ours.checked(body)
    return ours.task(body)
