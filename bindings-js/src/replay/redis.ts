import type { SqlFailure } from "../engine.js";
import { called, textOf } from "../receiver/guarded.js";
import { type AskAgainAfter, newToken, odd, untilAnswered } from "./asking.js";
import { type Commands, type RedisClient, commandsOf } from "./redis-clients.js";
import type { ReplayStore } from "./store.js";

export type { RedisClient } from "./redis-clients.js";

/**
 * A store for receivers on several machines, in Redis or Valkey.
 *
 * @throws {TypeError} for a client that does not fit.
 */
export function redisReplayStore(client: RedisClient, askAgainAfter: AskAgainAfter): ReplayStore {
  const commands = commandsOf(client);
  const release = async (key: string, token: string) => void (await called(() => commands.evaluate(COMPARE_AND_DELETE, key, token)));
  return {
    async claim(key, ttlMs) {
      const token = newToken();
      const ask = () => isGranted(commands, key, token, ttlMs);
      return (await untilAnswered({ ask, release: () => release(key, token), failureOf, askAgainAfter })) ? token : null;
    },
    release,
  };
}

/** Only OK grants, and only somebody's token refuses. What an earlier asking has set, whose answer was lost, is ours. */
async function isGranted(commands: Commands, key: string, token: string, milliseconds: number): Promise<boolean> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const set = await called(() => commands.setIfAbsent(key, token, milliseconds));
    if (set === "OK") return true;
    if (set !== null) throw odd(commands.client, "SET", set, EXPECTED);
    const held = await called(() => commands.get(key));
    if (typeof held === "string" && held !== "") return held === token;
    if (held !== null) throw odd(commands.client, "GET", held, EXPECTED);
    // Released between the two.
  }
  throw odd(commands.client, "both SET with NX and GET", null, EXPECTED);
}

function failureOf(error: unknown): SqlFailure {
  const text = textOf(error).replace(/^Command failed: /, ""); // Upstash's client puts it before what the server says.
  if (WILL_PASS.test(text)) return "passing";
  return IS_ANSWER.test(text) ? "final" : "lost";
}

/** Redis's own errors begin with a word in capitals; a client that was closed has sent nothing. */
const IS_ANSWER = /^([A-Z]{2,} |The client is (closed|offline)|Connection is closed)/;
/** So says a server that starts, or that another is about to take over from. */
const WILL_PASS = /^(LOADING|MASTERDOWN|TRYAGAIN|READONLY|CLUSTERDOWN) /;
const TURNS = 3;
const EXPECTED = "its commands must give promises of text or null";

/** One command: between a GET and a DEL of ours the claim could expire and be another's. */
const COMPARE_AND_DELETE = 'if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0';
