/** The form: a delivery, and the webhook that receives it. */
import { BodyField } from "./body-field.ts";
import type { Delivery, Options } from "./brain/brain.ts";
import { byId } from "./dom.ts";

/** What fills the form; what is left out stays. */
export interface Filling {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly receivedAt?: Date | undefined;
}

/** The fields that take a file as it is. */
export type Kept = "body" | "secret" | "other-secrets";

export class Form {
  readonly #headers = byId("headers", HTMLTextAreaElement);
  readonly #secret = byId("secret", HTMLTextAreaElement);
  readonly #receivedAt = byId("received-at", HTMLInputElement);
  readonly #method = byId("method", HTMLInputElement);
  readonly #url = byId("url", HTMLInputElement);
  readonly #others = byId("other-secrets", HTMLTextAreaElement);
  readonly #tolerance = byId("tolerance", HTMLInputElement);
  readonly #prefix = byId("prefix", HTMLInputElement);
  readonly #payloadForm = byId("payload-form", HTMLSelectElement);
  readonly #body: BodyField;
  /** The bytes of a file: a field changes line ends. */
  #keptSecret: Uint8Array<ArrayBuffer> | undefined;

  /** `changed` is called while somebody types, `asked` when the answer is wanted at once. */
  constructor(changed: () => void, asked: () => void) {
    this.#body = new BodyField(changed);
    const fields = [this.#headers, this.#secret, this.#receivedAt, this.#method, this.#url, this.#others, this.#tolerance, this.#prefix, this.#payloadForm];
    for (const field of fields) field.addEventListener("input", changed);
    const form = byId("delivery", HTMLFormElement);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      asked();
    });
    this.#secret.addEventListener("input", () => (this.#keptSecret = undefined));
    // A line end would belong to the secret, and is not seen. One that is pasted stays.
    this.#secret.addEventListener("beforeinput", (event) => {
      if (event.inputType !== "insertLineBreak") return;
      event.preventDefault();
      form.requestSubmit();
    });
    const shows = byId("show-secret", HTMLInputElement);
    shows.addEventListener("change", () => {
      for (const field of [this.#secret, this.#others]) field.classList.toggle("masked", !shows.checked);
    });
  }

  get secret(): string | Uint8Array<ArrayBuffer> {
    return this.#keptSecret ?? this.#secret.value;
  }

  get options(): Options {
    const [tolerance, prefix] = [this.#tolerance.value.trim(), this.#prefix.value];
    return {
      ...(tolerance !== "" && { toleranceSeconds: Number(tolerance) }),
      ...(prefix !== "" && { headerPrefix: prefix }),
      ...(this.#payloadForm.value !== "" && { payloadForm: this.#payloadForm.value as NonNullable<Options["payloadForm"]> }),
    };
  }

  read(): Delivery {
    return {
      headers: this.#headers.value,
      body: this.#body.value,
      secret: this.secret,
      otherSecrets: this.#others.value.split("\n").filter((secret) => secret !== ""),
      receivedAt: this.#receivedAt.value,
      method: this.#method.value.trim(),
      url: this.#url.value.trim(),
      options: this.options,
    };
  }

  fill({ headers, body, method = "", url = "", receivedAt }: Filling): void {
    this.#headers.value = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    if (body !== undefined) this.#body.set(body);
    [this.#method.value, this.#url.value] = [method, url];
    this.#receivedAt.value = receivedAt?.toISOString() ?? "";
  }

  /** What a file holds. */
  put(field: Kept, bytes: Uint8Array<ArrayBuffer>): void {
    if (field === "body") return this.#body.set(bytes);
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    if (field === "other-secrets") this.#others.value = text;
    else [this.#secret.value, this.#keptSecret] = [text, bytes];
  }

  focusSecret(): void {
    this.#secret.focus();
  }
}
