// Spans for the work itself, in the traces of the requests.
import { SpanStatusCode, trace } from "@opentelemetry/api";

const tracer = trace.getTracer("twenty-webhook");

/** The same handler, each call of it in a span. */
export function traced(handler) {
  return (event, delivery, request) =>
    tracer.startActiveSpan(`handle ${event.name}`, async (span) => {
      span.setAttributes({
        "twenty_webhook.delivery.id": delivery.id,
        "twenty_webhook.event.name": event.name,
        "twenty_webhook.record.id": event.recordId ?? undefined,
      });
      try {
        await handler(event, delivery, request);
      } catch (error) {
        span.recordException(error instanceof Error ? error : String(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
}
