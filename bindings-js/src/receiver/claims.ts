import { shown } from "../body.js";
import type { EngineReceiver, ReceiverFacts } from "../engine.js";
import type { Course } from "./course.js";
import type { Receiving } from "./telling.js";
import { isWellFormed } from "../text.js";
import { called, within } from "./guarded.js";
import { ACTION, RELEASE } from "./turn.js";

const UNAVAILABLE = "replay_store_unavailable";

interface Claim {
  readonly key: string;
  readonly ttlMs: number;
  readonly windowMs: number;
  readonly token: string;
}

/** Asks the store for the claim that the last turn asks for: the turn that its answer leads to. */
export function claimFor(receiving: Receiving, course: Course, exchange: number): Promise<number> | number {
  const { machine, settings } = receiving;
  const { key, ttlMs, windowMs } = claimOf(machine, exchange);
  let asked: unknown;
  try {
    asked = called<unknown>(() => settings.store?.claim(key, ttlMs, windowMs));
  } catch (cause) {
    return course.tellCause(UNAVAILABLE, "failed claim", cause);
  }
  return asked instanceof Promise ? awaited(receiving, course, exchange, asked) : judged(course, asked);
}

/** Gives back the claim that the last turn asks to release. It never rejects. */
export async function releaseFor({ machine, settings, facts }: Receiving, course: Course, exchange: number): Promise<number> {
  try {
    const { key, token } = claimOf(machine, exchange);
    const released = (async () => called(() => settings.store?.release(key, token)))();
    await within(released, facts.storeMs, () => {
      course.running.keep(course.lasting(released));
      return noAnswer(facts);
    });
  } catch (cause) {
    return course.tellCause(UNAVAILABLE, "not released", cause);
  }
  return course.tell("released");
}

async function awaited(receiving: Receiving, course: Course, exchange: number, asked: Promise<unknown>): Promise<number> {
  let isLate = false;
  let answer: unknown;
  try {
    answer = await within(asked, receiving.facts.storeMs, () => {
      isLate = true;
      return noAnswer(receiving.facts);
    });
  } catch (cause) {
    if (!isLate) return course.tellCause(UNAVAILABLE, "failed claim", cause);
    const turn = course.tellCause(UNAVAILABLE, "late claim", cause);
    course.running.keep(afterwards(receiving, course, exchange, asked));
    return turn;
  }
  return judged(course, answer);
}

/** Whatever comes of it later is told, too. Once it is given up nothing more is: the exchange is over, and its number another's. */
async function afterwards(receiving: Receiving, course: Course, exchange: number, asked: Promise<unknown>): Promise<void> {
  let isAbandoned = false;
  const comes = course.lasting(asked, () => (isAbandoned = true));
  const told = await comes.then(
    (answer) => judged(course, answer),
    (cause: unknown) => (isAbandoned ? course.tell("abandoned claim") : course.tellCause(UNAVAILABLE, "failed claim", cause)),
  );
  if ((told & ACTION) === RELEASE) await releaseFor(receiving, course, exchange);
}

/** What is neither text nor `null` is odd, and text that could not be given back as it came; of other text the core judges. */
function judged(course: Course, answer: unknown): number {
  if (answer === null) return course.tell("held");
  if (typeof answer === "string") return isWellFormed(answer) ? course.tell("granted", answer) : course.tell("odd claim", "text with unpaired surrogates");
  return course.tell("odd claim", shown(answer));
}

function claimOf(machine: EngineReceiver, exchange: number): Claim {
  return JSON.parse(machine.claimOf(exchange)) as Claim;
}

function noAnswer({ storeMs }: ReceiverFacts): Error {
  return new Error(`no answer within ${storeMs / 1_000} s`);
}
