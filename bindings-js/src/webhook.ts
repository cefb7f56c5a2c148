import { type Body, copied, kindOf, readBody } from "./body.js";
import { Delivery, deliveryClass } from "./delivery.js";
import { type Backend, type Constants, type Engine, type EngineWebhook, type Failure, type SqlStatements, isFailure } from "./engine.js";
import { WebhookError, WebhookVerificationError, guard, internal } from "./errors.js";
import { type EventMatching, type KnownPattern, type RecordEvent, type WebhookEvent, eventOf, kindAndName } from "./events.js";
import { HeaderNames, type HeadersLike, type Values, pickHeaders } from "./headers.js";
import { check, instant, namesOf, readOptions } from "./option-values.js";
import { SIGN, VERIFY, VERIFY_REQUEST, WEBHOOK, openWith } from "./options.js";
import type { Secret, SignOptions, VerifyOptions, VerifyRequestOptions, WebhookOptions } from "./options.js";
import { coreOf, implement } from "./receiver/implementation.js";
import { INTERNALS, type Internals, register } from "./receiver/internals.js";
import { RECEIVE } from "./receiver/settings.js";
import { type RequestLike, requestParts } from "./receiver/stream.js";
import { type Verifier, verifierOf } from "./receiver/verifier.js";
import type { AskAgainAfter } from "./replay/asking.js";
import { MemoryReplayStore, type MemoryReplayStoreOptions } from "./replay/memory.js";
import { type RedisClient, redisReplayStore } from "./replay/redis.js";
import { type SqlClient, type SqlReplayStore, type SqlReplayStoreOptions, sqlReplayStore } from "./replay/sql.js";
import type { ReplayStore } from "./replay/store.js";
import { isWellFormed, lossless, spelt, wtf8 } from "./text.js";

/** One webhook of Twenty, as its receiver knows it: the secrets it accepts and how strict it is. */
export interface Webhook {
  /** What it was named; `null` if it was not. */
  readonly name: string | null;

  /**
   * Verifies one delivery; the body's bytes must not change afterwards, because the delivery reads them, or pass `copy: true`.
   *
   * Pass the body as it arrived, before anything parses it, and the request's headers.
   *
   * @throws {WebhookVerificationError} with `code` and `status`, if it is not to be trusted or cannot be read.
   * @throws {TypeError} if an argument is of a wrong type, which is a mistake in the program.
   */
  verify(body: Body, headers: HeadersLike, options?: VerifyOptions): Delivery;

  /**
   * Reads the body of a `Request`, no more of it than the limit allows, and verifies it.
   *
   * @throws {WebhookVerificationError} as `verify` does; also `method_not_allowed`, `unsupported_content_encoding`,
   * `malformed_content_length`, `body_already_read` and `body_timeout` (ten seconds, and when the client goes away).
   */
  verifyRequest(request: RequestLike, options?: VerifyRequestOptions): Promise<Delivery>;

  /**
   * Signs a payload with the first secret, as the sender does: the three headers to send.
   *
   * @throws {WebhookError} `invalid_nonce`, `invalid_timestamp`, or why the payload has no canonical form.
   */
  sign(payload: Body, options?: SignOptions): Record<string, string>;
}

type Interface = Webhook;
type Entry = typeof import("./entry.js");

