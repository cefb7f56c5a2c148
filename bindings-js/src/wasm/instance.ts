import type { Engine, EngineMemory, EngineReceiver, EngineWebhook, Failure, SqlFailure, Text, Told } from "../engine.js";
import * as glue from "../generated/module.js";
import { Inbox, inbox, read, room, write, writeAt } from "./inbox.js";
import { hasLatin1 } from "./latin1.js";
import { call, type FailureParts, failure, instance, start, view } from "./running.js";

/**
 * The engine of a compiled module. A module lives once in a process: loading it twice is harmless. After a trap its
 * memory may be in any state, so the next call starts a fresh instance.
 */
export function wasmEngine(module: WebAssembly.Module): Engine {
  start(module);
  return {
    open: (...settings) => call(() => new WasmWebhook(settings)),
    openReceiver: (...settings) => call(() => new WasmReceiver(settings)),
    openMemory: (maxEntries) => new WasmMemory(maxEntries),
    owns: (memory) => memory instanceof WasmMemory,
    canonicalize: (json) => call(() => read(glue.canonicalize(write(json), hasLatin1) as string | number)),
    idOf: (payload) => call(() => glue.idOf(write(payload))) as string,
    readEvent: (payload) => call(() => read(glue.readEvent(write(payload), hasLatin1) as string | number)) as string,
    checkKept: (id, unixMillis, nonce, secretIndex) => call(() => glue.checkKept(id, unixMillis, nonce, secretIndex)) as string | undefined,
    matches: (kind, name, pattern) => call(() => glue.matches(kind, name, pattern)) as boolean,
    constants: () => call(() => glue.constants()) as string,
    askAgainAfter: (asking, sinceFirstMs) => call(() => glue.askAgainAfter(asking, sinceFirstMs)) as number,
    sqlStatements: (firstPlaceholder, table) => call(() => glue.sqlStatements(firstPlaceholder, table)),
    sqlFailure: (code) => call(() => glue.sqlFailure(code)) as SqlFailure,
    version: () => glue.version(),
  };
}

/** Of an instance that trapped nothing is left: its exchanges end, and its claims in memory are forgotten. */
abstract class Living<Handle> {
  #handle: Handle;
  #instance: number;

