"""What became of the requests, as OpenTelemetry's metrics."""

from opentelemetry import metrics
from twenty_webhook.outcomes import Outcome

BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

meter = metrics.get_meter("twenty-webhook")
requests = meter.create_counter("twenty_webhook.requests")
duration = meter.create_histogram("twenty_webhook.duration", unit="s", explicit_bucket_boundaries_advisory=BUCKETS)
secret_last_used = meter.create_gauge("twenty_webhook.secret.last_used")


def on_outcome(told: Outcome) -> None:
    named = {"twenty_webhook.name": told.webhook} if told.webhook else {}
    failed = {"error.type": told.code} if told.code else {}
    outcome = {"twenty_webhook.outcome": told.outcome}
    requests.add(1, {**outcome, "http.response.status_code": told.status, **failed, **named})
    duration.record(told.duration_ms / 1_000, outcome)
    if told.delivery:
        secret = {"twenty_webhook.secret_index": told.delivery.secret_index}
        secret_last_used.set(told.delivery.timestamp.timestamp(), {**secret, **named})
