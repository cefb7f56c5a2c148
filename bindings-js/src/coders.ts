/**
 * What turns text into UTF-8 and back, made at its first use: what tests run in may get it after this is loaded. jsdom has
 * neither a `TextEncoder` nor a `TextDecoder`, but Node's `Buffer`.
 */
export class LateEncoder {
  #encoder: Pick<TextEncoder, "encode" | "encodeInto"> | undefined;

  encode(text: string): Uint8Array<ArrayBuffer> {
    return this.#made().encode(text);
  }

  encodeInto(text: string, room: Uint8Array<ArrayBuffer>): { read: number; written: number } {
    return this.#made().encodeInto(text, room);
  }

  #made(): Pick<TextEncoder, "encode" | "encodeInto"> {
    return (this.#encoder ??= typeof TextEncoder === "function" ? new TextEncoder() : { encode, encodeInto });
  }
}

export class LateDecoder {
  #decoder: { decode(bytes: Uint8Array): string } | undefined;

  decode(bytes?: Uint8Array): string {
    if (bytes === undefined) return "";
    return (this.#decoder ??= typeof TextDecoder === "function" ? new TextDecoder("utf-8", { ignoreBOM: true }) : { decode }).decode(bytes);
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(buffer().from(text));
}

function encodeInto(text: string, room: Uint8Array): { read: number; written: number } {
  const bytes = encode(text);
  room.set(bytes);
  return { read: text.length, written: bytes.length };
}

function decode(bytes: Uint8Array): string {
  return buffer().from(bytes).toString();
}

interface BufferClass {
  from(given: string | Uint8Array): Uint8Array;
}

/** By that name bundlers do not take it for a wish for a polyfill. */
function buffer(): BufferClass {
  const { Buffer } = globalThis as unknown as { Buffer?: BufferClass };
  if (!Buffer) throw new TypeError("twenty-webhook needs TextEncoder and TextDecoder, and there are none here");
  return Buffer;
}
