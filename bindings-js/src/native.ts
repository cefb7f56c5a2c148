import { type Engine, type EngineWebhook, type Failure, type Text, isFailure } from "./engine.js";
import { version } from "./generated/version.js";

/** An external value, which only the module can look into. */
type Handle = { readonly external: unique symbol };

/** The module of one platform's package, as napi-rs makes it: functions of a webhook, which take bodies as bytes. */
interface NativeModule extends Omit<Engine, "open" | "canonicalize" | "idOf" | "readEvent">, FunctionsOf<Omit<EngineWebhook, "verify" | "sign">> {
  open(...settings: Parameters<Engine["open"]>): Handle | Failure;
  canonicalize(json: Uint8Array): string | Failure;
  idOf(payload: Uint8Array): string;
  readEvent(payload: Uint8Array): string;
  verify(webhook: Handle, body: Uint8Array, ...delivery: Rest<EngineWebhook["verify"]>): number | Failure;
  sign(webhook: Handle, payload: Uint8Array, ...settings: Rest<EngineWebhook["sign"]>): string[] | Failure;
}

type FunctionsOf<Methods> = {
  [Name in keyof Methods]: Methods[Name] extends (...parameters: infer P) => infer Result ? (webhook: Handle, ...parameters: P) => Result : never;
};
type Rest<Method> = Method extends (first: never, ...rest: infer Others) => unknown ? Others : never;

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
  return {
    ...native,
    open(...settings) {
      const opened = native.open(...settings);
      return isFailure(opened) ? opened : webhookOf(native, opened);
    },
    canonicalize: (json) => native.canonicalize(bytesOf(json)),
    idOf: (payload) => native.idOf(bytesOf(payload)),
    readEvent: (payload) => native.readEvent(bytesOf(payload)),
  };
}

function webhookOf(native: NativeModule, handle: Handle): EngineWebhook {
  return {
    headerNames: () => native.headerNames(handle),
    checkBodyLength: (bytes) => native.checkBodyLength(handle, bytes),
    checkRequest: (...request) => native.checkRequest(handle, ...request),
    replayPolicy: (ttlSeconds) => native.replayPolicy(handle, ttlSeconds),
    verify: (body, illFormed, timestamp, signature, nonce, now) =>
      native.verify(handle, bytesOf(body), illFormed, timestamp, signature, nonce, now),
    takePayload: () => native.takePayload(handle),
    sign: (payload, ...settings) => native.sign(handle, bytesOf(payload), ...settings),
  };
}

function bytesOf(text: Text): Uint8Array {
  return typeof text === "string" ? Buffer.from(text) : text;
}

/** What follows the platform and the architecture in a package's name. Of the C libraries npm installs the right one. */
function suffixes(): string[] {
  if (process.platform === "linux") return ["-gnu", "-musl"];
  return process.platform === "win32" ? ["-msvc"] : [""];
}
