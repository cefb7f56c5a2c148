/** Text on its way to bytes, without loss: an unpaired surrogate has no UTF-8, and every encoder replaces it silently. */

export const isWellFormed: (text: string) => boolean =
  typeof (String.prototype as { isWellFormed?: unknown }).isWellFormed === "function"
    ? (text) => (text as unknown as { isWellFormed(): boolean }).isWellFormed()
    : (text) => !/\p{Surrogate}/u.test(text);

/** Generalised UTF-8 (WTF-8): UTF-8 in which an unpaired surrogate is three bytes, too. */
export function wtf8(text: string): Uint8Array<ArrayBuffer> {
  if (isWellFormed(text)) return encoder.encode(text);
  const bytes = encoder.encode(text);
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

const encoder = new TextEncoder();
