import { kindOf } from "../body.js";

/** A client of the package `redis` (4 or newer), `ioredis` or `@upstash/redis`, connected by who made it. */
export type RedisClient = NodeRedis | IoRedis | Upstash;

/** Single, pool, cluster or sentinel. What `legacy()` and `multi()` give has no `on`, and version 3 has no `hGet`. */
interface NodeRedis {
  on(event: string, ...listener: never[]): unknown;
  hGet(...given: never[]): unknown;
  get(key: string): Promise<unknown>;
  set(key: string, value: string, options: { NX: true; PX: number }): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

interface IoRedis {
  defineCommand(...definition: never[]): void;
  get(key: string): Promise<unknown>;
  set(key: string, value: string, px: "PX", milliseconds: number, nx: "NX"): Promise<unknown>;
  eval(script: string, keys: number, key: string, token: string): Promise<unknown>;
}

interface Upstash {
  createScript(...definition: never[]): unknown;
  get(key: string): Promise<unknown>;
  set(key: string, value: string, options: { nx: true; px: number }): Promise<unknown>;
  eval(script: string, keys: string[], values: string[]): Promise<unknown>;
}

/** What a store asks of Redis, in the words of one client. */
export interface Commands {
  /** The package of the client. */
  readonly client: string;
  setIfAbsent(key: string, token: string, milliseconds: number): unknown;
  get(key: string): unknown;
  evaluate(script: string, key: string, token: string): unknown;
}

/**
 * Clients differ in how they take options, and many ignore those they do not know: a `SET` without `NX` grants every claim. So
 * each client is recognised by its shape, and one that is not recognised is refused.
 *
 * @throws {TypeError} for what is none of them, and for one whose commands give no promises.
 */
export function commandsOf(client: RedisClient): Commands {
  const has = (...names: string[]) => names.every((name) => typeof (client as Record<string, any> | null | undefined)?.[name] === "function");
  if (!has("get", "set")) throw mistake(kindOf(client));
  if (has("internal_send_command")) throw mistake("one of redis 3, which answers by callbacks");
  if ((client as { options?: { legacyMode?: unknown } }).options?.legacyMode) {
    throw mistake("one in legacyMode, which answers by callbacks: make one for the store without it");
  }
  if (isQueue(has)) throw mistake("what its multi() or pipeline() gives, which asks nothing before exec(): pass the client itself");
  if (has("defineCommand", "eval")) return ofIoRedis(client as IoRedis);
  if (has("createScript", "eval")) return ofUpstash(client as Upstash);
  if (has("hGet", "on", "eval")) return ofNodeRedis(client as NodeRedis);
  if (has("hGet", "eval")) throw mistake("what its legacy() gives, which answers by callbacks: pass the client itself");
  if (has("send")) throw mistake("Bun's");
  throw mistake(has("invokeScript") ? "one of @valkey/valkey-glide" : "a client of another package");
}

/** Of `redis`, of `ioredis`, of `@upstash/redis`. Other packages' clients have `exec`, too. */
function isQueue(has: (...names: string[]) => boolean): boolean {
  return has("exec") && !has("on") && !has("createScript") && (has("hGet") || has("defineCommand") || !has("multi"));
}

function mistake(what: string): TypeError {
  return new TypeError(`client must be a connected client of the package redis (4 or newer), ioredis or @upstash/redis, not ${what}`);
}

function ofNodeRedis(client: NodeRedis): Commands {
  return {
    client: "redis",
    setIfAbsent: (key, token, milliseconds) => client.set(key, token, { NX: true, PX: milliseconds }),
    get: (key) => client.get(key),
    evaluate: (script, key, token) => client.eval(script, { keys: [key], arguments: [token] }),
  };
}

function ofIoRedis(client: IoRedis): Commands {
  return {
    client: "ioredis",
    setIfAbsent: (key, token, milliseconds) => client.set(key, token, "PX", milliseconds, "NX"),
    get: (key) => client.get(key),
    evaluate: (script, key, token) => client.eval(script, 1, key, token),
  };
}

function ofUpstash(client: Upstash): Commands {
  return {
    client: "@upstash/redis",
    setIfAbsent: (key, token, milliseconds) => client.set(key, token, { nx: true, px: milliseconds }),
    // It reads values as JSON, so a token of another store that looks like a number comes as one.
    get: async (key) => {
      const held = await client.get(key);
      return typeof held === "number" ? String(held) : held;
    },
    evaluate: (script, key, token) => client.eval(script, [key], [token]),
  };
}
