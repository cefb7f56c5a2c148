import { createHmac } from "node:crypto";
import { bytes, hmacHex, sha256Hex } from "../shared/bytes.mjs";
import { pythonDumps } from "../samples/python_json.mjs";
import { BODY, SECRET, verifyGroup } from "../shared/delivery.mjs";

export function signatureGroups() {
  return [verifyGroup({}, [...texts(), ...wrongValues(), ...wrongSignedTexts(), ...wrongKeys()])];
}

function texts() {
  const malformed = (comment, change, flags = ["SignatureText"]) => ({
    comment: `signature ${comment}`,
    flags,
    code: "malformed_signature",
    signature: ({ genuine }) => change(genuine),
  });
  return [
    malformed("of 63 digits", (text) => text.slice(1)),
    malformed("of 65 digits", (text) => `${text}0`),
    malformed("of 66 digits", (text) => `${text}00`),
    malformed("of one digit", (text) => text.slice(0, 1)),
    malformed("of 128 digits", (text) => text + text),
    malformed("in upper case", (text) => text.toUpperCase()),
    malformed("with one letter in upper case", (text) => text.replace(/[a-f]/, (letter) => letter.toUpperCase())),
    malformed("with the prefix sha256=", (text) => `sha256=${text}`),
    malformed("with the prefix 0x", (text) => `0x${text}`),
    malformed("with the prefix 0x inside 64 characters", (text) => `0x${text.slice(2)}`),
    malformed("with the prefix v1=", (text) => `v1=${text}`),
    malformed("as a list of t and v1 without a comma", (text) => `t=1735066639761;v1=${text}`),
    malformed("as a bearer token", (text) => `Bearer ${text}`),
    malformed("in base64", (text) => Buffer.from(text, "hex").toString("base64")),
    malformed("in 32 raw bytes", (text) => bytes(Buffer.from(text, "hex").map((byte) => byte | 0x80)), ["SignatureText", "HostileBytes"]),
    malformed("with a g", (text) => `g${text.slice(1)}`),
    malformed("with a g at the end", (text) => `${text.slice(0, -1)}g`),
    malformed("with a character below 0", (text) => `/${text.slice(1)}`),
    malformed("with a character above 9", (text) => `:${text.slice(1)}`),
    malformed("with a character below a", (text) => `\`${text.slice(1)}`),
    malformed("with a space inside", (text) => `${text.slice(0, 32)} ${text.slice(32)}`),
    malformed("with a space in place of a digit", (text) => `${text.slice(0, 31)} ${text.slice(32)}`),
    malformed("with a minus sign", (text) => `-${text.slice(1)}`),
    malformed("with a full-width digit", (text) => `${text.slice(0, -1)}１`, ["SignatureText", "HostileBytes"]),
    malformed("of 64 bytes with one not ASCII", (text) => bytes(text.slice(0, -1), 0xb2), ["SignatureText", "HostileBytes"]),
    malformed("of 64 characters with one not ASCII", (text) => `${text.slice(0, -1)}é`, ["SignatureText", "HostileBytes"]),
    malformed("of 1,000 digits", () => "a".repeat(1000)),
    malformed("of a word", () => "undefined"),
  ];
}

function wrongValues() {
  const mismatch = (comment, signature) => ({ comment: `signature ${comment}`, flags: ["WrongSignedText"], code: "signature_mismatch", signature });
  return [
    mismatch("with its first bit flipped", ({ genuine }) => flipBit(genuine, 0, 0x80)),
    mismatch("with its last bit flipped", ({ genuine }) => flipBit(genuine, 31, 0x01)),
    mismatch("with a bit in the middle flipped", ({ genuine }) => flipBit(genuine, 16, 0x10)),
    mismatch("of zeros", () => "0".repeat(64)),
    mismatch("of f", () => "f".repeat(64)),
    mismatch("with its bytes reversed", ({ genuine }) => Buffer.from(genuine, "hex").reverse().toString("hex")),
    mismatch("made one millisecond later", ({ key, body }) => hmacHex(key, "1735066639762:", body)),
  ];
}