/** The public interface over one engine. */
export function face(engine: Engine, backend: Backend, backendReason: string | null = null, diagnoses = false) {
  const constants = JSON.parse(engine.constants()) as Constants;
  const maxHeaderValueLength = constants.maxHeaderValueBytes;
  const core = coreOf(engine, constants, backendReason, diagnoses);
  register(core);
  const askAgainAfter: AskAgainAfter = (asking, sinceFirstMs) => engine.askAgainAfter(asking, sinceFirstMs);

  const Class = class Webhook implements Interface {
    readonly name: string | null;
    readonly #webhook: EngineWebhook;
    readonly #names: HeaderNames;
    #internals: Internals | undefined;
    #verifier: Verifier | undefined;

    constructor(secret: Secret, options: WebhookOptions = {}) {
      const { webhook, name } = openWith(engine, secret, readOptions("Webhook", options, WEBHOOK, { of: "receive", names: RECEIVE }));
      this.#webhook = webhook;
      this.name = name;
      this.#names = new HeaderNames(this.#webhook.headerNames());
    }

    get [INTERNALS](): Internals {
      return (this.#internals ??= implement(core, this.#webhook));
    }

    verify(body: Body, headers: HeadersLike, options?: VerifyOptions): Delivery {
      const given = options === undefined ? undefined : readOptions("verify", options, VERIFY);
      const view = readBody(body, "body");
      const content = given && check(given, "copy", "boolean") && typeof view !== "string" ? copied(view) : view;
      const values = pickHeaders(headers, this.#names, maxHeaderValueLength);
      const now = given && instant(given, "now");
      return this.#verify(content, values, now ?? Date.now());
    }

    #verify(content: string | Uint8Array, values: Values, now: number): Delivery {
      const illFormed = typeof content === "string" && !isWellFormed(content);
      let verdict: number | Failure;
      let payload = content;
      try {
        // Before it is converted: a text has at least as many bytes as UTF-16 code units.
        const refusal = typeof content === "string" ? this.#webhook.checkBodyLength(content.length) : undefined;
        const sent = illFormed ? wtf8(content as string) : content;
        verdict = refusal ?? this.#webhook.verify(sent, illFormed, values[0], values[1], values[2], now, values[3]);
        if (typeof verdict === "number" && verdict & PAYLOAD_DIFFERS) payload = this.#webhook.takePayload() as string;
      } catch (cause) {
        throw internal(WebhookVerificationError, cause);
      }
      if (typeof verdict !== "number") throw new WebhookVerificationError(verdict);
      const usable = verdict & NONCE_IS_ONE ? (values[2] as string) : null;
      return new Delivery(engine, payload, values[0] as string, usable, verdict & SECRET_INDEX);
    }

    async verifyRequest(request: RequestLike, options: VerifyRequestOptions = {}): Promise<Delivery> {
      const now = instant(readOptions("verifyRequest", options, VERIFY_REQUEST), "now");
      return (this.#verifier ??= verifierOf(this[INTERNALS]))(request, requestParts(request), now);
    }

    sign(payload: Body, options: SignOptions = {}): Record<string, string> {
      const content = readBody(payload, "payload");
      const given = readOptions("sign", options, SIGN);
      const timestamp = instant(given, "timestamp") ?? Date.now();
      const nonce = check(given, "nonce", "string");
      const random = crypto.getRandomValues(new Uint8Array(16));
      const illFormed = typeof content === "string" && !isWellFormed(content);
      const sent = illFormed ? wtf8(content) : content;
      const headers = guard(WebhookError, () => this.#webhook.sign(sent, illFormed, timestamp, nonce, random));
      return Object.fromEntries(
        headers.flatMap((text, index) => (index % 2 === 0 ? [[text, headers[index + 1] as string]] : [])),
      );
    }
  };

  return {
    Webhook: Class as Entry["Webhook"],
    Delivery: deliveryClass(engine),

    canonicalize(json: Body): string {
      const text = losslessBody(json, "json");
      return guard(WebhookError, () => engine.canonicalize(text));
    },

    deliveryIdOf(payload: Body): string {
      const text = losslessBody(payload, "payload");
      return guard(WebhookError, () => engine.idOf(text));
    },

    readEvent(payload: Body): WebhookEvent {
      const text = losslessBody(payload, "payload");
      return eventOf(guard(WebhookError, () => engine.readEvent(text)));
    },

    isEvent<P extends KnownPattern | (string & {})>(event: WebhookEvent | RecordEvent<string, unknown>, pattern: P): event is EventMatching<P> {
      if (typeof pattern !== "string") throw new TypeError(`pattern must be text, not ${kindOf(pattern)}`);
      const { kind, name } = kindAndName(event);
      const isLossless = isWellFormed(pattern) && isWellFormed(name ?? "");
      const [known, wanted] = isLossless ? [name, pattern] : [name && spelt(name), spelt(pattern)];
      return guard(WebhookError, () => engine.matches(kind, known, wanted));
    },

    memoryReplayStore(options: MemoryReplayStoreOptions = {}): ReplayStore {
      const maxEntries = check(readOptions("memoryReplayStore", options, MEMORY_REPLAY_STORE), "maxEntries", "number");
      if (maxEntries !== undefined && !(Number.isInteger(maxEntries) && maxEntries >= 1)) {
        throw new RangeError(`maxEntries must be a whole number, 1 or more, not ${maxEntries}`);
      }
      return new MemoryReplayStore(engine.openMemory(maxEntries));
    },

    redisReplayStore: (client: RedisClient): ReplayStore =>
      redisReplayStore(client, askAgainAfter),

    sqlReplayStore(client: SqlClient, options: SqlReplayStoreOptions = {}): SqlReplayStore {
      const table = check(readOptions("sqlReplayStore", options, SQL_REPLAY_STORE), "table", "string");
      return sqlReplayStore(client, {
        statements(firstPlaceholder) {
          const statements = engine.sqlStatements(firstPlaceholder, table);
          if (isFailure(statements)) throw new RangeError(statements.message);
          return JSON.parse(statements) as SqlStatements;
        },
        failure: (code) => engine.sqlFailure(code),
        askAgainAfter,
      });
    },

    backend,
    backendReason,
    version: engine.version(),
  } satisfies Entry;
}

function losslessBody(body: Body, name: string): string | Uint8Array {
  const content = readBody(body, name);
  return typeof content === "string" ? lossless(content) : content;
}

const MEMORY_REPLAY_STORE = namesOf<MemoryReplayStoreOptions>({ maxEntries: true });
const SQL_REPLAY_STORE = namesOf<SqlReplayStoreOptions>({ table: true });

/** What `EngineWebhook.verify` packs into a number. */
const SECRET_INDEX = 3;
const NONCE_IS_ONE = 4;
const PAYLOAD_DIFFERS = 8;
