// What a careful user writes by hand instead, with what the runtime has. The secret is known, the headers have been read.
import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";

import { SECRET } from "./senders.mjs";

export function verifyWithCreateHmac(body, timestamp, signature) {
  if (!mayBeGenuine(timestamp, signature)) return false;
  const expected = createHmac("sha256", SECRET).update(`${timestamp}:`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature, "hex"));
}

/** WebCrypto's key, which is imported once. */
export function importKey() {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", encoder.encode(SECRET), algorithm, false, ["verify"]);
}

/** WebCrypto takes what was signed in one piece. */
export async function verifyWithWebCrypto(key, body, timestamp, signature) {
  if (!mayBeGenuine(timestamp, signature)) return false;
  const prefix = encoder.encode(`${timestamp}:`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  return crypto.subtle.verify("HMAC", key, Buffer.from(signature, "hex"), signed);
}

/** Whether the two headers are there once each, have the right form, and the timestamp is fresh. */
function mayBeGenuine(timestamp, signature) {
  return (
    typeof timestamp === "string" &&
    /^\d{1,16}$/.test(timestamp) &&
    Math.abs(Date.now() - Number(timestamp)) <= TOLERANCE_MS &&
    typeof signature === "string" &&
    /^[0-9a-f]{64}$/.test(signature)
  );
}

const TOLERANCE_MS = 300_000;
const encoder = new TextEncoder();
