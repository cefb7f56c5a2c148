/** How a database is asked for a claim: with a token of its own, and again where the answer was lost. */
import { shown } from "../body.js";
import type { SqlFailure } from "../engine.js";
import { called, idleTimeout, textOf } from "../receiver/guarded.js";

/** The core's pauses: milliseconds before the asking of this number, negative where it is not worth another. */
export type AskAgainAfter = (asking: number, sinceFirstMs: number) => number;

/** Of a client that is in a mode or in a wrapper in which its answers are none. */
export class OddAnswer extends Error {}

/** The error that says what came, and what should have. */
export function odd(client: string, command: string, answer: unknown, expected: string): OddAnswer {
  return new OddAnswer(`the client of ${client} answered ${command} with ${shown(answer)}: ${expected}`);
}

/** What a store asks of its database. */
export interface Asking {
  /** Whether the claim is ours. */
  ask(): Promise<boolean>;
  /** Releases the claim if it is ours. */
  release(): unknown;
  failureOf(error: unknown): SqlFailure;
  askAgainAfter: AskAgainAfter;
}

/**
 * An asking whose answer was lost may have claimed, so somebody has to find out, whatever is answered to later ones and
 * however late: the receiver, which has gone on after a second, gives up what is found then. One whose answer is odd may have
 * claimed, too, and asking again gives another odd one. What nobody can find out is released: it would keep out the same event
 * sent again.
 */
export async function untilAnswered({ ask, release, failureOf, askAgainAfter }: Asking): Promise<boolean> {
  const begunAt = performance.now();
  let mayBeOurs = false;
  for (let asking = 0; ; asking += 1) {
    let pauseMs: number;
    try {
      return await ask();
    } catch (error) {
      if (error instanceof OddAnswer) throw await unclaimed(error, release);
      const failure = failureOf(error);
      mayBeOurs ||= failure === "lost";
      pauseMs = askAgainAfter(asking, performance.now() - begunAt);
      if (!(mayBeOurs || failure === "passing")) throw error;
      if (pauseMs < 0) throw mayBeOurs ? await unclaimed(error, release) : error;
    }
    // What is looked for is not worth keeping a process for.
    await new Promise<void>((resolve) => idleTimeout(resolve, pauseMs));
  }
}

/** The error, once what may have been claimed is released; it says so where that failed, too. */
async function unclaimed(error: unknown, release: () => unknown): Promise<unknown> {
  try {
    await called(release);
    return error;
  } catch (cause) {
    return new Error(`${textOf(error)}; what it may have claimed could not be released`, { cause });
  }
}

/**
 * 128 random bits in hex: no two claims share one, on whatever machines they are made. After a letter, so that it is no number
 * to a client that reads values as JSON.
 */
export function newToken(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return `t${Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("")}`;
}
