/**
 * Text whose every character is below U+0100 lies in a string as one byte each, and `Buffer` copies it: 100 kB with some
 * accents in 4 µs, and back in 11, where Node's `TextEncoder` takes 61 and its `TextDecoder` 123.
 */
export interface Latin1 extends Uint8Array<ArrayBuffer> {
  latin1Slice(start: number, end: number): string;
  latin1Write(text: string, offset: number, length: number): number;
}

// By that name bundlers do not take it for a wish for a polyfill.
const { Buffer } = globalThis as unknown as { Buffer?: { from(memory: ArrayBuffer): Latin1 } };

/** These methods are in no documentation, so they show what they do before they are relied on. */
export const hasLatin1 = ((): boolean => {
  try {
    const bytes = Buffer?.from(new ArrayBuffer(4));
    return bytes?.latin1Write("\xe9z", 1, 2) === 2 && bytes.join() === "0,233,122,0" && bytes.latin1Slice(1, 3) === "\xe9z";
  } catch {
    return false;
  }
})();

export function latin1In(memory: ArrayBuffer): Latin1 | undefined {
  return hasLatin1 ? Buffer?.from(memory) : undefined;
}

/** V8 knows without looking that a text it keeps as Latin-1 holds no such character. */
export const BEYOND_LATIN1 = /[^\0-\xff]/;
