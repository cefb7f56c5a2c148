// The rules of signing and verifying, restated over node:crypto: what every claimed result is checked against.
import { asBytes, bytes, hmacHex, utf8 } from "./bytes.mjs";
import { deliveryId } from "./delivery_id.mjs";
import { decodeUtf8, judgeJson } from "./json_text.mjs";

export const DEFAULTS = { toleranceMillis: 300_000, maxBodyBytes: 1_048_576, headerPrefix: "X-Twenty-Webhook-" };

// { code: null, timestamp, nonce, secretIndex, payload, id } or { code }.
export function verify(options, headers, body, now) {
  const prefix = options.headerPrefix ?? DEFAULTS.headerPrefix;
  if (body.length > (options.maxBodyBytes ?? DEFAULTS.maxBodyBytes)) return { code: "payload_too_large" };

  const timestamps = valuesOf(headers, `${prefix}Timestamp`);
  const signatures = valuesOf(headers, `${prefix}Signature`);
  if (timestamps.length > 1 || signatures.length > 1) return { code: "repeated_header" };
  if (timestamps.length === 0 || signatures.length === 0) return { code: "missing_header" };

  const [timestampText] = timestamps;
  if (!/^[0-9]{1,16}$/.test(timestampText)) return { code: "malformed_timestamp" };
  const tolerance = BigInt(options.toleranceMillis ?? DEFAULTS.toleranceMillis);
  const timestamp = BigInt(timestampText);
  if (BigInt(now) - timestamp > tolerance) return { code: "timestamp_too_old" };
  if (timestamp - BigInt(now) > tolerance) return { code: "timestamp_too_new" };

  const [signature] = signatures;
  if (!/^[0-9a-f]{64}$/.test(signature)) return { code: "malformed_signature" };

  const { code, payload, signedPart } = payloadOf(options.payloadForm, body);
  if (code !== null) return { code };
  const secretIndex = options.secrets.findIndex(
    (secret) => hmacHex(asBytes(secret), timestampText, ":", signedPart) === signature,
  );
  if (secretIndex === -1) return { code: "signature_mismatch" };

  const nonce = nonceOf(valuesOf(headers, `${prefix}Nonce`));
  return { code: null, timestamp: timestamp.toString(), nonce, secretIndex, payload, id: deliveryId(payload) };
}

// { code: null, headers } with the headers in the order they are documented, or { code }.
export function sign(options, payload, timestamp, nonce) {
  if (BigInt(timestamp) >= 10n ** 16n) return { code: "invalid_timestamp" };
  if (!/^[0-9a-f]{32}$/.test(nonce)) return { code: "invalid_nonce" };
  const { code, signedPart } = payloadOf(options.payloadForm, payload);
  if (code !== null) return { code };
  const prefix = options.headerPrefix ?? DEFAULTS.headerPrefix;
  const headers = [
    [`${prefix}Timestamp`, timestamp],
    [`${prefix}Signature`, hmacHex(asBytes(options.secrets[0]), timestamp, ":", signedPart)],
    [`${prefix}Nonce`, nonce],
  ];
  return { code: null, headers };
}

// The payload a form makes of a body, and the bytes that are signed after the colon.
export function payloadOf(form, body) {
  if (form === "raw") return { code: null, payload: body, signedPart: body };
  if (form === "canonical") {
    const { code, text } = judgeJson(body);
    return code === null ? { code, payload: utf8(text), signedPart: utf8(text) } : { code };
  }
  const text = decodeUtf8(body);
  if (text === null) return { code: "payload_not_utf8" };
  return { code: null, payload: body, signedPart: utf8(JSON.stringify(text)) };
}

// A comma can only come from two values that were joined, so it counts as two.
function valuesOf(headers, wantedName) {
  return headers
    .filter(([name]) => asBytes(name).toString("latin1").toLowerCase() === wantedName.toLowerCase())
    .flatMap(([, value]) => bytes(value).toString("latin1").split(","));
}

function nonceOf(values) {
  return values.length === 1 && /^[\x21-\x7e]{1,128}$/.test(values[0]) ? values[0] : null;
}
