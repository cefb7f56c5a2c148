import { shown } from "../body.js";
import { called, textOf } from "../receiver/guarded.js";
import { type Commands, type RedisClient, commandsOf } from "./redis-clients.js";
import type { ReplayStore } from "./store.js";

export type { RedisClient } from "./redis-clients.js";

/** The core's pauses: milliseconds before the asking of this number, negative where it is not worth another. */
export type AskAgainAfter = (asking: number, sinceFirstMs: number) => number;

/**
 * A store for receivers on several machines, in Redis or Valkey.
 *
 * @throws {TypeError} for a client that does not fit.
 */
export function redisReplayStore(client: RedisClient, askAgainAfter: AskAgainAfter): ReplayStore {
  const commands = commandsOf(client);
  return {
    async claim(key, ttlMs) {
      const token = newToken();
      return (await untilAnswered(() => isGranted(commands, key, token, ttlMs), askAgainAfter)) ? token : null;
    },
    async release(key, token) {
      await called(() => commands.evaluate(COMPARE_AND_DELETE, key, token));
    },
  };
}

/** Only OK grants, and only somebody's token refuses. What an earlier asking has set, whose answer was lost, is ours. */
async function isGranted(commands: Commands, key: string, token: string, milliseconds: number): Promise<boolean> {
  for (let turn = 0; turn < TURNS; turn += 1) {
    const set = await called(() => commands.setIfAbsent(key, token, milliseconds));
    if (set === "OK") return true;
    if (set !== null) throw new OddAnswer(commands, "SET", set);
    const held = await called(() => commands.get(key));
    if (typeof held === "string" && held !== "") return held === token;
    if (held !== null) throw new OddAnswer(commands, "GET", held);
    // Released between the two.
  }
  throw new OddAnswer(commands, "both SET with NX and GET", null);
}

/** Of a client that is in a mode, or in a wrapper, in which it does not answer as it should. */
class OddAnswer extends Error {
  constructor({ client }: Commands, command: string, answer: unknown) {
    super(`the client of ${client} answered ${command} with ${shown(answer)}: its commands must give promises of text or null`);
  }
}

/**
 * An asking whose answer was lost may have claimed, so somebody has to find out, whatever is answered to later ones and
 * however late: the receiver, which has gone on after a second, gives up what is found then.
 */
async function untilAnswered(ask: () => Promise<boolean>, askAgainAfter: AskAgainAfter): Promise<boolean> {
  const begunAt = performance.now();
  let mayBeOurs = false;
  for (let asking = 0; ; asking += 1) {
    let pauseMs: number;
    try {
      return await ask();
    } catch (error) {
      if (error instanceof OddAnswer) throw error;
      const text = textOf(error).replace(/^Command failed: /, ""); // Upstash's client puts it before what the server says.
      mayBeOurs ||= !IS_ANSWER.test(text);
      pauseMs = askAgainAfter(asking, performance.now() - begunAt);
      if (!(mayBeOurs || WILL_PASS.test(text)) || pauseMs < 0) throw error;
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
const TURNS = 3;

/**
 * 128 random bits in hex: no two claims share one, on whatever machines they are made. After a letter, so that it is no number
 * to a client that reads values as JSON.
 */
function newToken(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return `t${Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("")}`;
}

/** One command: between a GET and a DEL of ours the claim could expire and be another's. */
const COMPARE_AND_DELETE = 'if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0';
