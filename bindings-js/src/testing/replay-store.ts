import { shown } from "../body.js";
import { namesOf, readOptions } from "../option-values.js";
import type { ReplayStore } from "../replay/store.js";
import { isWellFormed } from "../text.js";

/** One thing that a receiver relies on. */
export interface ReplayStoreCase {
  readonly name: string;
  /** Rejects with a sentence if the store does not do it. */
  readonly run: () => Promise<void>;
}

export interface ReplayStoreSuiteOptions {
  /**
   * Makes the next answer of the database get lost on its way to the store that was made last, after the database has done
   * what it was asked to. With it, the suite has one more case.
   */
  loseAnswer?: () => unknown;
}

/**
 * What every replay store must do, as cases for any test runner. `makeStore` makes a store for each case; all of them may
 * share a database, because no two cases use the same keys.
 *
 * ```js
 * for (const { name, run } of testReplayStore(() => myStore(client))) test(name, run);
 * ```
 */
export function testReplayStore(makeStore: () => Promise<ReplayStore> | ReplayStore, options: ReplayStoreSuiteOptions = {}): ReplayStoreCase[] {
  const { loseAnswer } = readOptions("testReplayStore", options, OPTIONS);
  const cases = loseAnswer ? { ...CASES, [LOST]: (store: Asked) => findsItsOwn(store, loseAnswer) } : CASES;
  return Object.entries(cases).map(([name, check]) => ({ name, run: async () => check(new Asked(await makeStore())) }));
}

const OPTIONS = namesOf<ReplayStoreSuiteOptions>({ loseAnswer: true });

const CASES: Record<string, (store: Asked) => Promise<void>> = {
  async "a key is granted to who claims it first, and held for everyone else"({ claim }) {
    const [key, other] = [newKey(), newKey()];
    const token = await granted(claim(key), "the first claim of a key");
    await held(claim(key), "a second claim of it");
    differ(token, await granted(claim(other), "the first claim of another key"), "two claims");
  },

  async "a released key is granted again, under another token"({ claim, release }) {
    const key = newKey();
    const first = await granted(claim(key), "the first claim of a key");
    await release(key, first);
    differ(first, await granted(claim(key), "a claim of a key that was released"), "a claim and the one after its release");
    await held(claim(key), "a claim of a key that was released and claimed");
  },

  async "a token that does not hold the key releases nothing"({ claim, release }) {
    const key = newKey();
    await release(key, "no token of any claim");
    const first = await granted(claim(key), "the first claim of a key");
    await release(key, "no token of any claim");
    await held(claim(key), "a claim after a release with another token");
    await release(key, first);
    await granted(claim(key), "a claim of a key that was released");
    await release(key, first);
    await held(claim(key), "a claim after a second release with the token of an earlier claim");
  },

  /** Each asking may be judged at any moment while it lasts, so a busy machine makes the case weaker, and never fail. */
  async "a claim is gone once it is exactly as old as its ttl"({ claim }) {
    const key = newKey();
    const earliest = performance.now();
    await granted(claim(key, TTL_MS), "the first claim of a key");
    const latest = performance.now();
    for (;;) {
      const asked = performance.now();
      const token = await claim(key, TTL_MS);
      const answered = performance.now();
      if (token !== null && answered < earliest + TTL_MS - INACCURACY_MS) fail(`a claim of ${TTL_MS} ms was gone after ${Math.ceil(answered - earliest)} ms`);
      if (token !== null) return;
      if (asked > latest + TTL_MS + INACCURACY_MS) fail(`a claim of ${TTL_MS} ms was still held after ${Math.floor(asked - latest)} ms`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  },

  async "a claim for which nobody waited holds until it is released"({ claim, release }) {
    const key = newKey();
    const late = claim(key);
    const other = await claim(key);
    const token = await late;
    if ((token === null) === (other === null)) fail(`two claims at once were answered ${said(token)} and ${said(other)}: exactly one must be granted`);
    await release(key, (token ?? other) as string);
    await granted(claim(key), "a claim of a key that was released");
  },

  async "of a hundred claims of one key at once exactly one is granted"({ claim }) {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 100 }, () => claim(key)));
    const count = answers.filter((answer) => answer !== null).length;
    if (count !== 1) fail(`of a hundred claims of one key at once ${count} were granted`);
  },

  async "keys are told apart by each of their characters"({ claim, release }) {
    const long = newKey() + "k".repeat(1_000);
    const keys = [`${long}a`, `${long}b`, `${long}A`, `${long}a `, `${long}ä`, `${long}a\u0308`];
    const tokens: string[] = [];
    for (const key of keys) tokens.push(await granted(claim(key), "the first claim of a key of more than a thousand characters"));
    for (const key of keys) await held(claim(key), "a second claim of such a key");
    await release(keys[0] as string, tokens[0] as string);
    await granted(claim(keys[0] as string), "a claim of such a key that was released");
    for (const key of keys.slice(1)) await held(claim(key), "a claim after the release of a key that differs in one character");
  },
};

const LOST = "a claim whose answer was lost is granted when it is asked for again";

async function findsItsOwn({ claim, release }: Asked, loseAnswer: () => unknown): Promise<void> {
  const key = newKey();
  await loseAnswer();
  const token = await granted(claim(key), "a claim whose answer was lost on its way");
  await held(claim(key), "a second claim of that key");
  await release(key, token);
  await granted(claim(key), "a claim of that key after its release");
}

/** A store whose answers are looked at: it may give a token or `null`, and nothing else. */
class Asked {
  constructor(readonly store: ReplayStore) {}

  readonly claim = async (key: string, ttlMs = HOUR_MS): Promise<string | null> => {
    const answer: unknown = await this.store.claim(key, ttlMs, ttlMs);
    if (answer === null || (typeof answer === "string" && answer !== "" && isWellFormed(answer))) return answer;
    return fail(`claim answered ${said(answer)}: it must give a non-empty text, or null if the key is held`);
  };

  readonly release = async (key: string, token: string): Promise<void> => {
    await this.store.release(key, token);
  };
}

async function granted(answer: Promise<string | null>, what: string): Promise<string> {
  return (await answer) ?? fail(`${what} was refused: it must be granted`);
}

async function held(answer: Promise<string | null>, what: string): Promise<void> {
  if ((await answer) !== null) fail(`${what} was granted: it must be refused with null`);
}

function differ(one: string, other: string, what: string): void {
  if (one === other) fail(`${what} had the same token, so the release of one would release the other`);
}

function fail(sentence: string): never {
  throw new Error(sentence);
}

function said(answer: unknown): string {
  return typeof answer === "string" && answer !== "" ? "a text" : shown(answer);
}

/** As the core makes them: a namespace, then 64 hex digits. */
function newKey(): string {
  const octets = crypto.getRandomValues(new Uint8Array(32));
  return `suite:${Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("")}`;
}

const HOUR_MS = 3_600_000;
/** No whole seconds: a store that counts those shows. */
const TTL_MS = 700;
/** Stores count in whole milliseconds, and by another clock. */
const INACCURACY_MS = 50;
