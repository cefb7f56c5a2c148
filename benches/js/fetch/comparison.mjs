// What is compared where requests are those of the Fetch API: ours in WebAssembly against one peer.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";

import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook, backend } from "twenty-webhook";

import { importKey, verifyWithCreateHmac, verifyWithWebCrypto } from "../by-hand.mjs";
import { SECRET, STANDARD_SECRET, delivery } from "../senders.mjs";
import { sideOf } from "../sides.mjs";

/** The row without its times, and the two sides, made of fresh deliveries of the text. */
export async function comparison(id, text) {
  assert.equal(backend, "wasm");
  const { title, peer, sender, ours, isAwaited, open } = PEERS[id];
  const expected = ours === verify ? true : JSON.parse(text).eventName;
  const request = (from) => {
    const { body, headers } = delivery(from, Buffer.from(text));
    return { body: Uint8Array.from(body), headers: new Headers(headers) };
  };
  const webhook = new Webhook(SECRET);
  const operation = (delivered) => ours(webhook, delivered);
  return {
    row: { case: title, bytes: Buffer.byteLength(text), peer },
    ours: await sideOf("ours", { operation }, request("twenty"), expected),
    theirs: await sideOf(peer, { operation: await open(), isAwaited }, request(sender), expected),
  };
}

const verify = (webhook, { body, headers }) => webhook.verify(body, headers).secretIndex === 0;
const event = (webhook, { body, headers }) => webhook.verify(body, headers).event.name;

const PEERS = {
  webCrypto: {
    title: "verify, wasm",
    peer: "WebCrypto by hand",
    sender: "twenty",
    ours: verify,
    isAwaited: true,
    async open() {
      const key = await importKey();
      return ({ body, headers }) => verifyWithWebCrypto(key, body, headers.get(TIMESTAMP), headers.get(SIGNATURE));
    },
  },
  byHand: {
    title: "verify, wasm",
    peer: "createHmac by hand",
    sender: "twenty",
    ours: verify,
    open: () => ({ body, headers }) => verifyWithCreateHmac(body, headers.get(TIMESTAMP), headers.get(SIGNATURE)),
  },
  standardwebhooks: {
    title: "verify to event, wasm",
    peer: "standardwebhooks, which parses",
    sender: "standard",
    ours: event,
    open() {
      const webhook = new StandardWebhook(STANDARD_SECRET);
      const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
      const pick = (headers) => Object.fromEntries(names.map((name) => [name, headers.get(name)]));
      return ({ body, headers }) => webhook.verify(decoder.decode(body), pick(headers)).eventName;
    },
  },
};

const decoder = new TextDecoder();
const TIMESTAMP = "x-twenty-webhook-timestamp";
const SIGNATURE = "x-twenty-webhook-signature";
