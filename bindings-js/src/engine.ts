/** What the native and the WebAssembly module both are. Neither decides anything here: they hand over to the core. */
export interface Engine {
  /**
   * The accepted secrets, as generalised UTF-8 where they are text. Every option that is left out has the core's default.
   */
  open(
    secrets: Uint8Array[],
    toleranceSeconds?: number,
    maxBodyBytes?: number,
    headerPrefix?: string,
    payloadForm?: string,
    name?: string,
  ): EngineWebhook | Failure;
  /** A receiver of one handler for everything, or of one for each pattern. */
  openReceiver(
    patterns: string[] | undefined,
    namespace: string | undefined,
    ttlSeconds: number | undefined,
    bodyTimeoutMs: number | undefined,
    onStoreFailure: string | undefined,
    hasNoStore: boolean,
    isBackground: boolean,
    wantsDebug: boolean,
    wantsOutcomes: boolean,
    /** Of an engine that can diagnose only. */
    diagnoses: boolean,
    /** A store that it asks by itself. */
    memory: EngineMemory | undefined,
  ): EngineReceiver | Failure;
  openMemory(maxEntries: number | undefined): EngineMemory;
  /** Whether its receivers can ask this memory, which another engine may have made. */
  owns(memory: EngineMemory): boolean;
  canonicalize(json: Text): string | Failure;
  idOf(payload: Text): string;
  /** The event's fields in the core's order, as a JSON array. */
  readEvent(payload: Text): string;
  /** What the first field of a kept delivery must be that is not. */
  checkKept(id: string, unixMillis: number, nonce: string | undefined, secretIndex: number): string | null | undefined;
  matches(kind: string, name: string | undefined, pattern: string): boolean;
  /** What is the same for every webhook and receiver, as JSON: `Constants`. */
  constants(): string;
  /** How many milliseconds to wait before a store whose answer was lost is asked again; negative where it is not worth it. */
  askAgainAfter(asking: number, sinceFirstMs: number): number;
  /** The statements of a store in SQL, as JSON: `SqlStatements`. Without a table, for the core's. */
  sqlStatements(firstPlaceholder: "$1" | "?", table: string | undefined): string | Failure;
  /** What an error of a database with this code, empty where it has none, says about a claim. */
  sqlFailure(code: string): SqlFailure;
  version(): string;
}

/** What has diagnosis, too: the native module, and a WebAssembly module that is larger than the one that verifies. */
export interface DiagnosingEngine extends Engine {
  /** Why a webhook of this engine refuses a request, as JSON: `Diagnosis`. */
  diagnoseBy(webhook: EngineWebhook, request: RefusedRequest): string;
  /** The same by secrets that no webhook may take. */
  diagnose(secrets: Uint8Array[], options: WebhookSettings, request: RefusedRequest): string | Failure;
  fingerprint(secret: Uint8Array): string;
  /** The requests of a text as a tool keeps them, as JSON: `KeptRequest[]`. */
  readRequests(text: Text): string | Failure;
  /** What of a request is signed, as JSON: `SignedParts`. */
  signedParts(options: WebhookSettings, request: Pick<RefusedRequest, "body" | "illFormed" | "headers">): string | Failure;
}

/** What follows the secrets, where a webhook is opened. */
export type WebhookSettings = Parameters<Engine["open"]> extends [secrets: unknown, ...infer Settings] ? Settings : never;

export interface RefusedRequest {
  readonly body: Text;
  readonly illFormed: boolean;
  /** Names and values alternate. */
  readonly headers: string[];
  readonly now: number;
  readonly method: string | undefined;
  readonly url: string | undefined;
  /** Secrets of other webhooks. */
  readonly others: Uint8Array[];
}

export interface EngineWebhook {
  headerNames(): string[];
  maxBodyBytes(): number;
  checkBodyLength(bytes: number): Failure | null | undefined;
  /**
   * The lowest two bits of its result are the index of the secret, the third says that the nonce is usable, the fourth that
   * `takePayload` has the payload, which then is not the body.
   */
  verify(
    body: Text,
    illFormed: boolean,
    timestamp: string | undefined,
    signature: string | undefined,
    nonce: string | undefined,
    now: number,
    /** Of all headers, one a line, where none of the three is there. */
    names: string | undefined,
  ): number | Failure;
  takePayload(): string | null | undefined;
  /** Names and values of the three headers alternate. Without a nonce it is made of `random`. */
  sign(
    payload: Text,
    illFormed: boolean,
    timestamp: number,
    nonce: string | undefined,
    random: Uint8Array,
  ): string[] | Failure;
}

