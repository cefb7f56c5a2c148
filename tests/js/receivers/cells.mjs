// What is sent to every receiver and what must come of it, in whichever framework it is written.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import http from "node:http";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { gzipSync } from "node:zlib";

import { converse, get, onTheWire, post, request, signed, words } from "./sender.mjs";

const person = (id, name = "person.created") => JSON.stringify({ eventName: name, record: { id, name: { firstName: "Ana" } }, updatedFields: [] });
const metadata = (recordId) => JSON.stringify({ eventName: "metadata.objectMetadata.updated", event: { type: "updated", metadataName: "objectMetadata", recordId, properties: {} } });
const documented = (id) => JSON.stringify({ event: "person.updated", data: { id }, timestamp: "2026-01-01T00:00:00Z" });
const JSON_TYPE = "application/json";
const chunked = { "Content-Type": JSON_TYPE, "Transfer-Encoding": "chunked" };
const MEGABYTE = 1 << 20;
/** On a connection that nobody uses again: some servers leave in it what they did not read. */
const ALONE = { httpAgent: new http.Agent() };

/** `[name, what is needed of the server, the cell]`; a cell says what came of it. `seen` is what the handlers printed. */
export const CELLS = [
  // First, because it takes the time that a body may take, in which others are run.
  cell("never complete", "408 body_timeout", ({ url }, id) => {
    const body = person(id);
    return request(url, ofLength(body), (sent) => sent.write(body.slice(1)));
  }, "stream"),
  cell("a record event", "200 handled", ({ url, handled }, id) => (handled(`person.created ${id}`), post(url, person(id)))),
  cell("a metadata event", "200 handled", ({ url, handled }, id) => (handled(`metadata.objectMetadata.updated ${id}`), post(url, metadata(id)))),
  cell("an event as documented", "200 handled", ({ url, handled }, id) => (handled(`person.updated ${id}`), post(url, documented(id)))),
  cell("a name of 2024", "200 handled", ({ url, handled }, id) => (handled(`person.created ${id}`), post(url, person(id, "create.person")))),
  cell("an event nobody handles", "200 ignored", ({ url }, id) => post(url, person(id, "company.created"))),
  cell("an unknown shape", "200 ignored", ({ url }, id) => post(url, JSON.stringify([id]))),
  cell("text of every plane", "200 handled", ({ url, handled }, id) => {
    handled(`person.created ${id} é 語 🦀`);
    return post(url, Buffer.from(person(`${id} é 語 🦀`)));
  }),
  cell("the same again", "200 handled, 200 duplicate, 200 duplicate", async ({ url, handled }, id) => {
    const body = person(id);
    handled(`person.created ${id}`);
    const headers = signed(body);
    return [await post(url, body, headers), await post(url, body, headers), await post(url, body, signed(body, { timestamp: Date.now() + 1 }))].join(", ");
  }),
  cell("tampered", "401 signature_mismatch", ({ url }, id) => post(url, `${person(id)} `, signed(person(id)))),
  cell("another secret", "401 signature_mismatch", ({ url }, id) => post(url, person(id), signed(person(id), { secret: "another" }))),
  cell("stale", "401 timestamp_too_old", ({ url }, id) => post(url, person(id), signed(person(id), { timestamp: Date.now() - 301_000 }))),
  cell("of the future", "401 timestamp_too_new", ({ url }, id) => post(url, person(id), signed(person(id), { timestamp: Date.now() + 330_000 }))),
  cell("unsigned", "401 missing_header", ({ url }, id) => post(url, person(id), {})),
  cell("a signature of another shape", "401 malformed_signature", ({ url }, id) => {
    const headers = signed(person(id));
    return post(url, person(id), { ...headers, "X-Twenty-Webhook-Signature": headers["X-Twenty-Webhook-Signature"].toUpperCase() });
  }),
  cell("not JSON", "200 ignored", ({ url }) => post(url, "hello")),
  cell("the largest body", "200 handled", ({ url, handled }, id) => {
    handled(`person.created ${id}`);
    const start = person(id).slice(0, -1) + ',"fill":"';
    return post(url, `${start}${"a".repeat(MEGABYTE - start.length - 2)}"}`);
  }),
  cell("one byte more", "413 payload_too_large", ({ url }) => post(url, "a".repeat(MEGABYTE + 1), signed(""), ALONE).catch((error) => reset(error.code, "413 payload_too_large"))),
  cell("other content types", "200 handled", (target, id) => typed(target, id, ["application/octet-stream", "application/json; charset=utf-16", "nonsense"])),
  cell("content types of forms, and none", "200 handled", (target, id) => typed(target, id, ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", null])),
  cell("compressed", "415 unsupported_content_encoding", ({ url }, id) => {
    const body = gzipSync(person(id));
    return post(url, body, { ...signed(body), "Content-Encoding": "gzip" });
  }),
  cell("what a 301 makes of it", "405 method_not_allowed (allow POST)", ({ url }, id) => get(url, signed(person(id)))),
  cell("200 at once", "200 handled", async ({ url, handled }, id) => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => {
      handled(`person.created ${id}-${index}`);
      return post(url, person(`${id}-${index}`));
    }));
    return [...new Set(answers)].join();
  }),
  cell("50 copies at once", "1 handled, 49 duplicate", async ({ url, handled }, id) => {
    handled(`person.created ${id}`);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(url, person(id))));
    const count = (outcome) => answers.filter((answer) => answer === `200 ${outcome}`).length;
    return `${count("handled")} handled, ${count("duplicate")} duplicate`;
  }),

  cell("in chunks", "200 handled", ({ url, handled }, id) => {
    handled(`person.created ${id}`);
    const body = person(id);
    return request(url, { ...signed(body), ...chunked }, (sent) => {
      for (const character of body) sent.write(character);
      sent.end();
    });
  }, "stream"),
  cell("slowly", "200 handled", ({ url, handled }, id) => {
    handled(`person.created ${id}`);
    const body = person(id);
    return request(url, ofLength(body), async (sent) => {
      for (let at = 0; at < body.length; at += 10) {
        sent.write(body.slice(at, at + 10));
        await pause(50);
      }
      sent.end();
    });
  }, "stream"),
  cell("too much in chunks", "413 payload_too_large", ({ url }) => {
    const answer = request(url, { ...signed(""), ...chunked }, async (sent) => {
      // A gigabyte, if somebody reads it.
      const piece = Buffer.alloc(MEGABYTE, "a");
      for (let sentBytes = 0; sentBytes < 1_024 * MEGABYTE && !sent.destroyed && !sent.closed; sentBytes += MEGABYTE) {
        if (!sent.write(piece)) await Promise.race([new Promise((drained) => sent.once("drain", drained)), pause(500)]);
        if (sent.res) break;
      }
      sent.end();
    });
    return answer.then((said) => reset(said, "413 payload_too_large"));
  }, "stream"),
  cell("gone half way", "200 handled", async ({ url, port, path, handled }, id) => {
    const body = person(`${id}-gone`);
    const socket = net.connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(onTheWire(path, body).slice(0, -10));
    await pause(100);
    socket.resetAndDestroy();
    await pause(100);
    handled(`person.created ${id}`);
    return post(url, person(id));
  }, "stream"),
  cell("pipelined", "200 handled, 200 duplicate, 401 signature_mismatch, 200 handled", async ({ port, path, handled }, id) => {
    const [one, other] = [person(`${id}-1`), person(`${id}-2`)];
    handled(`person.created ${id}-1`);
    handled(`person.created ${id}-2`);
    const requests = [onTheWire(path, one), onTheWire(path, one), onTheWire(path, `${one} `, signed(one)), onTheWire(path, other)];
    const text = await converse(port, requests.join(""), (received) => received.split("HTTP/1.1 ").length === 5 && /\}(\r\n0\r\n\r\n)?$/.test(received));
    return [...text.matchAll(/HTTP\/1\.1 (\d+)[^]*?(\{.*\})/g)].map(([, status, body]) => words(Number(status), body)).join(", ");
  }, "stream"),
];

function cell(name, expected, run, needs = "") {
  return { name, needs, /** `instead` is for what a framework does before it calls the receiver, or after. */ async check(target, instead = expected) {
    assert.equal(await run(target, randomUUID()), instead);
  } };
}

/** The same, whatever its sender says that the body is. */
async function typed({ url, handled }, id, types) {
  const answers = await Promise.all(types.map((type, index) => {
    const body = person(`${id}-${index}`);
    handled(`person.created ${id}-${index}`);
    return request(url, ofLength(body, type), (sent) => sent.end(body));
  }));
  return [...new Set(answers)].join();
}

function ofLength(body, type = JSON_TYPE) {
  return { ...signed(body), "Content-Length": body.length, ...(type && { "Content-Type": type }) };
}

/** Who sends on after the answer may find the connection gone before having read it. */
function reset(said, meant) {
  return ["EPIPE", "ECONNRESET", "ECONNABORTED"].includes(said) ? meant : said;
}
