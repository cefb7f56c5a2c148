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
    const shows = byId("show-secret", HTMLInputElement);
    shows.addEventListener("change", () => this.#secret.classList.toggle("masked", !shows.checked));
  }

  get secret(): string {
    return this.#secret.value;
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

  set body(body: Uint8Array<ArrayBuffer>) {
    this.#body.set(body);
  }

  focusSecret(): void {
    this.#secret.focus();
  }
}
