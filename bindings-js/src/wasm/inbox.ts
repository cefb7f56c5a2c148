/** Texts on their way into the module's memory and out of it. */
import { LateEncoder } from "../coders.js";
import type { Text } from "../engine.js";
import * as glue from "../generated/module.js";
import { isWellFormed, wtf8 } from "../text.js";
import { BEYOND_LATIN1, type Latin1 } from "./latin1.js";
import { latin1, view } from "./running.js";

/** Room for texts, which are written one after the other. */
export class Inbox {
  #at: number;

  constructor(bytes: number) {
    this.#at = inbox(bytes);
  }

  /** Writes the next one and returns its length in bytes; -1 stands for an absent one. */
  add(text: Text | undefined): number {
    if (text === undefined) return -1;
    const length = writeAt(this.#at, text);
    this.#at += length;
    return length;
  }
}

export function write(text: Text): number {
  return writeAt(inbox(room(text)), text);
}

let inboxAt = 0;

export function inbox(bytes: number): number {
  return (inboxAt = glue.inbox(bytes));
}

/** A text the module answered, or the length of one that lies in the inbox. */
export function read(answer: string | number): string {
  if (typeof answer === "string") return answer;
  view();
  return (latin1 as Latin1).latin1Slice(inboxAt, inboxAt + answer);
}

/** Bytes a text may need: in UTF-8 a UTF-16 code unit becomes three at most. */
export function room(text: Text | undefined): number {
  return text === undefined ? 0 : typeof text === "string" ? text.length * 3 : text.byteLength;
}

/** Writes it into the module's memory, without loss, and returns its length in bytes. */
export function writeAt(at: number, text: Text): number {
  const memory = view();
  if (typeof text !== "string") {
    // A getter among the headers may have transferred the body away: it is empty then, and `set` would throw.
    if (text.byteLength > 0) memory.set(text, at);
    return text.byteLength;
  }
  // Short ones are nearly always ASCII, and calling the encoder costs more than writing them.
  let length = 0;
  if (text.length <= SHORT) {
    while (length < text.length) {
      const unit = text.charCodeAt(length);
      if (unit > 0x7f) break;
      memory[at + length++] = unit;
    }
    if (length === text.length) return length;
  }
  if (latin1 && !BEYOND_LATIN1.test(text)) {
    latin1.latin1Write(text, at + text.length, text.length);
    return glue.widen(at, text.length);
  }
  if (!isWellFormed(text)) return writeAt(at, wtf8(text));
  return encoder.encodeInto(text, memory.subarray(at, at + room(text))).written;
}

const SHORT = 160;
const encoder = new LateEncoder();
