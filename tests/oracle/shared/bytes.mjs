import { createHash, createHmac } from "node:crypto";

// Node would silently write U+FFFD for an unpaired surrogate; a vector must never hold that by accident.
export function utf8(text) {
  if (!text.isWellFormed()) throw new Error(`unpaired surrogate in ${JSON.stringify(text)}`);
  return Buffer.from(text, "utf8");
}

// Text, bytes and single byte values, in any mixture, as one buffer.
export function bytes(...parts) {
  return Buffer.concat(parts.map(asBytes));
}

export function asBytes(part) {
  if (typeof part === "string") return utf8(part);
  if (typeof part === "number") return Buffer.from([part]);
  return Buffer.from(part);
}

export function hex(part) {
  return asBytes(part).toString("hex");
}

export function sha256Hex(data) {
  return createHash("sha256").update(data).digest("hex");
}

export function hmacHex(key, ...parts) {
  return createHmac("sha256", key).update(bytes(...parts)).digest("hex");
}
