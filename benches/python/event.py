"""Reading the event of a verified delivery, against only parsing its body."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import orjson
import peers
from harness import Task
from report import Report, kilobytes
from twenty_webhook import Delivery, Event


def run(report: Report, bodies: list[bytes]) -> None:
    for body in bodies:
        _compare(report, body, "json.loads", json.loads)
        _compare(report, body, "orjson.loads", orjson.loads)


def _compare(report: Report, body: bytes, name: str, parse: Callable[[bytes], Any]) -> None:
    """An event is read once a delivery. Both sides take a fresh one, verified off the clock, and drop it and what they
    made of it on the clock.
    """
    ours = peers.ours_verifying(body)
    deliveries: list[Delivery] = []

    def prepare(count: int) -> None:
        deliveries.extend(ours.take(body, ours.headers) for _ in range(count))

    def read() -> Event:
        return deliveries.pop().event

    def parsed() -> Any:
        return parse(deliveries.pop().payload)

    prepare(2)
    event, sent = read(), parsed()
    assert (event.name, event.record) == (sent["eventName"], sent["record"]), f"ours reads what {name} reads"
    case = f"event {kilobytes(len(body))}"
    report.compare(case, len(body), f"{name} alone", Task(read, prepare), Task(parsed, prepare))
