// What is compared where requests are those of the Fetch API: ours against one peer.
import { Buffer } from "node:buffer";

import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook, backend } from "twenty-webhook";

import { importKey, verifyWithCreateHmac, verifyWithWebCrypto } from "../by-hand.mjs";
import { SECRET, STANDARD_SECRET, delivery } from "../senders.mjs";
import { ourOperations, sideOf } from "../sides.mjs";

/** The row without its times, and the two sides, made of fresh deliveries of the text. `what` is "verify" or "event". */
export async function comparison(what, id, text) {
  const { sender, names, isAwaited, open } = PEERS[id];
  const expected = what === "verify" ? true : JSON.parse(text).eventName;
  const request = (from) => {
    const { body, headers } = delivery(from, Buffer.from(text));
    return { body: Uint8Array.from(body), headers: new Headers(headers) };
  };
  const [ours, theirs] = [ourOperations(new Webhook(SECRET))[what], (await open())[what]];
  return {
    row: { case: `${TITLES[what]}, ${backend}`, bytes: Buffer.byteLength(text), peer: names[what] },
    ours: await sideOf("ours", { operation: ours }, request("twenty"), expected),
    theirs: await sideOf(id, { operation: theirs, isAwaited }, request(sender), expected),
  };
}

const TITLES = { verify: "verify", event: "verify to event" };

const PEERS = {
  webCrypto: {
    names: { verify: "WebCrypto by hand", event: "WebCrypto by hand, JSON.parse" },
    sender: "twenty",
    isAwaited: true,
    async open() {
      const key = await importKey();
      const verify = ({ body, headers }) => verifyWithWebCrypto(key, body, headers.get(TIMESTAMP), headers.get(SIGNATURE));
      return { verify, event: async (request) => (await verify(request)) && eventName(request) };
    },
  },
  byHand: {
    names: { verify: "createHmac by hand", event: "createHmac by hand, JSON.parse" },
    sender: "twenty",
    open() {
      const verify = ({ body, headers }) => verifyWithCreateHmac(body, headers.get(TIMESTAMP), headers.get(SIGNATURE));
      return { verify, event: (request) => verify(request) && eventName(request) };
    },
  },
  standardwebhooks: {
    names: { verify: "standardwebhooks, jsonParse: false", event: "standardwebhooks, which parses" },
    sender: "standard",
    open() {
      const webhook = new StandardWebhook(STANDARD_SECRET);
      const names = ["webhook-id", "webhook-timestamp", "webhook-signature"];
      const pick = (headers) => Object.fromEntries(names.map((name) => [name, headers.get(name)]));
      return {
        verify: ({ body, headers }) => webhook.verify(decoder.decode(body), pick(headers), { jsonParse: false }) === undefined,
        event: ({ body, headers }) => webhook.verify(decoder.decode(body), pick(headers)).eventName,
      };
    },
  },
};

const eventName = ({ body }) => JSON.parse(decoder.decode(body)).eventName;
const decoder = new TextDecoder();
const TIMESTAMP = "x-twenty-webhook-timestamp";
const SIGNATURE = "x-twenty-webhook-signature";
