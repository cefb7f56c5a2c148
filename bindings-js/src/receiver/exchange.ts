import type { HeadersLike } from "../headers.js";
import type { LeavingLike } from "./leftover.js";

/** One request, as a framework shows it. */
export interface Exchange {
  /** Why it is no request at all. */
  readonly mistake?: string;
  readonly method: string;
  readonly headers: HeadersLike;
  /** Reads the body, judging its length as it comes; throws `Unreadable`. The rest of one that is refused is left for so long. */
  read(atMost: number, timeoutMs: number, leftoverMs: number): Promise<string | Uint8Array> | string | Uint8Array;
  /** Keeps the platform from ending what runs after the answer. */
  waitUntil?: ((promise: Promise<unknown>) => unknown) | undefined;
  /** How long what runs may go on, where the answer waits for it. */
  remainingMs?(): number;
  /** What the framework passes, its own request first: users' functions get it, too. */
  readonly passed: readonly unknown[];
  /** Node's request, of whose body something may still be on its way when it is answered. */
  readonly message?: LeavingLike;
}