function wrongSignedTexts() {
  const over = (comment, signed) => ({
    comment: `signed: ${comment}`,
    flags: ["WrongSignedText"],
    code: "signature_mismatch",
    signature: ({ timestamp, body, key }) => hmacHex(key, signed(timestamp, body.toString("utf8"))),
  });
  return [
    over("the body only", (_, body) => body),
    over("a dot in place of the colon", (timestamp, body) => `${timestamp}.${body}`),
    over("no separator", (timestamp, body) => timestamp + body),
    over("a line feed in place of the colon", (timestamp, body) => `${timestamp}\n${body}`),
    over("a space after the colon", (timestamp, body) => `${timestamp}: ${body}`),
    over("body first", (timestamp, body) => `${body}:${timestamp}`),
    over("seconds in place of milliseconds", (timestamp, body) => `${timestamp.slice(0, 10)}:${body}`),
    over("the nonce as well", (timestamp, body) => `${timestamp}:0c8f3e5a7b9d1f2e4a6c8e0b2d4f6a81:${body}`),
    over("the scheme of Stripe and Slack", (timestamp, body) => `v0:${timestamp}:${body}`),
    over("the body as Python prints it", (timestamp, body) => `${timestamp}:${pythonDumps(JSON.parse(body))}`),
    over("the body indented", (timestamp, body) => `${timestamp}:${JSON.stringify(JSON.parse(body), null, 2)}`),
    over("the body and a line feed", (timestamp, body) => `${timestamp}:${body}\n`),
    over("the body without its last byte", (timestamp, body) => `${timestamp}:${body.slice(0, -1)}`),
    over("the body quoted as a JSON string", (timestamp, body) => `${timestamp}:${JSON.stringify(body)}`),
    over("the digest of the body", (timestamp, body) => `${timestamp}:${sha256Hex(body)}`),
    over("[object Object]", (timestamp) => `${timestamp}:[object Object]`),
    over("nothing", () => ""),
    {
      comment: "received: the body and a line feed the sender did not send",
      flags: ["WrongSignedText"],
      code: "signature_mismatch",
      body: `${BODY}\n`,
      signature: ({ timestamp, key }) => hmacHex(key, timestamp, ":", BODY),
    },
    {
      comment: "received: the body re-serialised by Python",
      flags: ["WrongSignedText"],
      code: "signature_mismatch",
      body: pythonDumps(JSON.parse(BODY)),
      signature: ({ timestamp, key }) => hmacHex(key, timestamp, ":", BODY),
    },
    {
      comment: "received: an empty body, signed with one",
      flags: ["WrongSignedText"],
      code: "signature_mismatch",
      body: "",
      signature: ({ timestamp, key }) => hmacHex(key, timestamp, ":", BODY),
    },
  ];
}

function wrongKeys() {
  const keyed = (comment, keyOf) => ({
    comment: `key: ${comment}`,
    flags: ["WrongSignedText"],
    code: "signature_mismatch",
    signature: ({ timestamp, body }) => hmacHex(keyOf(SECRET), timestamp, ":", body),
  });
  return [
    keyed("the secret decoded from hex", (secret) => Buffer.from(secret, "hex")),
    keyed("the secret decoded from base64", (secret) => Buffer.from(secret, "base64")),
    keyed("the secret in upper case", (secret) => Buffer.from(secret.toUpperCase())),
    keyed("the secret and a line feed", (secret) => Buffer.from(`${secret}\n`)),
    keyed("the secret in UTF-16", (secret) => Buffer.from(secret, "utf16le")),
    keyed("another secret", () => Buffer.from("another secret")),
    keyed("the empty key", () => Buffer.alloc(0)),
    keyed("the word undefined", () => Buffer.from("undefined")),
    {
      comment: "HMAC of SHA-1, padded to 64 digits",
      flags: ["WrongSignedText"],
      code: "signature_mismatch",
      signature: ({ timestamp, body, key }) =>
        createHmac("sha1", key).update(bytes(timestamp, ":", body)).digest("hex").padEnd(64, "0"),
    },
    {
      comment: "the digest without a key",
      flags: ["WrongSignedText"],
      code: "signature_mismatch",
      signature: ({ timestamp, body, key }) => sha256Hex(bytes(key, timestamp, ":", body)),
    },
  ];
}

function flipBit(signature, index, mask) {
  const digest = Buffer.from(signature, "hex");
  digest[index] ^= mask;
  return digest.toString("hex");
}
