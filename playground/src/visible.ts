/** Text in which a reader sees what cannot be seen: blanks, line ends, control characters, bytes that are no text. */
import { make } from "./dom.ts";

/** The beginning and the end of a long one. */
export function visible(text: string | Uint8Array): DocumentFragment {
  const shown = document.createDocumentFragment();
  const whole = typeof text === "string" ? text : textOf(text);
  const left = whole.length - BEGINNING - END;
  if (left <= 0) append(shown, whole);
  else {
    append(shown, whole.slice(0, BEGINNING));
    shown.append(make("span", { class: "left-out" }, ` … ${left.toLocaleString("en")} characters left out … `));
    append(shown, whole.slice(-END));
  }
  return shown;
}

/** A name or a value: with its blanks as they are, and line ends marked, too. */
export function visibleWord(text: string): DocumentFragment {
  const shown = document.createDocumentFragment();
  for (const piece of text.split(HIDDEN)) {
    if (HIDDEN.test(piece)) shown.append(...Array.from(piece, (character) => mark(nameOf(character))));
    else if (piece !== "") shown.append(piece);
  }
  return shown;
}

/** Bytes that are no UTF-8 are shown one by one, and only then: as characters of the private use area until they are marked. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Array.from(bytes, (byte) => String.fromCharCode(byte < 0x80 ? byte : byte + BYTES)).join("");
  }
}

function append(shown: DocumentFragment, text: string): void {
  for (const piece of text.split(BLANKS)) {
    if (piece === "") continue;
    if (piece === "\n") shown.append(mark("⏎"), "\n");
    else if (piece.startsWith(" ")) shown.append(mark("·".repeat(piece.length)));
    else shown.append(visibleWord(piece));
  }
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code >= BYTES + 0x80 && code <= BYTES + 0xff) return `[${hex(code - BYTES, 2)}]`;
  return NAMES[character] ?? `[U+${hex(code, 4)}]`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).toUpperCase().padStart(digits, "0");
}

function mark(text: string): HTMLElement {
  return make("span", { class: "mark" }, text);
}

const NAMES: Readonly<Record<string, string>> = { "\n": "⏎", "\t": "[tab]", "\r": "[CR]", "\ufeff": "[BOM]", "\u00a0": "[NBSP]" };
const BYTES = 0xf700;
const BEGINNING = 3_000;
const END = 600;
const HIDDEN = /([\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufffd]+)/u;
const BLANKS = /(\n| +)/;
