// One test of a delivery: headers made as the sender makes them, unless the case says otherwise.
import { asBytes, hex, hmacHex } from "./bytes.mjs";
import { DEFAULTS, payloadOf, verify } from "./reference.mjs";

export const SECRET = "3f8a1c5d9e7b2046a8c3e1f59d7b60244e8f1a6c3d5b79e0f2a4c6e8b0d1f357";
export const SENT_AT = "1735066639761";
const RECEIVED_AT = "1735066639998";
export const NONCE = "0c8f3e5a7b9d1f2e4a6c8e0b2d4f6a81";
export const BODY = '{"eventName":"a.b"}';

export function verifyGroup(overrides, specs) {
  const options = {
    secrets: [SECRET],
    toleranceMillis: null,
    maxBodyBytes: null,
    headerPrefix: null,
    payloadForm: "raw",
    ...overrides,
  };
  const { secrets, ...shown } = options;
  return {
    options: { secretsHex: secrets.map(hex), ...shown },
    tests: specs.map((spec) => verifyTest(options, spec)),
  };
}

// `code` is the claim of whoever wrote the case; the reference has to come to the same.
function verifyTest(options, { comment, flags, code = null, ...spec }) {
  const delivery = makeDelivery(options, spec);
  const verdict = verify(options, delivery.headers, delivery.body, delivery.now);
  if (verdict.code !== code) throw new Error(`${comment}: claimed ${code}, reference says ${verdict.code}`);
  const test = { comment, flags, ...deliveryInput(delivery, spec), result: code === null ? "valid" : "invalid", code };
  if (code !== null) return test;
  const { timestamp, nonce, secretIndex, payload, id } = verdict;
  const expectedPayload = spec.bodyRepeat === undefined ? { payloadHex: hex(payload) } : { payloadRepeat: spec.bodyRepeat };
  return { ...test, timestamp, nonce, secretIndex, ...expectedPayload, id };
}

// `signature` may be a text, or a function of what it is made from; `headers` a function of the genuine ones.
export function makeDelivery(options, spec) {
  const { timestamp = SENT_AT, now = RECEIVED_AT, nonce = null, signer = 0 } = spec;
  const body = bodyOf(spec);
  const key = asBytes(options.secrets[signer]);
  const genuine = hmacHex(key, timestamp, ":", payloadOf(options.payloadForm, body).signedPart ?? body);
  const signature =
    typeof spec.signature === "function"
      ? spec.signature({ timestamp, body, key, genuine })
      : (spec.signature ?? genuine);
  const prefix = options.headerPrefix ?? DEFAULTS.headerPrefix;
  const names = { timestamp: `${prefix}Timestamp`, signature: `${prefix}Signature`, nonce: `${prefix}Nonce` };
  const headersOf = spec.headers ?? allThree;
  return { headers: headersOf({ names, timestamp, signature, nonce }), body, now };
}

// The nonce is there only where the case gives one: it decides nothing, and would make hundreds of tests longer.
export function allThree({ names, timestamp, signature, nonce }) {
  const headers = [
    [names.timestamp, timestamp],
    [names.signature, signature],
    [names.nonce, nonce],
  ];
  return headers.filter(([, value]) => value !== null);
}

export function headerPairsHex(headers) {
  return headers.map(([name, value]) => ({ nameHex: hex(name), valueHex: hex(value) }));
}

function deliveryInput({ headers, body, now }, { bodyRepeat }) {
  const bodyFields = bodyRepeat === undefined ? { bodyHex: hex(body) } : { bodyRepeat };
  return { headers: headerPairsHex(headers), ...bodyFields, now };
}

function bodyOf({ body = BODY, bodyRepeat }) {
  if (bodyRepeat === undefined) return asBytes(body);
  return Buffer.alloc(bodyRepeat.count, Number.parseInt(bodyRepeat.byteHex, 16));
}
