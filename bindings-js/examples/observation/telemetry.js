// OpenTelemetry, and a span for each HTTP request. Variables such as OTEL_EXPORTER_OTLP_ENDPOINT say where everything goes.
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { NodeSDK } from "@opentelemetry/sdk-node";

export const sdk = new NodeSDK({ instrumentations: [new HttpInstrumentation()] });
sdk.start();
