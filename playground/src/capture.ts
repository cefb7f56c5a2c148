/** Requests as tools keep them: pasted, dropped, or chosen as a file. */
import type { Asker } from "./brain/asking.ts";
import type { Brain } from "./brain/brain.ts";
import { byId, make, say } from "./dom.ts";
import type { Form, Kept } from "./form.ts";
import { visibleWord } from "./visible.ts";

type Captured = ReturnType<Brain["read"]>;

export class Capture {
  readonly #asker: Asker;
  readonly #form: Form;
  readonly #filled: () => void;
  readonly #field = byId("capture", HTMLTextAreaElement);
  readonly #note = byId("capture-note", HTMLElement);
  readonly #choice = byId("capture-choice", HTMLSelectElement);
  #read: Captured = [];

  constructor(asker: Asker, form: Form, filled: () => void) {
    [this.#asker, this.#form, this.#filled] = [asker, form, filled];
    this.#field.addEventListener("input", () => void this.#take(this.#field.value));
    // What is pasted is read as it is: a field would have to show a HAR of megabytes first.
    this.#field.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.length <= MOST_SHOWN) return;
      event.preventDefault();
      void this.#take(text);
    });
    this.#choice.addEventListener("change", () => this.#fill(Number(this.#choice.value)));
    const file = byId("capture-file", HTMLInputElement);
    file.addEventListener("change", () => void this.#open(file.files?.[0]).then(() => (file.value = "")));
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      const dropped = event.dataTransfer?.files[0];
      if (!dropped) return;
      event.preventDefault();
      void this.#put(dropped, event.target);
    });
    document.addEventListener("paste", (event) => {
      const pasted = event.clipboardData?.files[0];
      if (!pasted || event.clipboardData?.getData("text/plain")) return;
      event.preventDefault();
      void this.#put(pasted, event.target);
    });
  }

  async #open(file: File | undefined): Promise<void> {
    const bytes = file && (await bytesOf(file));
    if (bytes) await this.#take(bytes);
    else if (file) say(this.#note, CANNOT_READ);
  }

  /** Into the field that it was put on, if that keeps a file as it is. */
  async #put(file: File, target: EventTarget | null): Promise<void> {
    const field = target instanceof Element ? target.closest<HTMLElement>("[data-drop]")?.dataset.drop : undefined;
    if (field === undefined) return this.#open(file);
    const bytes = await bytesOf(file);
    if (!bytes) return say(this.#note, CANNOT_READ);
    this.#form.put(field as Kept, bytes);
    this.#filled();
  }

  async #take(text: string | Uint8Array<ArrayBuffer>): Promise<void> {
    this.#show([]);
    if (typeof text === "string" && text.trim() === "") return say(this.#note, "");
    try {
      this.#asker.forget();
      const read = (await this.#asker.ask("read", text)).filter(({ headers, body }) => headers.length > 0 || body);
      if (read.length === 0) throw new Error("It holds no request that Twenty may have sent.");
      this.#show(read);
      this.#fill(0);
    } catch (error) {
      const sentence = isWord(text) ? "It holds no request." : (error as Error).message;
      say(this.#note, `${sentence} The form is as it was.`);
      this.#filled();
    }
  }

  #show(read: Captured): void {
    this.#read = read;
    this.#choice.replaceChildren(
      ...read.map(({ method, url, receivedAt }, place) =>
        make("option", { value: String(place) }, visibleWord([`${place + 1}.`, method, url, receivedAt?.toISOString()].filter(Boolean).join(" "))),
      ),
    );
    byId("capture-choices", HTMLElement).hidden = read.length < 2;
  }

  /** A request that was kept whole has no body if it names none. */
  #fill(place: number): void {
    const request = this.#read[place];
    if (!request) return;
    this.#form.fill({ ...request, body: request.body ?? (request.method === undefined ? undefined : "") });
    const of = this.#read.length > 1 ? ` ${place + 1} of ${this.#read.length}` : "";
    say(this.#note, `The form is filled from the request${of}.`);
    this.#filled();
  }
}

/** Nothing of a folder, and of a file that is gone. */
async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return file.arrayBuffer().then((buffer) => new Uint8Array(buffer), () => undefined);
}

/** One line without a colon: it may be a secret, which an error would quote. */
function isWord(text: string | Uint8Array): boolean {
  const line = (typeof text === "string" ? text : new TextDecoder().decode(text)).trim();
  return !/[\n\r:]/.test(line);
}

const CANNOT_READ = "The browser cannot read this file.";
const MOST_SHOWN = 100_000;
