import type { ReplayStore } from "./store.js";

/** A client of the package `redis` or `ioredis`, single, cluster or sentinel, connected by who made it. */
export type RedisClient = NodeRedis | IoRedis;

interface NodeRedis {
  get(key: string): Promise<unknown>;
  set(key: string, value: string, options: { NX: true; PX: number }): Promise<unknown>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
}

interface IoRedis {
  get(key: string): Promise<unknown>;
  defineCommand(...definition: never[]): void;
  set(key: string, value: string, px: "PX", milliseconds: number, nx: "NX"): Promise<unknown>;
  eval(script: string, keys: number, key: string, token: string): Promise<unknown>;
}

/** A store for receivers on several machines, in Redis or Valkey. */
export function redisReplayStore(client: RedisClient): ReplayStore {
  if (typeof client?.get !== "function" || typeof client.set !== "function" || typeof client.eval !== "function") {
    throw new TypeError("client must be a connected client of the package redis or ioredis");
  }
  const { set, compareAndDelete } = isIoRedis(client) ? ofIoRedis(client) : ofNodeRedis(client);
  return {
    async claim(key, ttlMs) {
      const token = newToken();
      const milliseconds = Math.min(Math.ceil(ttlMs), LONGEST_TTL_MS);
      // What an earlier asking has set, whose answer was lost, is ours.
      const ask = async () => (await set(key, token, milliseconds)) === "OK" || (await client.get(key)) === token;
      return (await untilAnswered(ask)) ? token : null;
    },
    async release(key, token) {
      await compareAndDelete(key, token);
    },
  };
}

/**
 * An asking whose answer was lost may have claimed, so somebody has to find out, whatever is answered to later ones and
 * however late: the receiver, which has gone on after a second, gives up what is found then.
 */
async function untilAnswered(ask: () => Promise<boolean>): Promise<boolean> {
  const giveUpAt = performance.now() + ASK_AGAIN_FOR_MS;
  let mayBeOurs = false;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await ask();
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      mayBeOurs ||= !IS_ANSWER.test(text);
      if (!(mayBeOurs || WILL_PASS.test(text)) || performance.now() >= giveUpAt) throw error;
    }
    await new Promise<void>((resolve) => {
      const timer: unknown = setTimeout(resolve, pauseMs);
      // What is looked for is not worth keeping a process for.
      (timer as { unref?(): void }).unref?.();
    });
  }
}

/** Redis's own errors begin with a word in capitals; a client that was closed has sent nothing. */
const IS_ANSWER = /^([A-Z]{2,} |The client is (closed|offline)|Connection is closed)/;
/** So says a server that starts, or that another is about to take over from. */
const WILL_PASS = /^(LOADING|MASTERDOWN|TRYAGAIN|READONLY|CLUSTERDOWN) /;
const ASK_AGAIN_FOR_MS = 60_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;

function isIoRedis(client: RedisClient): client is IoRedis {
  return typeof (client as Partial<IoRedis>).defineCommand === "function";
}

function ofNodeRedis(client: NodeRedis) {
  return {
    set: (key: string, token: string, milliseconds: number) => client.set(key, token, { NX: true, PX: milliseconds }),
    compareAndDelete: (key: string, token: string) => client.eval(COMPARE_AND_DELETE, { keys: [key], arguments: [token] }),
  };
}

function ofIoRedis(client: IoRedis) {
  return {
    set: (key: string, token: string, milliseconds: number) => client.set(key, token, "PX", milliseconds, "NX"),
    compareAndDelete: (key: string, token: string) => client.eval(COMPARE_AND_DELETE, 1, key, token),
  };
}

/** 128 random bits in hex: no two claims share one, on whatever machines they are made. */
function newToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, "0")).join("");
}

/** One command: between a GET and a DEL of ours the claim could expire and be another's. */
const COMPARE_AND_DELETE = 'if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0';

/** Redis adds it to the clock's milliseconds, which must not overflow: some 285 years. */
const LONGEST_TTL_MS = Number.MAX_SAFE_INTEGER / 1_000;
