"""A whole verification against the peers', and the same up to an event that can be read."""

from __future__ import annotations

import json
from typing import Any

import peers
import stripe
from contender import Contender
from report import Report, kilobytes
from twenty_webhook import Event


def run(report: Report, bodies: list[bytes]) -> None:
    # Signed anew for each case: none takes as long as a signature is fresh.
    for body in bodies:
        ours, theirs = peers.ours_verifying(body), peers.verifying(body)
        for contender in [ours, *theirs]:
            contender.checked(body)
        _compare(report, f"verify {kilobytes(len(body))}", body, ours, theirs)
    for body in bodies:
        ours, theirs = peers.ours_reading(body), peers.reading(body)
        sent = json.loads(body)["record"]
        for contender in [ours, *theirs]:
            assert _record(contender.checked(body)) == sent, f"{contender.name} reads the record that was sent"
        _compare(report, f"verify to event {kilobytes(len(body))}", body, ours, theirs)


def _compare(report: Report, case: str, body: bytes, ours: Contender, theirs: list[Contender]) -> None:
    for peer in theirs:
        report.compare(case, len(body), peer.name, ours.task(body), peer.task(body))


def _record(event: Any) -> Any:
    if isinstance(event, Event):
        return event.record
    return (event.to_dict() if isinstance(event, stripe.Event) else event)["record"]
