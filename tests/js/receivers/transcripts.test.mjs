// The core's transcripts of receivers, played through the driver and a framework's adapter, over the native module and WebAssembly,
// with a webhook that is known when the receiver is made, and with one that is found for each request.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, mock, test } from "node:test";

import { diagnosing, installed } from "./support.mjs";

const { testGroups } = JSON.parse(readFileSync(new URL("../../vectors/receiver.json", import.meta.url), "utf8"));
const { receive } = installed("twenty-webhook/fetch");

/** What this driver cannot be made to show: a fault of its own. */
const FAULTS = 4;
/** Sentences that an adapter has of its own. */
const OWN_WORDS = ["body_already_read", "not_a_request"];

afterEach(() => mock.timers.reset());

for (const [entry, backend] of [["twenty-webhook", "native"], ["twenty-webhook/wasm", "wasm"]]) {
  for (const way of ["known", "found"]) {
    test(`every transcript, ${backend}, the webhook ${way}`, async () => {
      const left = [];
      for (const group of testGroups) {
        const api = group.receiver.diagnose ? diagnosing(backend) : installed(entry);
        assert.equal(api.backend, backend);
        for (const transcript of group.tests) {
          if (transcript.flags.includes("Fault")) left.push(transcript.tcId);
          else if (way === "found" || !transcript.flags.includes("Webhook")) await play(api, group, transcript, way === "found");
        }
      }
      assert.equal(left.length, FAULTS);
    });
  }
}

async function play(api, group, { tcId, comment, steps }, isFound) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: Number(group.now) });
  const secret = Buffer.from(group.secretHex, "hex").toString();
  const tolerance = group.toleranceMillis === null ? {} : { toleranceSeconds: group.toleranceMillis / 1_000 };
  const name = group.webhookName === null ? {} : { name: group.webhookName };
  const webhook = new api.Webhook(secret, { ...tolerance, ...name });
  assert.equal(webhook.name, group.webhookName);
  const host = hostOf(group.receiver, webhook);
  const handle = receive(isFound ? host.find : webhook, host.handlers, host.options);
  host.warned();
  let answer;
  const answered = handle(requestOf(host, steps)).then((response) => (answer = response));
  for (const [at, { tells, turn }] of stagesOf(steps, isFound).entries()) {
    const what = `${tcId}, ${comment}, stage ${at}`;
    for (const tell of tells) await host.tell(tell);
    await settled();
    assert.deepEqual(host.noted(turn.notices), expected(turn.notices), what);
    if (turn.answer) {
      await answered;
      const { status, headers } = answer;
      const said = { status, headers: turn.answer.headers.map(([name]) => [name, headers.get(name)]), body: await answer.text() };
      assert.deepEqual(said, turn.answer, what);
    }
    assert.deepEqual(host.called(), callsOf(turn.next, isFound), what);
  }
}

/** Whatever the host makes happen, with what follows by itself: nothing waits between the two. */
function stagesOf(steps, isFound) {
  const stages = [];
  for (const { tell, turn } of steps) {
    const isNext = tell.head || (tell.webhook && !isFound) || ["alreadyRead", "notARequest"].includes(tell.unreadable);
    if (!isNext || stages.length === 0) stages.push({ tells: [] });
    const stage = stages.at(-1);
    stage.tells.push(tell);
    stage.turn = turn;
  }
  return stages;
}

