import { type Engine, type EngineWebhook, type Failure, type Text, isFailure } from "./engine.js";
import { version } from "./generated/version.js";
import { wtf8 } from "./text.js";

/** An external value, which only the module can look into. */
type Handle = { readonly external: unique symbol };
type Lengths = [timestamp: number, signature: number, nonce: number];

/** The module of one platform's package, as napi-rs makes it: it takes bytes, and of header values the lengths, too. */
interface NativeModule extends Omit<Engine, "open" | "canonicalize" | "idOf" | "readEvent"> {
  open(...settings: Parameters<Engine["open"]>): Handle | Failure;
  canonicalize(json: Uint8Array): string | Failure;
  idOf(payload: Uint8Array): string;
  readEvent(payload: Uint8Array): string;
  headerNames(webhook: Handle): string[];
  checkBodyLength(webhook: Handle, bytes: number): Failure | null;
  checkRequest(
    webhook: Handle,
    method: string,
    contentEncoding: string | undefined,
    contentLength: string | undefined,
    values: Uint8Array,
    timestamp: number,
    signature: number,
    now: number,
  ): Failure | null;
  replayPolicy(webhook: Handle, ttlSeconds: number | undefined): number[] | Failure;
  verify(webhook: Handle, body: Uint8Array, illFormed: boolean, values: Uint8Array, ...numbers: [...Lengths, now: number]): number | Failure;
  takePayload(webhook: Handle): string | null;
  sign(
    webhook: Handle,
    payload: Uint8Array,
    illFormed: boolean,
    timestamp: number,
    nonce: string | undefined,
    random: Uint8Array,
  ): string[] | Failure;
}

/**
 * The native engine, if a package for this platform is installed and of this version. A bundle may not know where it is, so
 * getting at `require` may fail, too.
 */
export function nativeEngine(getRequire: () => (name: string) => unknown): Engine | undefined {
  for (const suffix of suffixes()) {
    try {
      const native = getRequire()(`twenty-webhook-${process.platform}-${process.arch}${suffix}`) as NativeModule;
      if (native.version() === version) return engineOf(native);
    } catch {
      // Not installed, or made for another C library: the next one, or WebAssembly.
    }
  }
  return undefined;
}

function engineOf(native: NativeModule): Engine {
  const values = new HeaderValues(native.maxHeaderValueBytes());
  return {
    ...native,
    open(...settings) {
      const opened = native.open(...settings);
      return isFailure(opened) ? opened : webhookOf(native, opened, values);
    },
    canonicalize: (json) => native.canonicalize(bytesOf(json)),
    idOf: (payload) => native.idOf(bytesOf(payload)),
    readEvent: (payload) => native.readEvent(bytesOf(payload)),
  };
}

function webhookOf(native: NativeModule, handle: Handle, values: HeaderValues): EngineWebhook {
  return {
    headerNames: () => native.headerNames(handle),
    checkBodyLength: (bytes) => native.checkBodyLength(handle, bytes),
    checkRequest(method, contentEncoding, contentLength, timestamp, signature, now) {
      const lengths = values.write(timestamp, signature, undefined);
      return native.checkRequest(handle, method, contentEncoding, contentLength, values.bytes, lengths[0], lengths[1], now);
    },
    replayPolicy: (ttlSeconds) => native.replayPolicy(handle, ttlSeconds),
    verify(body, illFormed, timestamp, signature, nonce, now) {
      const lengths = values.write(timestamp, signature, nonce);
      return native.verify(handle, bytesOf(body), illFormed, values.bytes, lengths[0], lengths[1], lengths[2], now);
    },
    takePayload: () => native.takePayload(handle),
    sign: (payload, ...settings) => native.sign(handle, bytesOf(payload), ...settings),
  };
}

/** Where the values of the headers are put for the module to read. */
class HeaderValues {
  readonly bytes: Buffer;

  /** Of so many code units of each value, each of which has three bytes at most. */
  constructor(units: number) {
    this.bytes = Buffer.alloc(3 * 3 * units);
  }

  /** Writes them one after the other and returns their lengths in bytes; -1 stands for an absent one. */
  write(timestamp: string | undefined, signature: string | undefined, nonce: string | undefined): Lengths {
    const text = `${timestamp ?? ""}${signature ?? ""}${nonce ?? ""}`;
    // As many bytes as code units: then each unit is one byte, and nothing was replaced.
    if (this.bytes.write(text) === text.length) return [lengthOf(timestamp), lengthOf(signature), lengthOf(nonce)];
    let at = 0;
    return [timestamp, signature, nonce].map((value) => {
      if (value === undefined) return -1;
      const bytes = wtf8(value);
      this.bytes.set(bytes, at);
      at += bytes.length;
      return bytes.length;
    }) as Lengths;
  }
}

function lengthOf(value: string | undefined): number {
  return value === undefined ? -1 : value.length;
}

function bytesOf(text: Text): Uint8Array {
  return typeof text === "string" ? Buffer.from(text) : text;
}

/** What follows the platform and the architecture in a package's name. Of the C libraries npm installs the right one. */
function suffixes(): string[] {
  if (process.platform === "linux") return ["-gnu", "-musl"];
  return process.platform === "win32" ? ["-msvc"] : [""];
}
