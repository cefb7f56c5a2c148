// The recipes of docs/observation/javascript.md: the example, as its users start it, with what Prometheus scrapes of it, its lines, and
// the spans that a collector gets.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { before, test } from "node:test";

import { freePort, given, inherited, open } from "./processes.mjs";
import { body, delivery, receiving, webhook } from "./receiving.mjs";
import { post, signed } from "./sender.mjs";
import { example } from "./servers.mjs";

const bodyOf = (record) => JSON.stringify({ eventName: "person.created", record: { id: record } });
const idOf = (record) => createHash("sha256").update(bodyOf(record)).digest("hex");

/** What is left of a server that was sent something of each kind, and has ended. */
let metrics, lines;
const spans = [];

before(async () => {
  const collector = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request));
    spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans).flatMap((scope) => scope.spans));
    response.end("{}");
  });
  await once(collector.listen(0, "127.0.0.1"), "listening");
  const scraped = await freePort();
  const settings = {
    TWENTY_WEBHOOK_SECRET: "the new secret", TWENTY_WEBHOOK_OLD_SECRET: "the old secret", PORT: "0", LOG_LEVEL: "debug",
    OTEL_METRICS_EXPORTER: "prometheus", OTEL_EXPORTER_PROMETHEUS_HOST: "127.0.0.1", OTEL_EXPORTER_PROMETHEUS_PORT: String(scraped),
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json", OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.address().port}`,
    OTEL_LOGS_EXPORTER: "none",
  };
  const parameters = ["--import", "./telemetry.js", "server.js"];
  const start = () => ({ child: spawn(process.execPath, parameters, { cwd: example("observation"), env: { ...inherited, ...settings }, ...given }) });
  const server = await open({ start });
  try {
    for (const [record, secret, said] of [
      ["7", "the new secret", "200 handled"],
      ["7", "the new secret", "200 duplicate"],
      ["8", "the old secret", "200 handled"],
      ["9", "a secret of nobody's", "401 signature_mismatch"],
      ["broken", "the new secret", "500 handler_failed"],
    ]) {
      const body = bodyOf(record);
      assert.equal(await post(server.url, body, signed(body, { secret })), said);
    }
    metrics = await (await fetch(`http://127.0.0.1:${scraped}/metrics`, { headers: { connection: "close" } })).text();
    // It sends its spans before it ends.
    server.child.removeAllListeners("close").kill("SIGTERM");
    await once(server.child, "close");
  } finally {
    server.child.kill("SIGKILL");
    collector.close();
  }
  lines = server.noise.map((line) => JSON.parse(line));
});

/** Of a metric, the values of its labels that are its own, each with the number. */
function series(name) {
  return [...metrics.matchAll(new RegExp(`^${name}{(.*)} (\\S+)$`, "gm"))].map(([, labels, value]) => [
    ...[...labels.matchAll(/(\w+)="([^"]*)"/g)].filter(([, label]) => !label.startsWith("otel_")).map(([, , own]) => own), Number(value),
  ]);
}

test("requests are counted by what became of them", () => {
  assert.deepEqual(series("twenty_webhook_requests_total"), [
    ["handled", "200", "crm", 2],
    ["duplicate", "200", "crm", 1],
    ["refused", "401", "signature_mismatch", "crm", 1],
    ["failed", "500", "handler_failed", "crm", 1],
  ]);
  assert.deepEqual(series("twenty_webhook_duration_count"), [["handled", 2], ["duplicate", 1], ["refused", 1], ["failed", 1]]);
  for (const [, seconds] of series("twenty_webhook_duration_sum")) assert.ok(seconds > 0 && seconds < 60);
});

test("each secret says when it was last used", () => {
  const [[index, name, used], [oldIndex, oldName, oldUsed]] = series("twenty_webhook_secret_last_used");
  assert.deepEqual([index, name, oldIndex, oldName], ["0", "crm", "1", "crm"]);
  assert.ok(oldUsed <= used);
});

test("alerts name what is scraped", () => {
  const names = readFileSync(example("observation", "alerts.yml"), "utf8").match(/(twenty|error|http)_\w+/g);
  assert.ok(names.length >= 4);
  assert.deepEqual(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(metrics)), []);
});

test("pino gets a line at its own level", () => {
  assert.deepEqual(lines.map(({ level, msg, record }) => [level, msg.replace("twenty-webhook: ", "").split(/:? /, 1)[0], record]), [
    [30, "the", "7"],
    [20, "handled", undefined],
    [20, "duplicate", undefined],
    [30, "the", "8"],
    [20, "handled", undefined],
    [40, "signature_mismatch", undefined],
    [30, "the", "broken"],
    [50, "handler_failed", undefined],
  ]);
  assert.equal(lines[0].delivery, idOf("7"));
  assert.match(lines[1].msg, new RegExp(`\\[webhook crm, delivery ${idOf("7")}, person.created, record 7\\]$`));
});

test("the spans of the work are children of those of the requests", () => {
  const attributes = (span) => Object.fromEntries(span.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
  const requests = spans.filter(({ kind }) => kind === SERVER);
  const work = spans.filter(({ name }) => name === "handle person.created");
  const parents = work.map(({ parentSpanId }) => requests.find(({ spanId }) => spanId === parentSpanId));
  assert.deepEqual(parents.map((parent) => attributes(parent)["http.response.status_code"]), [200, 200, 500]);
  assert.deepEqual(work.map(({ traceId }) => traceId), parents.map(({ traceId }) => traceId));
  assert.deepEqual(attributes(work[0]), {
    "twenty_webhook.delivery.id": idOf("7"), "twenty_webhook.event.name": "person.created", "twenty_webhook.record.id": "7",
  });
  assert.deepEqual(work.map(({ status }) => status.code), [0, 0, ERROR]);
  assert.deepEqual(work[2].events.map(({ name }) => name), ["exception"]);
});

test("whatever a receiver calls runs in the context of the request", async () => {
  const context = new AsyncLocalStorage();
  for (const background of [false, true]) {
    const seen = [];
    const saw = (what, answer) => (seen.push([what, context.getStore()]), answer);
    const store = { claim: async () => saw("store", "token"), release() {} };
    let end;
    const ended = new Promise((resolve) => (end = resolve));
    const onOutcome = ({ outcome }) => (saw("outcome"), outcome === "handled" && end());
    const { send } = receiving(() => saw("handler", Promise.resolve()), { replayStore: store, background, onOutcome }, async () => saw("finder", webhook));
    await context.run("ours", () => send(delivery(body("person.created", `context ${background}`))));
    await ended;
    assert.ok(seen.length >= 4);
    for (const [what, where] of seen) assert.equal(where, "ours", what);
  }
});

/** As OpenTelemetry's protocol numbers them. */
const SERVER = 2;
const ERROR = 2;
