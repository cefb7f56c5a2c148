import type { ReplayStore } from "./store.js";

export interface MemoryReplayStoreOptions {
  /** How many claims it holds; 100,000 unless set. */
  maxEntries?: number;
}

/**
 * A store for a receiver that is one process: what another process handled it does not know, and what this one handled is
 * forgotten when it ends. Full of claims too young to be forgotten, it fails, as a store that does not answer does.
 */
export class MemoryReplayStore implements ReplayStore {
  /** Oldest first. */
  readonly #claims = new Map<string, Claim>();
  readonly #maxEntries: number;
  /** Claims live in this object only, so counting tells them apart. */
  #granted = 0;

  constructor(maxEntries: number) {
    if (!Number.isInteger(maxEntries) || maxEntries < 1) {
      throw new RangeError(`maxEntries must be a whole number, 1 or more, not ${maxEntries}`);
    }
    this.#maxEntries = maxEntries;
  }

  claim(key: string, ttlMs: number, windowMs: number): string | null {
    const now = performance.now();
    const held = this.#claims.get(key);
    if (held && held.expiresAt > now) return null;
    if (held) this.#claims.delete(key);
    this.#forget(now, windowMs);
    const token = String((this.#granted += 1));
    this.#claims.set(key, { token, claimedAt: now, expiresAt: now + ttlMs });
    return token;
  }

  release(key: string, token: string): void {
    if (this.#claims.get(key)?.token === token) this.#claims.delete(key);
  }

  /** The oldest that have expired, and if there is still no room, the oldest past the window. */
  #forget(now: number, windowMs: number): void {
    for (const [key, { claimedAt, expiresAt }] of this.#claims) {
      const isFull = this.#claims.size >= this.#maxEntries;
      if (expiresAt > now && !(isFull && now - claimedAt > windowMs)) break;
      this.#claims.delete(key);
    }
    if (this.#claims.size < this.#maxEntries) return;
    // Receivers with lives of claims of their own may share it, and then younger ones can have expired before older ones.
    for (const [key, { expiresAt }] of this.#claims) if (expiresAt <= now) this.#claims.delete(key);
    if (this.#claims.size >= this.#maxEntries) {
      throw new Error(`the replay store in memory is full: its ${this.#maxEntries} claims are all too young to be forgotten`);
    }
  }
}

interface Claim {
  token: string;
  claimedAt: number;
  expiresAt: number;
}
