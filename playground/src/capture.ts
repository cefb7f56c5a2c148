/** Requests as tools keep them: pasted, dropped, or chosen as a file. */
import type { Asker } from "./brain/asking.ts";
import type { Brain } from "./brain/brain.ts";
import { byId, make, say } from "./dom.ts";
import type { Form } from "./form.ts";

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
      if (event.target instanceof Element && event.target.closest("[data-drop=body]")) void this.#openBody(dropped);
      else void this.#open(dropped);
    });
  }

  async #open(file: File | undefined): Promise<void> {
    const bytes = file && (await bytesOf(file));
    if (bytes) await this.#take(bytes);
    else if (file) say(this.#note, CANNOT_READ);
  }

  async #openBody(file: File): Promise<void> {
    const bytes = await bytesOf(file);
    if (!bytes) return say(this.#note, CANNOT_READ);
    this.#form.body = bytes;
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
      say(this.#note, `${(error as Error).message} The form is as it was.`);
      this.#filled();
    }
  }

  #show(read: Captured): void {
    this.#read = read;
    this.#choice.replaceChildren(
      ...read.map(({ method, url, receivedAt }, place) =>
        make("option", { value: String(place) }, [`${place + 1}.`, method, url, receivedAt?.toISOString()].filter(Boolean).join(" ")),
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

const CANNOT_READ = "The browser cannot read this file.";
const MOST_SHOWN = 100_000;
