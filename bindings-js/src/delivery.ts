import { kindOf } from "./body.js";
import type { Constants, Engine, Failure, Text } from "./engine.js";
import { WebhookError, guard } from "./errors.js";
import { type WebhookEvent, eventOf } from "./events.js";
import { isWellFormed, utf8, utf8Text } from "./text.js";

/** Entries, formats and copies of this package bring classes of their own: a delivery of one is a delivery of all. */
const DELIVERY = Symbol.for("twenty-webhook/delivery/1");

/** A delivery that was sent by someone who has the secret, within the tolerance, and holds what they signed. */
export class Delivery {
  /** For logs: it is not signed, so it proves nothing. `null` where it was absent or unusable. */
  readonly nonce: string | null;
  /** Which secret it was signed with: 0 for the first. */
  readonly secretIndex: number;
  readonly #engine: Engine;
  readonly #content: Text;
  /** Of bytes that were transferred away, or whose buffer was made smaller, there are none. */
  readonly #length: number;
  readonly #unixMillis: string;
  /** The fields of the event in the core's order and then the id, as a JSON array, where they have been read. */
  readonly #read: string | undefined;
  #timestamp: Date | undefined;
  #payload: Uint8Array<ArrayBuffer> | undefined;
  #id: string | undefined;
  #event: WebhookEvent | undefined;

  /** @internal `unixMillis` in digits: whoever never asks for the timestamp need not wait for a number. */
  constructor(engine: Engine, content: Text, unixMillis: string, nonce: string | null, secretIndex: number, id?: string, read?: string) {
    this.#engine = engine;
    this.#content = content;
    this.#length = content.length;
    this.#unixMillis = unixMillis;
    this.nonce = nonce;
    this.secretIndex = secretIndex;
    this.#id = id;
    this.#read = read;
  }

  /** When it was sent, as the authenticated timestamp header says. */
  get timestamp(): Date {
    return (this.#timestamp ??= new Date(Number(this.#unixMillis)));
  }

  /**
   * The very bytes that were authenticated: a view of the body that was passed or, of text, its UTF-8; under the form
   * `canonical` the canonical text's.
   */
  get payload(): Uint8Array<ArrayBuffer> {
    return (this.#payload ??=
      typeof this.#content === "string" ? utf8(this.#content) : (this.#verified() as Uint8Array<ArrayBuffer>));
  }

  /**
   * What tells this event from every other, in hex: the SHA-256 of the payload, without the value of `eventDate` if the event
   * names its record and the record's version (`updatedAt`). The same change sent again has the same id. Read from the payload
   * on first access.
   */
  get id(): string {
    return (this.#id ??= this.#read?.slice(-66, -2) ?? this.#ask((payload) => this.#engine.idOf(payload)));
  }

  /** What the payload says, whichever envelope it came in. Read from the payload on first access. */
  get event(): WebhookEvent {
    return (this.#event ??= eventOf(this.#read ?? this.#ask((payload) => this.#engine.readEvent(payload))));
  }

  /**
   * A plain object that holds the whole delivery, for a queue or a file: `Delivery.fromJSON` reads it back. `JSON.stringify`
   * calls this, so a log gets the record if it prints a delivery as JSON.
   *
   * @throws {WebhookError} `payload_not_utf8` for a payload that no text holds.
   * @throws {RangeError} if no `Date` can hold its timestamp.
   */
  toJSON(): DeliveryObject {
    const timestamp = Number(this.#unixMillis);
    if (!isDate(timestamp)) throw new RangeError(`timestamp must be one that a Date can hold, not ${this.#unixMillis}`);
    return { payload: this.#text(), id: this.id, timestamp, nonce: this.nonce, secretIndex: this.secretIndex };
  }

  #ask<T>(ask: (payload: Text) => T | Failure): T {
    const payload = this.#verified();
    return guard(WebhookError, () => ask(payload));
  }

  #verified(): Text {
    if (this.#content.length === this.#length) return this.#content;
    throw new TypeError("the body's bytes are gone since it was verified: their buffer was transferred or made smaller; pass copy: true to verify");
  }

  #text(): string {
    const content = this.#verified();
    if (typeof content === "string") return content;
    const text = utf8Text(content);
    if (text !== undefined) return text;
    const { codes } = JSON.parse(this.#engine.constants()) as Constants;
    throw new WebhookError(codes["payload_not_utf8"] as Failure);
  }

  /** @internal */
  get [DELIVERY](): true {
    return true;
  }
}

/** What `delivery.toJSON()` gives: texts and numbers only. */
export interface DeliveryObject {
  /** The text that was authenticated: `readEvent` reads it. */
  payload: string;
  id: string;
  /** In milliseconds since the Unix epoch. */
  timestamp: number;
  nonce: string | null;
  secretIndex: number;
}

/** The class, of which `verify` and receivers make instances. */
export type DeliveryClass = (abstract new (made: never) => Delivery) & {
  /**
   * Verifies nothing: whoever can write what this reads can write any event. Reads back what `delivery.toJSON()` gave, from
   * where only your own programs write.
   *
   * @throws {TypeError} for any other shape; it names the field.
   */
  fromJSON(object: DeliveryObject): Delivery;
};

/** @internal */
export function deliveryClass(engine: Engine): DeliveryClass {
  return class {
    constructor() {
      throw new TypeError("a Delivery is made by verify, by a receiver or by Delivery.fromJSON");
    }

    static fromJSON(object: unknown): Delivery {
      return deliveryOf(engine, object);
    }

    static [Symbol.hasInstance](value: unknown): boolean {
      return typeof value === "object" && value !== null && DELIVERY in value;
    }
  } as unknown as DeliveryClass;
}

function deliveryOf(engine: Engine, object: unknown): Delivery {
  if (kindOf(object) !== "an object") throw new TypeError(`a delivery is read from the object that toJSON gave, not from ${kindOf(object)}`);
  const [payload, id, timestamp, nonce, secretIndex] = FIELDS.map((name) => fieldOf(object as object, name));
  if (typeof payload !== "string" || !isWellFormed(payload)) {
    throw new TypeError(`payload must be text without unpaired surrogates${typeof payload === "string" ? "" : `, not ${kindOf(payload)}`}`);
  }
  const wanted = guard(WebhookError, () =>
    engine.checkKept(textOr(id), numberOr(timestamp), nonce === null ? undefined : textOr(nonce), numberOr(secretIndex)),
  );
  if (wanted) throw new TypeError(wanted.replace("secret_index", "secretIndex"));
  if (!isDate(timestamp as number)) throw new TypeError("timestamp must be one that a Date can hold");
  return new Delivery(engine, payload, String(timestamp), nonce as string | null, secretIndex as number, id as string);
}

const FIELDS = ["payload", "id", "timestamp", "nonce", "secretIndex"] as const satisfies (keyof DeliveryObject)[];

function fieldOf(object: object, name: string): unknown {
  try {
    return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
  } catch (cause) {
    throw new TypeError(`${name} could not be read`, { cause });
  }
}

/** What is of another type, the core refuses as it refuses empty text and what is no number. */
const textOr = (value: unknown): string => (typeof value === "string" ? value : "");
const numberOr = (value: unknown): number => (typeof value === "number" ? value : NaN);

const isDate = (unixMillis: number): boolean => !Number.isNaN(new Date(unixMillis).getTime());
