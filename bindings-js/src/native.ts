import { type Engine, type EngineMemory, type EngineReceiver, type EngineWebhook, type Failure, type Text, isFailure } from "./engine.js";
import { version } from "./generated/version.js";
import { textOf } from "./receiver/guarded.js";

/** An external value, which only the module can look into. */
export type Handle = { readonly external: unique symbol };

/** The module of one platform's package, as napi-rs makes it: functions of an external value, which take bodies as bytes. */
export interface NativeModule
  extends Omit<Engine, "open" | "openReceiver" | "openMemory" | "owns" | "canonicalize" | "idOf" | "readEvent">,
    FunctionsOf<Omit<EngineWebhook, "verify" | "sign">>,
    FunctionsOf<Omit<EngineReceiver, "check" | "facts" | "tellWebhook" | "tellBody" | "takePayload">> {
  open(...settings: Parameters<Engine["open"]>): Handle | Failure;
  openReceiver(...settings: ReceiverSettings): Handle | Failure;
  rememberIn(receiver: Handle, memory: Handle): void;
  openMemory(maxEntries: number | undefined): Handle;
  checkReceiver(receiver: Handle, webhook: Handle): Failure | null | undefined;
  receiverFacts(receiver: Handle): string;
  tellWebhook(receiver: Handle, exchange: number, webhook: Handle, ...head: HeadOf<EngineReceiver["tellWebhook"]>): number;
  tellBody(receiver: Handle, exchange: number, body: Uint8Array, ...told: Told): number;
  takeToldPayload(receiver: Handle): string | null | undefined;
  memoryClaim(memory: Handle, ...claim: Parameters<EngineMemory["claim"]>): ReturnType<EngineMemory["claim"]>;
  memoryRelease(memory: Handle, key: string, token: string): void;
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
type ReceiverSettings = Parameters<Engine["openReceiver"]> extends [...infer Settings, memory: unknown] ? Settings : never;
/** What follows the exchange and the body. */
type Told = Parameters<EngineReceiver["tellBody"]> extends [exchange: unknown, body: unknown, ...infer Rest] ? Rest : never;
/** What follows the exchange and the webhook. */
type HeadOf<Method> = Method extends (exchange: never, webhook: never, ...rest: infer Others) => unknown ? Others : never;

/**
 * The native engine, if a package for this platform is installed and of this version; if not, why. A bundle may not know where it
 * is, so getting at `require` may fail, too.
 */
export function nativeEngine<E extends Engine = Engine>(
  getRequire: () => (name: string) => unknown,
  make: (native: NativeModule) => E = engineOf as never,
): E | string {
  const reasons: string[] = [];
  for (const suffix of suffixes()) {
    const name = `twenty-webhook-${process.platform}-${process.arch}${suffix}`;
    try {
      const native = getRequire()(name) as NativeModule;
      const found = native.version();
      if (found === version) return make(native);
      reasons.push(`${name}: it is of version ${found}, and twenty-webhook of ${version}`);
    } catch (cause) {
      // The first line of Node's text has the cause, the others have who asked for it.
      reasons.push(`${name}: ${textOf(cause).split("\n", 1)[0]}`);
    }
  }
  return reasons.join("; ");
}

export function engineOf(native: NativeModule): Engine {
  return {
    ...native,
    open(...settings) {
      const opened = native.open(...settings);
      return isFailure(opened) ? opened : new NativeWebhook(native, opened);
    },
    openReceiver(...settings) {
      const memory = settings.pop() as NativeMemory | undefined;
      const opened = native.openReceiver(...(settings as unknown as ReceiverSettings));
      if (isFailure(opened)) return opened;
      if (memory) native.rememberIn(opened, memory.handle);
      return receiverOf(native, opened);
    },
    openMemory: (maxEntries) => new NativeMemory(native, native.openMemory(maxEntries)),
    owns: (memory) => memory instanceof NativeMemory,
    canonicalize: (json) => native.canonicalize(bytesOf(json)),
    idOf: (payload) => native.idOf(bytesOf(payload)),
    readEvent: (payload) => native.readEvent(bytesOf(payload)),
  };
}

export class NativeWebhook implements EngineWebhook {
  constructor(
    readonly native: NativeModule,
    readonly handle: Handle,
  ) {}

  headerNames(): string[] {
    return this.native.headerNames(this.handle);
  }

  maxBodyBytes(): number {
    return this.native.maxBodyBytes(this.handle);
  }

  checkBodyLength(bytes: number): Failure | null | undefined {
    return this.native.checkBodyLength(this.handle, bytes);
  }

  verify(body: Text, ...delivery: Rest<EngineWebhook["verify"]>): number | Failure {
    return this.native.verify(this.handle, bytesOf(body), ...delivery);
  }

  takePayload(): string | null | undefined {
    return this.native.takePayload(this.handle);
  }

  sign(payload: Text, ...settings: Rest<EngineWebhook["sign"]>): string[] | Failure {
    return this.native.sign(this.handle, bytesOf(payload), ...settings);
  }
}

class NativeMemory implements EngineMemory {
  constructor(
    readonly native: NativeModule,
    readonly handle: Handle,
  ) {}

  claim(...claim: Parameters<EngineMemory["claim"]>): ReturnType<EngineMemory["claim"]> {
    return this.native.memoryClaim(this.handle, ...claim);
  }

  release(key: string, token: string): void {
    this.native.memoryRelease(this.handle, key, token);
  }
}

function receiverOf(native: NativeModule, handle: Handle): EngineReceiver {
  return {
    check: (webhook) => native.checkReceiver(handle, (webhook as NativeWebhook).handle),
    facts: () => native.receiverFacts(handle),
    tellHead: (method, coding, length) => native.tellHead(handle, method, coding, length),
    tellWebhook: (exchange, webhook, method, coding, length, timestamp, signature, nonce, now, names) =>
      native.tellWebhook(handle, exchange, (webhook as NativeWebhook).handle, method, coding, length, timestamp, signature, nonce, now, names),
    tellBody: (exchange, body, illFormed, now, atMs) => native.tellBody(handle, exchange, bytesOf(body), illFormed, now, atMs),
    takeEvent: () => native.takeEvent(handle),
    takePayload: () => native.takeToldPayload(handle),
    tell: (exchange, what, text, cause) => native.tell(handle, exchange, what, text, cause),
    tellHandled: (exchange) => native.tellHandled(handle, exchange),
    claimOf: (exchange) => native.claimOf(handle, exchange),
    takeNotices: (exchange) => native.takeNotices(handle, exchange),
  };
}

export function bytesOf(text: Text): Uint8Array {
  return typeof text === "string" ? Buffer.from(text) : text;
}

/** What follows the platform and the architecture in a package's name. Of the C libraries npm installs the right one. */
function suffixes(): string[] {
  if (process.platform === "linux") return ["-gnu", "-musl"];
  return process.platform === "win32" ? ["-msvc"] : [""];
}
