/** How a database is asked for a claim: with a token of its own, and again where the answer was lost. */
import { shown } from "../body.js";
import type { SqlFailure } from "../engine.js";

/** The core's pauses: milliseconds before the asking of this number, negative where it is not worth another. */
export type AskAgainAfter = (asking: number, sinceFirstMs: number) => number;

/** Of a client that is in a mode, in a wrapper or in a transaction, in which its answers are none. */
export class OddAnswer extends Error {}

/** The error that says what came, and what should have. */
export function odd(client: string, command: string, answer: unknown, expected: string): OddAnswer {
  return new OddAnswer(`the client of ${client} answered ${command} with ${shown(answer)}: ${expected}`);
}

/**
 * An asking whose answer was lost may have claimed, so somebody has to find out, whatever is answered to later ones and
 * however late: the receiver, which has gone on after a second, gives up what is found then.
 */
export async function untilAnswered(
  ask: () => Promise<boolean>,
  failureOf: (error: unknown) => SqlFailure,
  askAgainAfter: AskAgainAfter,
): Promise<boolean> {
  const begunAt = performance.now();
  let mayBeOurs = false;
  for (let asking = 0; ; asking += 1) {
    let pauseMs: number;
    try {
      return await ask();
    } catch (error) {
      if (error instanceof OddAnswer) throw error;
      const failure = failureOf(error);
      mayBeOurs ||= failure === "lost";
      pauseMs = askAgainAfter(asking, performance.now() - begunAt);
      if (!(mayBeOurs || failure === "passing") || pauseMs < 0) throw error;
    }
    await new Promise<void>((resolve) => {
      const timer: unknown = setTimeout(resolve, pauseMs);
      // What is looked for is not worth keeping a process for.
      (timer as { unref?(): void }).unref?.();
    });
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
