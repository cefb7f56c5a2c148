/** Text on its way to bytes, without loss: an unpaired surrogate has no UTF-8, and every encoder replaces it silently. */
import { LateDecoder, LateEncoder } from "./coders.js";

export const isWellFormed: (text: string) => boolean =
  typeof (String.prototype as { isWellFormed?: unknown }).isWellFormed === "function"
    ? (text) => (text as unknown as { isWellFormed(): boolean }).isWellFormed()
    : (text) => !/\p{Surrogate}/u.test(text);

/** UTF-8, with U+FFFD for an unpaired surrogate. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The text of UTF-8; nothing of what is none. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  const text = decoder.decode(bytes);
  // A decoder puts U+FFFD in the place of what is none, which the text may hold itself.
  return !text.includes("\ufffd") || isSame(utf8(text), bytes) ? text : undefined;
}

function isSame(some: Uint8Array, others: Uint8Array): boolean {
  return some.length === others.length && some.every((octet, index) => octet === others[index]);
}

/** Generalised UTF-8 (WTF-8): UTF-8 in which an unpaired surrogate is three bytes, too. */
export function wtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = utf8(text);
  if (isWellFormed(text)) return bytes;
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    // The encoder put U+FFFD there, which has three bytes as well.
    if (code >= 0xd800 && code <= 0xdfff) bytes.set([0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)], at);
    at += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

export function lossless(text: string): string | Uint8Array {
  return isWellFormed(text) ? text : wtf8(text);
}

/** Spelt without unpaired surrogates, so that different texts stay different. */
export function spelt(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const encoder = new LateEncoder();
const decoder = new LateDecoder();
