/** The field of the body: its text, or bytes that a field cannot hold. */
import { byId, say } from "./dom.ts";

export type Body = string | Uint8Array<ArrayBuffer>;

export class BodyField {
  readonly #field = byId("body", HTMLTextAreaElement);
  readonly #note = byId("body-note", HTMLElement);
  readonly #remove = byId("body-remove", HTMLButtonElement);
  /** What is shown in part, or in other characters. */
  #kept: Body | undefined;

  constructor(changed: () => void) {
    this.#field.addEventListener("input", changed);
    this.#field.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain").replaceAll("\r\n", "\n") ?? "";
      if (text.length <= MOST_SHOWN || this.#field.readOnly) return;
      event.preventDefault();
      this.set(text);
      changed();
    });
    this.#remove.addEventListener("click", () => {
      this.set("");
      this.#field.focus();
      changed();
    });
  }

  get value(): Body {
    return this.#kept ?? this.#field.value;
  }

  set(body: Body): void {
    const text = typeof body === "string" ? body : decoder.decode(body);
    this.#field.value = text.slice(0, MOST_SHOWN);
    const reason = text.length > MOST_SHOWN ? "The field shows how it begins" : isSame(this.#field.value, body) ? undefined : "The field cannot show all of them as they are";
    this.#kept = reason && body;
    this.#field.readOnly = reason !== undefined;
    this.#remove.hidden = reason === undefined;
    const size = typeof body === "string" ? encoder.encode(body).length : body.length;
    say(this.#note, reason ? `${size.toLocaleString("en")} bytes are kept as they came. ${reason}.` : "");
  }
}

function isSame(shown: string, body: Body): boolean {
  if (typeof body === "string") return shown === body;
  const bytes = encoder.encode(shown);
  return bytes.length === body.length && bytes.every((byte, place) => byte === body[place]);
}

/** More makes typing slow. */
const MOST_SHOWN = 100_000;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const encoder = new TextEncoder();
