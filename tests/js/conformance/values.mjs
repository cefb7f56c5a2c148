// What the vectors write as hex, as the bytes and texts of JavaScript.

export function fromHex(hex) {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}

export function fromBase64(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** A test's bytes of this name: written out, or one byte repeated. */
export function bytesOf(test, name) {
  const repeat = test[`${name}Repeat`];
  if (repeat) return new Uint8Array(repeat.count).fill(Number.parseInt(repeat.byteHex, 16));
  return fromHex(test[`${name}Hex`] ?? "");
}

/** How Node and fetch show the bytes of a header. */
export function latin1(bytes) {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** The text of these bytes; `undefined` if they are not UTF-8. */
export function utf8(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text of these bytes, unpaired surrogates included, which generalised UTF-8 writes in three bytes; `undefined` if
 * they are not that either.
 */
export function wtf8(bytes) {
  const parts = [];
  let start = 0;
  for (let at = 0; at + 2 < bytes.length; at += 1) {
    if (bytes[at] !== 0xed || bytes[at + 1] < 0xa0) continue;
    parts.push(utf8(bytes.subarray(start, at)), String.fromCharCode(0xd000 | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f)));
    start = at + 3;
  }
  parts.push(utf8(bytes.subarray(start)));
  if (parts.includes(undefined)) return undefined;
  const text = parts.join("");
  // Halves of a pair, written one by one, would be a pair in the text, which is written in another way.
  return parts.length === 1 || [...text].length === [...parts].reduce((sum, part) => sum + [...part].length, 0) ? text : undefined;
}

export function isSame(bytes, others) {
  return bytes.length === others.length && bytes.every((byte, at) => byte === others[at]);
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
