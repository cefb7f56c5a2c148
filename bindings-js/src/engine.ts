/** What the native and the WebAssembly module both are. Neither decides anything here: they hand over to the core. */
export interface Engine {
  /**
   * The accepted secrets, those that are text, for which `areTexts` has a 1, as generalised UTF-8. Every option that is
   * left out has the core's default.
   */
  open(
    secrets: Uint8Array[],
    areTexts: Uint8Array,
    toleranceSeconds?: number,
    maxBodyBytes?: number,
    headerPrefix?: string,
    payloadForm?: string,
  ): EngineWebhook | Failure;
  canonicalize(json: Text): string | Failure;
  idOf(payload: Text): string;
  /** The event's fields in the core's order, as a JSON array. */
  readEvent(payload: Text): string;
  matches(kind: string, name: string | undefined, pattern: string): boolean;
  maxHeaderValueBytes(): number;
  /** What a code means, for what the receivers find out. */
  meaning(code: string): Failure;
  isPattern(pattern: string): boolean;
  defaultNamespace(): string;
  /** How long a body may take, a handler unlogged, and a store, in milliseconds; claims of a store in memory. */
  receiverLimits(): ArrayLike<number>;
  version(): string;
}

export interface EngineWebhook {
  headerNames(): string[];
  checkBodyLength(bytes: number): Failure | null | undefined;
  checkRequest(
    method: string,
    contentEncoding: string | undefined,
    contentLength: string | undefined,
    timestamp: string | undefined,
    signature: string | undefined,
    now: number,
  ): Failure | null | undefined;
  /** How long a claim lives and how long it must at least, in milliseconds. */
  replayPolicy(ttlSeconds: number | undefined): ArrayLike<number> | Failure;
  /**
   * The lowest two bits of its result are the index of the secret, the third says that the nonce is one, the fourth that
   * `takePayload` has the payload, which then is not the body.
   */
  verify(
    body: Text,
    illFormed: boolean,
    timestamp: string | undefined,
    signature: string | undefined,
    nonce: string | undefined,
    now: number,
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

/** Bytes, or text without unpaired surrogates: neither is changed by any conversion on the way. Header values may hold some. */
export type Text = string | Uint8Array;

export interface Failure {
  code: string;
  status?: number;
  message: string;
  offset?: number;
}

export function isFailure(result: unknown): result is Failure {
  return typeof result === "object" && result !== null && "code" in result && "message" in result;
}

export type Backend = "native" | "wasm";
