// What arrives: bodies with the headers of the senders that the peers are made for. They are signed here by their
// documented schemes, with Node's crypto, by none of those that are measured.
import { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";

/** As Twenty generates them: 64 hex digits, used as text. */
export const SECRET = "3b1f0a7c9d2e4856b7a0c1d2e3f405162738495a6b7c8d9eafb0c1d2e3f40516";

/** The same key, as Standard Webhooks writes keys. */
export const STANDARD_SECRET = `whsec_${Buffer.from(SECRET).toString("base64")}`;

/** A fresh delivery of a body, its headers as Node has them. */
export function delivery(sender, body) {
  const headers = {};
  const sent = Object.entries(SIGNED[sender](body, new Date()));
  // A proxy's header comes last, the sender's own ones among the others.
  for (const [name, value] of [...before(body), ...sent, ...AFTER]) headers[name] = value;
  return { body, headers };
}

/** The same delivery with one letter of its body changed, so that it is as good JSON and only the signature tells. */
export function tampered({ body, headers }) {
  const changed = Buffer.from(body);
  changed[changed.indexOf(BEFORE_NAME) + BEFORE_NAME.length] ^= 1;
  return { body: changed, headers };
}

const BEFORE_NAME = '"eventName":"';

const SIGNED = {
  twenty(body, now) {
    const timestamp = String(now.getTime());
    return {
      "x-twenty-webhook-timestamp": timestamp,
      "x-twenty-webhook-signature": hmac(`${timestamp}:`, body).toString("hex"),
      "x-twenty-webhook-nonce": "07070707070707070707070707070707",
    };
  },
  standard: (body, now) => standard("webhook", body, now),
  svix: (body, now) => standard("svix", body, now),
  stripe(body, now) {
    const timestamp = seconds(now);
    return { "stripe-signature": `t=${timestamp},v1=${hmac(`${timestamp}.`, body).toString("hex")}` };
  },
  github: (body) => ({ "x-hub-signature-256": `sha256=${hmac("", body).toString("hex")}` }),
  /** Of nobody: what a hash alone is checked with. */
  digest: (body) => ({ digest: createHash("sha256").update(body).digest("hex") }),
};

function standard(prefix, body, now) {
  const [id, timestamp] = ["msg_2gKVZ0o4mhs1XIUcY8bYrGjH2Bn", seconds(now)];
  const signature = hmac(`${id}.${timestamp}.`, body).toString("base64");
  return { [`${prefix}-id`]: id, [`${prefix}-timestamp`]: timestamp, [`${prefix}-signature`]: `v1,${signature}` };
}

const hmac = (prefix, body) => createHmac("sha256", SECRET).update(prefix).update(body).digest();
const seconds = (now) => String(Math.floor(now.getTime() / 1000));

/** What axios, with which Twenty sends, adds. */
const before = (body) => [
  ["host", "receiver.example"],
  ["user-agent", "axios/1.13.2"],
  ["accept", "application/json, text/plain, */*"],
  ["content-type", "application/json"],
  ["content-length", String(body.length)],
];
const AFTER = [
  ["accept-encoding", "gzip, compress, deflate, br"],
  ["x-forwarded-for", "203.0.113.7"],
];
