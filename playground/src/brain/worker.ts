/** The brain in a thread of its own, so that a large body does not freeze the page. */
import { type Brain, brain } from "./brain.ts";

export interface Question {
  readonly id: number;
  readonly name: keyof Brain;
  readonly given: readonly unknown[];
}

export type Answer = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly sentence: string };

export function startWorker(): void {
  addEventListener("message", ({ data: { id, name, given } }: MessageEvent<Question>) => postMessage(answer(id, name, given)));
}

function answer(id: number, name: keyof Brain, given: readonly unknown[]): Answer {
  try {
    return { id, value: Reflect.apply(brain[name], undefined, given) };
  } catch (error) {
    return { id, sentence: (error as Error).message };
  }
}
