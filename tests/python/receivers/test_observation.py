"""The recipes of docs/observation/python.md: the example, as its users start it, with what Prometheus scrapes of it, its lines
and its spans."""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from deliveries import identity, signed, text
from processes import EXAMPLES, HERE, PROGRAMS, Server, eventually, free_port
from sender import Address, send

DOCS = HERE.parents[2] / "docs" / "observation"
NEW, OLD = "the new secret", "the old secret"


class Observed:
    """What is left of a server that was sent something of each kind, and has ended."""

    def __init__(self) -> None:
        port, self._scraped = free_port(), free_port()
        settings = {
            **{"TWENTY_WEBHOOK_SECRET": NEW, "TWENTY_WEBHOOK_OLD_SECRET": OLD, "PORT": str(port), "LOG_LEVEL": "DEBUG"},
            **{"OTEL_METRICS_EXPORTER": "prometheus", "OTEL_EXPORTER_PROMETHEUS_HOST": "127.0.0.1"},
            **{"OTEL_EXPORTER_PROMETHEUS_PORT": str(self._scraped), "OTEL_LOGS_EXPORTER": "none"},
            # They come when the program ends, and between no lines.
            **{"OTEL_TRACES_EXPORTER": "console", "OTEL_BSP_SCHEDULE_DELAY": "600000"},
        }
        command = [str(PROGRAMS / "opentelemetry-instrument"), sys.executable, "app.py"]
        server = Server(command, EXAMPLES / "observation", settings)
        try:
            server.wait_until_listening(port)
            for record, secret, says in [
                ("7", NEW, (200, "handled")),
                ("7", NEW, (200, "duplicate")),
                ("8", OLD, (200, "handled")),
                ("9", "a secret of nobody's", (401, "signature_mismatch")),
                ("broken", NEW, (500, "handler_failed")),
            ]:
                body = body_of(record)
                assert send(Address(port, "/webhooks/twenty"), body, signed(body, secret=secret)).says == says
            # The last outcome is told after its answer.
            eventually(lambda: "handler_failed" in self.scrape(), 5, self.scrape)
            self.metrics = self.scrape()
        finally:
            server.stop()
        written = [one for one in documents("\n".join(server.lines)) if isinstance(one, dict)]
        self.lines = [one for one in written if "logger" in one]
        self.spans = [one for one in written if "context" in one]

    def scrape(self) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self._scraped}/metrics", timeout=20) as answer:
            scraped: str = answer.read().decode()
        return scraped


@pytest.fixture(scope="module")
def observed() -> Iterator[Observed]:
    return Observed()


def body_of(record: str) -> bytes:
    return text({"eventName": "person.created", "record": {"id": record}})


def documents(written: str) -> Iterator[Any]:
    decoder, at = json.JSONDecoder(), 0
    while at < len(written):
        document, at = decoder.raw_decode(written, at)
        yield document
        at += len(written[at:]) - len(written[at:].lstrip())


def series(metrics: str, name: str) -> dict[tuple[str, ...], float]:
    """Of a metric, by the values of its labels that are its own."""
    found = {}
    for labels, value in re.findall(rf"^{name}{{(.*)}} (\S+)$", metrics, re.MULTILINE):
        own = [value for label, value in re.findall(r'(\w+)="([^"]*)"', labels) if not label.startswith("otel_")]
        found[tuple(own)] = float(value)
    return found


def test_requests_are_counted_by_what_became_of_them(observed: Observed) -> None:
    assert series(observed.metrics, "twenty_webhook_requests_total") == {
        ("", "200", "crm", "handled"): 2,
        ("", "200", "crm", "duplicate"): 1,
        ("signature_mismatch", "401", "crm", "refused"): 1,
        ("handler_failed", "500", "crm", "failed"): 1,
    }
    durations = series(observed.metrics, "twenty_webhook_duration_seconds_count")
    assert durations == {("handled",): 2, ("duplicate",): 1, ("refused",): 1, ("failed",): 1}
    assert all(0 < seconds < 60 for seconds in series(observed.metrics, "twenty_webhook_duration_seconds_sum").values())


def test_each_secret_says_when_it_was_last_used(observed: Observed) -> None:
    used = series(observed.metrics, "twenty_webhook_secret_last_used")
    assert list(used) == [("crm", "0"), ("crm", "1")]
    assert used["crm", "1"] <= used["crm", "0"]


def test_alerts_name_what_is_scraped(observed: Observed) -> None:
    alerts = (HERE.parents[2] / "bindings-js" / "examples" / "observation" / "alerts.yml").read_text()
    names = set(re.findall(r"(?:twenty|error|http)_\w+", alerts))
    assert len(names) >= 4
    assert [name for name in names if not re.search(rf"\b{name}\b", observed.metrics)] == []


def test_lines_are_json_with_what_tells_deliveries_apart(observed: Observed) -> None:
    told = [line for line in observed.lines if line["logger"] in ("twenty_webhook", "app")]
    assert [(line["level"], line["message"].split()[0], line.get("record_id")) for line in told] == [
        ("INFO", "the", "7"),
        ("DEBUG", "handled", "7"),
        ("DEBUG", "duplicate", "7"),
        ("INFO", "the", "8"),
        ("DEBUG", "handled", "8"),
        ("WARNING", "signature_mismatch:", None),
        ("INFO", "the", "broken"),
        ("ERROR", "handler_failed:", "broken"),
    ]
    assert told[1]["delivery_id"] == identity(body_of("7"))
    assert told[-1]["exception"].endswith("ConnectionError: the database is away")


def test_the_spans_of_the_work_are_children_of_those_of_the_requests(observed: Observed) -> None:
    requests = {span["context"]["span_id"]: span for span in observed.spans if span["kind"] == "SpanKind.SERVER"}
    work = [span for span in observed.spans if span["name"] == "handle person.created"]
    assert len(requests) == 5
    parents = [requests[span["parent_id"]] for span in work]
    assert [parent["attributes"]["http.status_code"] for parent in parents] == [200, 200, 500]
    assert [span["context"]["trace_id"] for span in work] == [parent["context"]["trace_id"] for parent in parents]
    assert work[0]["attributes"] == {
        "twenty_webhook.delivery.id": identity(body_of("7")),
        "twenty_webhook.event.name": "person.created",
        "twenty_webhook.record.id": "7",
    }
    assert [span["status"]["status_code"] for span in work] == ["UNSET", "UNSET", "ERROR"]
    assert work[2]["events"][0]["attributes"]["exception.message"] == "the database is away"
