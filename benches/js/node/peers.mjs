// What a receiver on Node is written with instead, each by its own documented usage, with what can be prepared prepared.
import { createHash } from "node:crypto";

import { importKey, verifyWithCreateHmac, verifyWithWebCrypto } from "../by-hand.mjs";
import { SECRET, STANDARD_SECRET } from "../senders.mjs";

/**
 * Each verifies what its `sender` sent, `isAwaited` where that is asynchronous. `names` are those of the rows; `open` gives
 * the operations. A delivery is what Node has of it: the body in one Buffer, the headers in lower case.
 */
export const PEERS = {
  byHand: {
    sender: "twenty",
    names: { verify: "createHmac by hand", event: "createHmac by hand, JSON.parse" },
    open() {
      const verify = ({ body, headers }) => verifyWithCreateHmac(body, headers[TIMESTAMP], headers[SIGNATURE]);
      return { verify, event: (request) => verify(request) && parse(request.body).eventName };
    },
  },
  webCrypto: {
    sender: "twenty",
    isAwaited: true,
    names: { verify: "WebCrypto by hand", event: "WebCrypto by hand, JSON.parse" },
    async open() {
      const key = await importKey();
      const verify = ({ body, headers }) => verifyWithWebCrypto(key, body, headers[TIMESTAMP], headers[SIGNATURE]);
      return { verify, event: async (request) => (await verify(request)) && parse(request.body).eventName };
    },
  },
  standardwebhooks: {
    sender: "standard",
    names: { verify: "standardwebhooks, jsonParse: false", event: "standardwebhooks, which parses" },
    async open() {
      const { Webhook } = await import("standardwebhooks");
      const webhook = new Webhook(STANDARD_SECRET);
      return {
        verify: ({ body, headers }) => webhook.verify(body, headers, { jsonParse: false }) === undefined,
        event: ({ body, headers }) => webhook.verify(body, headers).eventName,
      };
    },
  },
  svix: {
    sender: "svix",
    names: { verify: "svix", event: "svix, JSON.parse" },
    async open() {
      const { Webhook } = await import("svix");
      const webhook = new Webhook(STANDARD_SECRET);
      const verify = ({ body, headers }) => webhook.verify(body, headers) === undefined;
      return { verify, event: (request) => verify(request) && parse(request.body).eventName };
    },
  },
  stripe: {
    sender: "stripe",
    names: { verify: "stripe, which always parses, too", event: "stripe, which parses" },
    async open() {
      const { default: Stripe } = await import("stripe");
      const event = ({ body, headers }) => Stripe.webhooks.constructEvent(body, headers["stripe-signature"], SECRET);
      return { verify: (request) => event(request) !== undefined, event: (request) => event(request).eventName };
    },
  },
  octokit: {
    sender: "github",
    isAwaited: true,
    names: { verify: "@octokit/webhooks-methods", event: "@octokit/webhooks-methods, JSON.parse" },
    async open() {
      const { verify } = await import("@octokit/webhooks-methods");
      const verifyText = (text, headers) => verify(SECRET, text, headers["x-hub-signature-256"]);
      return {
        verify: ({ body, headers }) => verifyText(body.toString(), headers),
        async event({ body, headers }) {
          const text = body.toString();
          return (await verifyText(text, headers)) && JSON.parse(text).eventName;
        },
      };
    },
  },
  /** No verification: what part of the time the hash takes. */
  hashAlone: {
    sender: "digest",
    names: { verify: "createHash alone" },
    open: () => ({ verify: ({ body, headers }) => createHash("sha256").update(body).digest("hex") === headers.digest }),
  },
};

const parse = (body) => JSON.parse(body.toString());
const TIMESTAMP = "x-twenty-webhook-timestamp";
const SIGNATURE = "x-twenty-webhook-signature";
