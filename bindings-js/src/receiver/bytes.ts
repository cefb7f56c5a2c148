import { copied, isUint8Array, kindOf } from "../body.js";
import { wtf8 } from "../text.js";
import { Unreadable } from "./unreadable.js";

/**
 * Collects the pieces of a body, and refuses them where they become too many. Many small ones take no more room than their
 * bytes. All are copied: whoever else listens to the stream has the same pieces.
 */
export class Bytes {
  readonly #atMost: number;
  #bytes: Uint8Array = EMPTY;
  #length = 0;

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  get length(): number {
    return this.#length;
  }

  /** Bytes, or text of a stream that was told to decode them: as UTF-8, which Twenty sends. */
  add(piece: unknown): void {
    if (typeof piece === "string") {
      // Before it is converted: a text has at least as many bytes as UTF-16 code units.
      this.#room(piece.length);
      this.#add(wtf8(piece));
    } else if (isUint8Array(piece)) {
      this.#add(piece);
    } else {
      const reason = `The request's stream gives ${kindOf(piece)} instead of bytes: something parsed the body before the receiver could.`;
      throw new Unreadable("already read", reason);
    }
  }

  take(): Uint8Array {
    return this.#length === this.#bytes.length ? this.#bytes : this.#bytes.subarray(0, this.#length);
  }

  #room(more: number): number {
    const length = this.#length + more;
    if (length > this.#atMost) throw new Unreadable("too large");
    return length;
  }

  #add(piece: Uint8Array): void {
    const length = this.#room(piece.length);
    if (this.#length === 0) {
      this.#bytes = copied(piece);
    } else {
      if (length > this.#bytes.length) this.#grow(length);
      this.#bytes.set(piece, this.#length);
    }
    this.#length = length;
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length, SMALLEST_BYTES));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

const EMPTY = new Uint8Array();
const SMALLEST_BYTES = 4_096;
