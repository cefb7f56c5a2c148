// onOutcome and onError: what is told of each request, over the native module and WebAssembly.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { receive } from "./receiving.mjs";
import { SECRET, signed, words } from "./sender.mjs";
import { installed } from "./support.mjs";

const EVENT = { eventName: "person.created", record: { id: "7", name: { firstName: "Ada" } }, webhookId: "w-1", workspaceId: "ws-1" };
const TEXT = JSON.stringify(EVENT);
const FACTS = { name: "person.created", kind: "record", recordId: "7", webhookId: "w-1", workspaceId: "ws-1" };

for (const [entry, backend] of [["twenty-webhook", "native"], ["twenty-webhook/wasm", "wasm"]]) {
  const api = installed(entry);
  assert.equal(api.backend, backend);
  const webhook = new api.Webhook([SECRET, "an older secret"], { name: "acme" });

  /** A receiver that keeps what is told, and a way to send to it. */
  function observed(handlers, options = {}) {
    const [outcomes, failures, lines] = [[], [], []];
    const logger = Object.fromEntries(["warn", "error"].map((level) => [level, (line) => lines.push(line)]));
    const handle = receive(webhook, handlers, { logger, onOutcome: (outcome) => outcomes.push(outcome), onError: (...told) => failures.push(told), ...options });
    const send = async (text = TEXT, headers = signed(text), init = {}) => {
      const request = new Request("http://localhost/", { method: "POST", body: text, headers, ...init });
      const response = await handle(request, "env");
      return { said: words(response.status, await response.text()), request };
    };
    return { send, outcomes, failures, lines };
  }

  describe(`onOutcome, ${backend}`, () => {
    test("is told of a delivery that was handled, and of the same again", async () => {
      const { send, outcomes } = observed({ "person.*": () => {} });
      const timestamp = Date.now();
      for (const [secret, secretIndex, outcome] of [[SECRET, 0, "handled"], ["an older secret", 1, "duplicate"]]) {
        const { request } = await send(TEXT, signed(TEXT, { timestamp, secret }));
        const { durationMs, ...told } = outcomes.pop();
        const delivery = { id: createHash("sha256").update(TEXT).digest("hex"), timestamp: new Date(timestamp), secretIndex };
        assert.deepEqual(told, { outcome, code: null, status: 200, delivery, event: FACTS, webhook: "acme", request });
        assert.equal(told.request, request);
        assert.ok(durationMs >= 0 && Number.isFinite(durationMs));
        assert.deepEqual(outcomes, []);
      }
    });

    test("is told of what no route is for, and of shapes that are not known", async () => {
      const { send, outcomes } = observed({ "company.*": () => assert.fail("handled") });
      await send();
      await send('{"eventName":"metadata.role.created","event":{"type":"created","metadataName":"role","recordId":"8","properties":{}}}');
      await send("[]");
      assert.deepEqual(outcomes.map(({ outcome, event }) => [outcome, event.kind, event.name, event.recordId]), [
        ["ignored", "record", "person.created", "7"],
        ["ignored", "metadata", "metadata.role.created", "8"],
        ["ignored", "unknown", null, null],
      ]);
    });

    test("is told of a refusal, with its code and no delivery", async () => {
      const { send, outcomes } = observed(() => assert.fail("handled"));
      await send(TEXT, {});
      await send(`${TEXT} `, signed(TEXT));
      await send(null, {}, { method: "GET" });
      assert.deepEqual(
        outcomes.map(({ outcome, code, status, delivery, event }) => [outcome, code, status, delivery, event]),
        [["missing_header", 401], ["signature_mismatch", 401], ["method_not_allowed", 405]].map(([code, status]) => ["refused", code, status, null, null]),
      );
    });

    test("is told once of a handler that fails, and of a store that does", async () => {
      const { send, outcomes } = observed(() => { throw new Error("no"); });
      await send();
      assert.deepEqual(outcomes.map(({ outcome, code, status, event }) => [outcome, code, status, event.name]), [["failed", "handler_failed", 500, "person.created"]]);
      const down = { claim: () => { throw new Error("down"); }, release() {} };
      const refusing = observed(() => {}, { replayStore: down });
      await refusing.send();
      assert.deepEqual(refusing.outcomes.map(({ outcome, code, status }) => [outcome, code, status]), [["refused", "replay_store_unavailable", 503]]);
      const handling = observed(() => {}, { replayStore: down, onStoreFailure: "handle" });
      await handling.send();
      assert.deepEqual(handling.outcomes.map(({ outcome, code, status }) => [outcome, code, status]), [["handled", null, 200]]);
      assert.deepEqual(handling.failures.map(([{ code }]) => code), ["replay_store_unavailable"]);
    });

    test("is told twice of what is handled in the background", async () => {
      for (const [fails, ended] of [[false, ["handled", null, 200]], [true, ["failed", "handler_failed", 500]]]) {
        let end;
        const { send, outcomes } = observed(() => new Promise((resolve, reject) => (end = fails ? reject : resolve)), { background: true });
        assert.equal((await send()).said, "200 accepted");
        assert.deepEqual(outcomes.map(({ outcome, status }) => [outcome, status]), [["accepted", 200]]);
        end();
        await pause(5);
        const [accepted, last] = outcomes;
        assert.deepEqual([last.outcome, last.code, last.status], ended);
        assert.deepEqual([last.delivery, last.event, last.request], [accepted.delivery, accepted.event, accepted.request]);
        assert.ok(last.durationMs >= accepted.durationMs);
        assert.equal(outcomes.length, 2);
      }
    });

    test("adds no line to the log", async () => {
      const { send, lines, outcomes } = observed(() => {});
      await send();
      await send();
      assert.deepEqual([outcomes.length, lines], [2, []]);
    });

    test("cannot change an answer, nor the delivery that is handled", async () => {
      const seen = [];
      const canonical = new api.Webhook(SECRET, { payloadForm: "canonical" });
      const verifyAnother = () => canonical.verify('{ "eventName": "person.deleted" }', signed('{"eventName":"person.deleted"}'));
      const onOutcome = (outcome) => (verifyAnother(), Object.assign(outcome, { status: 200, outcome: "handled", code: null }));
      const options = { onOutcome, background: true, replayStore: null, logger: null };
      const handle = receive(canonical, (event) => seen.push(event.name), options);
      const spaced = JSON.stringify(EVENT, null, 1);
      const response = await handle(new Request("http://localhost/", { method: "POST", body: spaced, headers: signed(TEXT) }));
      assert.equal(words(response.status, await response.text()), "200 accepted");
      assert.deepEqual(seen, ["person.created"]);
      const refused = await handle(new Request("http://localhost/", { method: "POST", body: spaced, headers: signed("other") }));
      assert.equal(words(refused.status, await refused.text()), "401 signature_mismatch");
    });
  });

  describe(`onError, ${backend}`, () => {
    test("has the delivery that failed, its event and the request", async () => {
      const { send, failures } = observed(() => { throw new Error("no"); });
      const { request } = await send();
      const [[error, failed]] = failures;
      assert.deepEqual([error.code, error.cause.message], ["handler_failed", "no"]);
      assert.equal(new TextDecoder().decode(failed.delivery.payload), TEXT);
      assert.deepEqual([failed.event.record.name.firstName, failed.request], ["Ada", request]);
    });

    test("has no delivery where none was verified", async () => {
      const { send, failures } = observed(() => {});
      const { request } = await send(TEXT, {});
      assert.deepEqual(failures.map(([{ code }, failed]) => [code, failed]), [["missing_header", { delivery: null, event: null, request }]]);
    });
  });

  test(`an engine that breaks is told of, too, ${backend}`, async () => {
    const broken = new api.Webhook(SECRET);
    const internals = broken[Symbol.for("twenty-webhook/internals/1")];
    const { core } = internals;
    const machine = { tellHead: () => 0, tellWebhook: () => { throw new Error("trapped"); }, tell: () => 0 };
    const openReceiver = (...given) => ({ ...core.openReceiver(...given), machine });
    Object.defineProperty(internals, "core", { value: { ...core, openReceiver } });
    const outcomes = [];
    const lines = [];
    const handle = receive(broken, () => assert.fail("handled"), { onOutcome: (outcome) => outcomes.push(outcome), logger: { warn() {}, error: (line) => lines.push(line) } });
    const response = await handle(new Request("http://localhost/", { method: "POST", body: TEXT, headers: signed(TEXT) }));
    assert.equal(words(response.status, await response.text()), "500 internal");
    assert.deepEqual(outcomes.map(({ outcome, code, status }) => [outcome, code, status]), [["refused", "internal", 500]]);
    assert.match(lines.join(), /^twenty-webhook: internal: .*trapped/);
  });
}
