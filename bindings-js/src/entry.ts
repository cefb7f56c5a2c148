/**
 * What each entry exports of its engine, as users see it: published in place of the entries' own declarations, in which nothing
 * has a comment.
 */
import type { Body } from "./body.js";
import type { DeliveryClass } from "./delivery.js";
import type { Backend } from "./engine.js";
import type { EventMatching, KnownPattern, RecordEvent, WebhookEvent } from "./events.js";
import type { Secret, WebhookOptions } from "./options.js";
import type { MemoryReplayStoreOptions } from "./replay/memory.js";
import type { RedisClient } from "./replay/redis.js";
import type { SqlClient, SqlReplayStore, SqlReplayStoreOptions } from "./replay/sql.js";
import type { ReplayStore } from "./replay/store.js";
import type { Webhook as Made } from "./webhook.js";

/** The class, which makes webhooks. */
export interface WebhookClass<Made = import("./webhook.js").Webhook> {
  /**
   * Makes a webhook. Make one at the start of the program and keep it: it holds its key ready, and serves any number of requests.
   *
   * ```ts
   * const webhook = new Webhook(process.env.TWENTY_WEBHOOK_SECRET!);
   * ```
   *
   * While a secret is being changed, give a list of both, the new one first.
   *
   * @param secret The text that Twenty shows for the webhook, or a list of at most four.
   * @param options `toleranceSeconds` (300), `maxBodyBytes` (1,048,576), `headerPrefix` (`X-Twenty-Webhook-`), `payloadForm`
   * (`raw`) and `name` (none).
   * @throws {WebhookError} `secret_empty`, `secret_has_whitespace`, `secret_has_invisible_characters`, `secret_not_utf8`,
   * `too_many_secrets`, `invalid_tolerance`, `invalid_max_body_bytes`, `invalid_header_prefix`, `invalid_payload_form`,
   * `invalid_name`.
   * @throws {TypeError} for a secret that is not there, such as a variable that is not set, and for an option that is not known.
   */
  new (secret: Secret, options?: WebhookOptions): Made;
  readonly prototype: Made;
}

/**
 * One webhook of Twenty, as its receiver knows it: the secrets it accepts and how strict it is.
 *
 * Give it to the `receive` of your framework, or call `verify` yourself:
 *
 * ```ts
 * const { event, id } = webhook.verify(body, request.headers);
 * ```
 */
export declare const Webhook: WebhookClass;
export type Webhook = Made;

/** A delivery that is authentic and fresh. `verify` and receivers make it; `Delivery.fromJSON` reads back one that was kept. */
export declare const Delivery: DeliveryClass;
export type Delivery = import("./delivery.js").Delivery;

/**
 * Prints JSON text as `JSON.stringify(JSON.parse(text))` does, which is what Twenty signs. For a value use `canonicalizeValue`.
 *
 * @throws {WebhookError} `payload_not_utf8`, `payload_not_json`, `payload_too_deep`, with the `offset` in bytes.
 */
export declare function canonicalize(json: Body): string;

/** The `id` of the delivery with this payload, for who has kept the payload alone. */
export declare function deliveryIdOf(payload: Body): string;

/**
 * Whether an event matches a pattern, and narrows its type: `event.record` then has the fields of the object.
 *
 * ```ts
 * if (isEvent(event, "person.created")) greet(event.record.name?.firstName);
 * ```
 *
 * Patterns are `person.created`, `person.*`, `*.deleted`, `metadata.*.*` and `*.*`. None matches an event of the kind `unknown`.
 *
 * @throws {TypeError} for what is no event of a delivery.
 */
export declare function isEvent<P extends KnownPattern | (string & {})>(
  event: WebhookEvent | RecordEvent<string, unknown>,
  pattern: P,
): event is EventMatching<P>;

/**
 * Reads the event of a payload that was verified before, such as a job of your own queue holds. It verifies nothing. What is no
 * JSON, or of a shape that is not known, is of the kind `unknown`.
 *
 * @throws {TypeError} for what is neither text nor bytes.
 */
export declare function readEvent(payload: Body): WebhookEvent;

/**
 * A store in the memory of this process, which receivers have unless they are given another. It forgets everything when the process
 * ends, and knows nothing of other processes: use `sqlReplayStore` or `redisReplayStore` for several.
 *
 * @param options `maxEntries` (100,000). Full of claims too young to be forgotten, it fails, and the receiver answers 503.
 */
export declare function memoryReplayStore(options?: MemoryReplayStoreOptions): ReplayStore;

/**
 * A store for receivers on several machines, in Redis or Valkey.
 *
 * @param client One of `redis` (4 or newer), `ioredis` or `@upstash/redis`, connected by you.
 * @throws {TypeError} for a client that does not fit.
 */
export declare function redisReplayStore(client: RedisClient): ReplayStore;

/**
 * A store in a table of PostgreSQL, SQLite or D1. Run `store.createTable` once, in a migration.
 *
 * @param client A pool of `pg` or `postgres`, a database of `better-sqlite3`, `node:sqlite`, `bun:sqlite` or D1. A database of
 * SQLite must be the store's own, because a claim inside a transaction of yours would be undone with it.
 * @param options `table` (`twenty_webhook_claims`).
 * @throws {TypeError} for a client that does not fit, and for one connection, which may be inside a transaction.
 * @throws {RangeError} for a table whose name is not made of ASCII letters, digits and underscores.
 */
export declare function sqlReplayStore(client: SqlClient, options?: SqlReplayStoreOptions): SqlReplayStore;

/** Which module runs: `native` or `wasm`. */
export declare const backend: Backend;

/** Why WebAssembly runs where Node could have loaded a native module; `null` everywhere else. */
export declare const backendReason: string | null;

/** Of this package. */
export declare const version: string;
