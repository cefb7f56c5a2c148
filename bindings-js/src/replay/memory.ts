import { type EngineMemory, isFailure } from "../engine.js";
import type { ReplayStore } from "./store.js";

export interface MemoryReplayStoreOptions {
  /** How many claims it holds; 100,000 unless set. */
  maxEntries?: number | undefined;
}

/** By name: the receivers' copy of this class may be another than the one that made a store. */
const MEMORY = Symbol.for("twenty-webhook/memory/1");

/**
 * A store for a receiver that is one process: what another process handled it does not know, and what this one handled is
 * forgotten when it ends. Full of claims too young to be forgotten, it fails, as a store that does not answer does.
 */
export class MemoryReplayStore implements ReplayStore {
  readonly #memory: EngineMemory;

  constructor(memory: EngineMemory) {
    this.#memory = memory;
  }

  /** Nothing where somebody has put a function of their own in the place of one of these. */
  get [MEMORY](): EngineMemory | undefined {
    return Object.hasOwn(this, "claim") || Object.hasOwn(this, "release") ? undefined : this.#memory;
  }

  claim(key: string, ttlMs: number, windowMs: number): string | null {
    const token = this.#memory.claim(key, ttlMs, windowMs, performance.now());
    if (isFailure(token)) throw new Error(token.message);
    return token ?? null;
  }

  release(key: string, token: string): void {
    this.#memory.release(key, token);
  }
}

/** The memory of such a store, which an engine can be asked for by itself. */
export function memoryOf(store: ReplayStore | null): EngineMemory | undefined {
  return (store as { [MEMORY]?: EngineMemory } | null)?.[MEMORY];
}