/** A receiver's state machine. Its exchanges are numbers, and what it answers is a turn: see the core's `host::PackedTurn`. */
export interface EngineReceiver {
  check(webhook: EngineWebhook): Failure | null | undefined;
  /** What is the same for each exchange, as JSON: `ReceiverFacts`. */
  facts(): string;
  /** Begins an exchange: its number times 2^32, plus the turn. */
  tellHead(method: string, contentEncoding: string | undefined, contentLength: string | undefined): number;
  /** The same for one that has begun, or begins one where the number is negative. The headers are kept for the body. */
  tellWebhook(
    exchange: number,
    webhook: EngineWebhook,
    method: string,
    contentEncoding: string | undefined,
    contentLength: string | undefined,
    timestamp: string | undefined,
    signature: string | undefined,
    nonce: string | undefined,
    now: number,
    names: string | undefined,
  ): number;
  /** `atMs` is the time of a clock that only goes forward. */
  tellBody(exchange: number, body: Text, illFormed: boolean, now: number, atMs: number): number;
  /** Of the body told last, if a claim or a handler is next: the fields of its event in the core's order and its id, as a JSON array. */
  takeEvent(): string | null | undefined;
  /** Of the body told last: its payload, where that is not the body. */
  takePayload(): string | null | undefined;
  tell(exchange: number, what: Told, text?: string, cause?: string): number;
  /** What is told of most requests, without a text that crosses. */
  tellHandled(exchange: number): number;
  /** What the last turn asks for, as JSON: `key`, `ttlMs`, `windowMs` of a claim, `key` and `token` of one to give back. */
  claimOf(exchange: number): string;
  /** As JSON: an array of `Notice`. */
  takeNotices(exchange: number): string;
}

/** What is told with a word, and two texts at most. */
export type Told =
  | "unknown webhook" | "failed webhook" | "late webhook"
  | "too large" | "late body" | "silent" | "gone" | "already read" | "not a request" | "no time"
  | "granted" | "held" | "failed claim" | "odd claim" | "late claim" | "abandoned claim"
  | "failed" | "slow" | "released" | "not released" | "fault";

export interface EngineMemory {
  claim(key: string, ttlMs: number, windowMs: number, atMs: number): string | null | undefined | Failure;
  release(key: string, token: string): void;
}

export interface SqlStatements {
  readonly createTable: string;
  /** Of key, token, when the claim will be gone, now, and now again, in milliseconds. It answers with the token that holds. */
  readonly claim: string;
  /** Of key and token. */
  readonly release: string;
  /** Of now, and now again. */
  readonly deleteExpired: string;
  readonly claimsBetweenDeletions: number;
}

/** Nothing was claimed; nor this time, but it may be next; it may have been, and only asking again tells. */
export type SqlFailure = "final" | "passing" | "lost";

/** The core's constants. */
export interface Constants {
  readonly codes: { readonly [code: string]: Failure };
  /** In the order of their numbers in a turn. */
  readonly answers: readonly Answer[];
  /** The code of each word that is told of a body that cannot be read. */
  readonly unreadable: { readonly [told: string]: string };
  readonly maxHeaderValueBytes: number;
  readonly leftoverBytes: number;
  readonly leftoverMs: number;
}

/** What is sent back: what came of the delivery, or the code of why it was refused, never the reason. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ReceiverFacts {
  readonly warnings: readonly string[];
  readonly webhookMs: number;
  readonly bodyMs: number;
  readonly slowHandlerMs: number;
  readonly storeMs: number;
  readonly lateClaimMs: number;
}

export interface Notice {
  readonly level: "debug" | "warn" | "error";
  readonly message: string;
  /** What to log, if it is to be. */
  readonly line?: string;
  readonly outcome?: OutcomeWord;
  readonly code?: string;
  readonly status?: number;
  /** Beside an outcome, of a delivery that is authentic. */
  readonly delivery?: { readonly id: string; readonly timestamp: number; readonly secretIndex: number };
  readonly event?: EventFacts;
  /** Beside an outcome, the name of the webhook. */
  readonly webhook?: string;
}

export type OutcomeWord = "handled" | "duplicate" | "ignored" | "accepted" | "refused" | "failed";

export interface EventFacts {
  readonly name: string | null;
  readonly kind: "record" | "metadata" | "unknown";
  readonly recordId: string | null;
  readonly webhookId: string | null;
  readonly workspaceId: string | null;
}

/** Bytes, or text without unpaired surrogates: neither is changed by any conversion on the way. Header values may hold some. */
export type Text = string | Uint8Array;

export interface Failure {
  /** Empty where it is about a value that cannot be meant. */
  code: string;
  status?: number;
  message: string;
  offset?: number;
}

export function isFailure(result: unknown): result is Failure {
  return typeof result === "object" && result !== null && Object.hasOwn(result, "code") && Object.hasOwn(result, "message");
}

export type Backend = "native" | "wasm";
