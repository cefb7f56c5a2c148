import type { Engine, Text } from "./engine.js";
import { WebhookError, guard } from "./errors.js";
import { type WebhookEvent, eventOf } from "./events.js";

/** A delivery that was sent by someone who has the secret, within the tolerance, and holds what they signed. */
export class Delivery {
  /** For logs: it is not signed, so it proves nothing. `null` where it was absent or unusable. */
  readonly nonce: string | null;
  /** Which secret it was signed with: 0 for the first. */
  readonly secretIndex: number;
  readonly #engine: Engine;
  readonly #content: Text;
  #timestamp: string | Date;
  #payload: Uint8Array<ArrayBuffer> | undefined;
  #id: string | undefined;
  #event: WebhookEvent | undefined;

  /** @internal `unixMillis` in digits: whoever never asks for the timestamp need not wait for a number. */
  constructor(engine: Engine, content: Text, unixMillis: string, nonce: string | null, secretIndex: number) {
    this.#engine = engine;
    this.#content = content;
    this.#timestamp = unixMillis;
    this.nonce = nonce;
    this.secretIndex = secretIndex;
  }

  /** When it was sent, as the authenticated timestamp header says. */
  get timestamp(): Date {
    return typeof this.#timestamp === "string" ? (this.#timestamp = new Date(Number(this.#timestamp))) : this.#timestamp;
  }

  /**
   * The very bytes that were authenticated: a view of the body that was passed or, of text, its UTF-8; under the form
   * `canonical` the canonical text's.
   */
  get payload(): Uint8Array<ArrayBuffer> {
    return (this.#payload ??=
      typeof this.#content === "string"
        ? new TextEncoder().encode(this.#content)
        : (this.#content as Uint8Array<ArrayBuffer>));
  }

  /**
   * What tells this event from every other, in hex: the SHA-256 of the payload, without the value of `eventDate` if the event
   * names its record and the record's version (`updatedAt`). The same change sent again has the same id. Read from the payload
   * on first access.
   */
  get id(): string {
    return (this.#id ??= guard(WebhookError, () => this.#engine.idOf(this.#content)));
  }

  /** What the payload says, whichever envelope it came in. Read from the payload on first access. */
  get event(): WebhookEvent {
    return (this.#event ??= eventOf(guard(WebhookError, () => this.#engine.readEvent(this.#content))));
  }
}