  constructor(readonly open: () => Handle) {
    [this.#handle, this.#instance] = [open(), instance];
  }

  /** A handle of the current instance. */
  live(): Handle {
    if (this.#instance !== instance) [this.#handle, this.#instance] = [this.open(), instance];
    return this.#handle;
  }
}

export class WasmWebhook extends Living<glue.Webhook> implements EngineWebhook {
  constructor(settings: Parameters<Engine["open"]>) {
    super(() => openHandle(settings));
  }

  headerNames(): string[] {
    return call(() => this.live().headerNames()) as string[];
  }

  maxBodyBytes(): number {
    return call(() => this.live().maxBodyBytes()) as number;
  }

  checkBodyLength(bytes: number): Failure | undefined {
    return call(() => this.live().checkBodyLength(bytes)) as Failure | undefined;
  }

  verify(
    body: Text,
    illFormed: boolean,
    timestamp: string | undefined,
    signature: string | undefined,
    nonce: string | undefined,
    now: number,
    names: string | undefined,
  ): number | Failure {
    return call(() => {
      const handle = this.live();
      // Before anything is copied: a body that is refused leaves the memory as it was.
      if (!handle.fits(body.length)) handle.checkBodyLength(body.length);
      const texts = new Inbox(room(timestamp) + room(signature) + room(nonce) + room(body));
      const verdict = handle.verify(texts.add(timestamp), texts.add(signature), texts.add(nonce), texts.add(body), illFormed, now, names);
      return verdict < 0 ? failure(handle.takeRefusal() as FailureParts) : verdict;
    });
  }

  takePayload(): string | undefined {
    return call(() => this.live().takePayload()) as string | undefined;
  }

  sign(payload: Text, illFormed: boolean, timestamp: number, nonce: string | undefined, random: Uint8Array) {
    return call(() => this.live().sign(write(payload), illFormed, timestamp, nonce, random));
  }
}

class WasmMemory extends Living<glue.Memory> implements EngineMemory {
  constructor(maxEntries: number | undefined) {
    super(() => new glue.Memory(maxEntries));
  }

  claim(key: string, ttlMs: number, windowMs: number, atMs: number): string | undefined | Failure {
    return call(() => this.live().claim(key, ttlMs, windowMs, atMs));
  }

  release(key: string, token: string): void {
    call(() => this.live().release(key, token));
  }
}

class WasmReceiver extends Living<glue.Receiver> implements EngineReceiver {
  constructor(settings: Parameters<Engine["openReceiver"]>) {
    super(() => openReceiverHandle(settings));
  }

  /** Each instance numbers its exchanges from 0, so those of one that trapped would be taken for others. */
  #known(exchange: number): number {
    const known = exchange - firstExchange();
    return known >= 0 && known < EXCHANGES ? known : UNKNOWN;
  }

  check(webhook: EngineWebhook): Failure | undefined {
    return call(() => this.live().check((webhook as WasmWebhook).live())) as Failure | undefined;
  }

  facts(): string {
    return call(() => this.live().facts()) as string;
  }

  tellHead(method: string, coding: string | undefined, length: string | undefined): number {
    return call(() => this.live().tellHead(method, coding, length) + firstExchange() * 2 ** 32) as number;
  }

  tellWebhook(
    exchange: number,
    webhook: EngineWebhook,
    method: string,
    coding: string | undefined,
    length: string | undefined,
    timestamp: string | undefined,
    signature: string | undefined,
    nonce: string | undefined,
    now: number,
    names: string | undefined,
  ): number {
    return call(() => {
      const [receiver, handle] = [this.live(), (webhook as WasmWebhook).live()];
      const texts = new Inbox(room(timestamp) + room(signature) + room(nonce));
      const [at, tag, random] = [texts.add(timestamp), texts.add(signature), texts.add(nonce)];
      const known = exchange < 0 ? exchange : this.#known(exchange);
      return receiver.tellWebhook(known, handle, method, coding, length, at, tag, random, now, names) + firstExchange() * 2 ** 32;
    }) as number;
  }

  tellBody(exchange: number, body: Text, illFormed: boolean, now: number, atMs: number): number {
    return call(() => this.live().tellBody(this.#known(exchange), write(body), illFormed, now, atMs)) as number;
  }

  takeEvent(): string | undefined {
    return call(() => {
      const answer = this.live().takeEvent(hasLatin1) as string | number | undefined;
      return answer === undefined ? undefined : read(answer);
    }) as string | undefined;
  }

  takePayload(): string | undefined {
    return call(() => this.live().takePayload()) as string | undefined;
  }

  tell(exchange: number, what: Told, text?: string, cause?: string): number {
    return call(() => this.live().tell(this.#known(exchange), what, text, cause)) as number;
  }

  tellHandled(exchange: number): number {
    return call(() => this.live().tellHandled(this.#known(exchange))) as number;
  }

  claimOf(exchange: number): string {
    return call(() => this.live().claimOf(this.#known(exchange))) as string;
  }

  takeNotices(exchange: number): string {
    return call(() => this.live().takeNotices(this.#known(exchange))) as string;
  }
}

/** More than are under way at a time. */
const EXCHANGES = 2 ** 16;
const UNKNOWN = EXCHANGES - 1;
/** Of the current instance. Numbers and turns are together below 2^53, so after 16 instances they begin anew. */
const firstExchange = (): number => (instance % 16) * EXCHANGES;

function openHandle([secrets, ...options]: Parameters<Engine["open"]>): glue.Webhook {
  let at = inbox(secrets.reduce((sum, secret) => sum + room(secret), 0));
  const start = at;
  for (const secret of secrets) at += writeAt(at, secret);
  try {
    return new glue.Webhook(Int32Array.from(secrets, room), ...options);
  } finally {
    // The module keeps hash states only, so no secret is left in its memory for a later fault to show.
    view().fill(0, start, at);
  }
}

function openReceiverHandle(settings: Parameters<Engine["openReceiver"]>): glue.Receiver {
  const [memory, ...others] = [settings.at(-1) as WasmMemory | undefined, ...settings.slice(0, -1)];
  const receiver = new glue.Receiver(...(others as ConstructorParameters<typeof glue.Receiver>));
  if (memory) receiver.rememberIn(memory.live());
  return receiver;
}