/** What finds the webhook, a store, handlers, a logger and a body that do what a transcript tells. */
function hostOf({ routes, hasStore, background, onStoreFailure, diagnose, namespace, ttlMillis }, known) {
  let [lines, errors, calls] = [[], [], []];
  const pending = {};
  const promised = (name) => new Promise((resolve, reject) => (pending[name] = { resolve, reject }));
  const handler = (route) => () => (calls.push({ handle: { route } }), promised("handler"));
  const store = {
    claim: (key, ttlMillis, windowMillis) => (calls.push({ claim: { key, ttlMillis, windowMillis } }), promised("claim")),
    release: (key, token) => (calls.push({ release: { key, token } }), promised("release")),
  };
  const logger = Object.fromEntries(["debug", "warn", "error"].map((level) => [level, (line) => lines.push({ level, line: line.replace(/^twenty-webhook: /, "") })]));
  const body = new ReadableStream({ start: (controller) => (pending.body = controller) });
  return {
    body,
    find: () => (calls.push({ findWebhook: {} }), promised("webhook")),
    handlers: routes ? Object.fromEntries(routes.map((pattern, route) => [pattern, handler(route)])) : handler(0),
    options: {
      replayStore: hasStore ? store : null, background, onStoreFailure, diagnose, namespace, logger,
      onError: (error) => errors.push({ code: error.code, status: error.status }),
      ...(ttlMillis === null ? {} : { replayTtlSeconds: ttlMillis / 1_000 }),
    },
    /** The route that another hides is told when the receiver is made. */
    warned() {
      assert.equal(lines.length, routes?.includes("person.deleted") ? 1 : 0);
      lines = [];
    },
    async tell({ webhook, bodyHex, unreadable, claim, handler, release, token, answer, cause }) {
      if (webhook === "found") pending.webhook?.resolve(known);
      if (webhook === "unknown") pending.webhook.resolve(null);
      if (webhook === "failed") pending.webhook.reject(new Error(cause));
      if (webhook === "late") mock.timers.tick(2_000);
      if (bodyHex !== undefined) (pending.body.enqueue(Buffer.from(bodyHex, "hex")), pending.body.close());
      if (unreadable === "gone") pending.body.error(cause === undefined ? undefined : new Error(cause));
      if (unreadable === "tooLarge" && cause === undefined) pending.body.enqueue(new Uint8Array((1 << 20) + 1));
      if (unreadable === "tooLarge" && cause !== undefined) pending.body.error(Object.assign(new Error(cause), { status: 413 }));
      if (unreadable === "late") await begun(pending.body).then(() => mock.timers.tick(10_000));
      if (claim === "granted") pending.claim.resolve(token);
      if (claim === "held") pending.claim.resolve(null);
      if (claim === "failed") pending.claim.reject(new Error(cause));
      if (claim === "odd") pending.claim.resolve(JSON.parse(answer));
      if (claim === "late") mock.timers.tick(1_000);
      if (claim === "abandoned") mock.timers.tick(90_000);
      if (handler === "done") pending.handler.resolve();
      if (handler === "failed") pending.handler.reject(cause);
      if (handler === "slow") mock.timers.tick(4_000);
      if (release === "done") pending.release.resolve();
      if (release === "failed") pending.release.reject(new Error(cause));
    },
    noted(notices) {
      const told = lines.map(({ level, line }, at) => ({ level, line: line.slice(0, comparable(notices[at] ?? {}).length || undefined) }));
      const found = { lines: told, errors };
      [lines, errors] = [[], []];
      return found;
    },
    called() {
      const made = calls;
      calls = [];
      return made;
    },
  };
}

function expected(notices) {
  const coded = notices.filter(({ code }) => code !== null);
  const STATUSES = { replay_store_unavailable: 503 };
  return {
    lines: notices.map((notice) => ({ level: notice.level, line: comparable(notice) })),
    errors: coded.map(({ code, outcome }) => ({ code, status: STATUSES[code] ?? statusOf(code, outcome) })),
  };
}

/** By the documentation's table. */
function statusOf(code) {
  const page = readFileSync(new URL("../../../docs/codes.md", import.meta.url), "utf8");
  return Number(new RegExp(`^\\| \`${code}\` \\| (\\d+) \\|`, "m").exec(page)[1]);
}

function comparable({ line, lineStart, code }) {
  return OWN_WORDS.includes(code) ? `${code}: ` : (line ?? lineStart ?? "");
}

/** What a turn asks of the user's functions; the driver's own part, reading, is its own. */
function callsOf(next, isFound) {
  if (next?.findWebhook && isFound) return [{ findWebhook: {} }];
  if (next?.claim) return [{ claim: { key: next.claim.key, ttlMillis: next.claim.ttlMillis, windowMillis: next.claim.windowMillis } }];
  if (next?.handle) return [{ handle: { route: next.handle.route } }];
  if (next?.release) return [{ release: { key: next.release.key, token: next.release.token } }];
  return [];
}

/** A request with the head that the first steps tell. Not a `Request`, which mends methods and lengths. */
function requestOf({ body }, steps) {
  const told = Object.assign({}, ...steps.map(({ tell }) => tell));
  const { method, contentEncoding, contentLength } = told.head;
  const own = { "content-encoding": contentEncoding, "content-length": contentLength };
  const headers = new Headers([...(told.headers ?? []), ...Object.entries(own).filter(([, value]) => value !== undefined)]);
  if (told.unreadable === "notARequest") headers.get = (name) => (name.endsWith("-signature") ? 7 : null);
  if (told.unreadable === "alreadyRead") body.getReader();
  return { method, headers, body, bodyUsed: false };
}

/** Of a body of which nothing comes at all another sentence is told. */
function begun(body) {
  body.enqueue(new Uint8Array(1));
  return settled();
}

/** All that follows by itself has happened. */
async function settled() {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
