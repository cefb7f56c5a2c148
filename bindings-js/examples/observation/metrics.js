// What became of the requests, as OpenTelemetry's metrics.
import { metrics } from "@opentelemetry/api";

const meter = metrics.getMeter("twenty-webhook");
const requests = meter.createCounter("twenty_webhook.requests");
const duration = meter.createHistogram("twenty_webhook.duration", {
  unit: "s",
  advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
});
const secretLastUsed = meter.createGauge("twenty_webhook.secret.last_used");

export function onOutcome({ outcome, code, status, durationMs, webhook, delivery }) {
  const named = webhook && { "twenty_webhook.name": webhook };
  const failed = code && { "error.type": code };
  requests.add(1, { "twenty_webhook.outcome": outcome, "http.response.status_code": status, ...failed, ...named });
  duration.record(durationMs / 1_000, { "twenty_webhook.outcome": outcome });
  if (delivery) {
    secretLastUsed.record(delivery.timestamp.getTime() / 1_000, { "twenty_webhook.secret_index": delivery.secretIndex, ...named });
  }
}
