/** The page's side of the worker. */
import type { Brain } from "./brain.ts";
import type { Answer, Question } from "./worker.ts";

interface Waiting {
  readonly question: Question;
  resolve(value: never): void;
  reject(reason: Error): void;
}

/** Rejects with an `Error` whose message is a sentence for the page. */
export class Asker {
  readonly #script: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #asked = 0;

  constructor(script: string) {
    this.#script = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  }

  ask<Name extends keyof Brain>(name: Name, ...given: Parameters<Brain[Name]>): Promise<ReturnType<Brain[Name]>> {
    return new Promise((resolve, reject) => {
      const question = { id: ++this.#asked, name, given };
      this.#waiting.set(question.id, { question, resolve, reject });
      this.#running().postMessage(question);
    });
  }

  /** Stops what is being found out of a delivery, of which nobody wants to know any more. Everything else is asked again. */
  forget(): void {
    const stale = [...this.#waiting.values()].filter(({ question: { name } }) => name === "judge" || name === "diagnose");
    for (const { question } of stale) this.#waiting.delete(question.id);
    if (stale.some(({ question: { name } }) => name === "diagnose")) {
      this.#worker?.terminate();
      this.#worker = undefined;
      for (const { question } of this.#waiting.values()) this.#running().postMessage(question);
    }
    for (const { reject } of stale) reject(new Forgotten());
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#script);
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => this.#take(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#worker = undefined;
      const reason = new Error(`This browser does not run the page's WebAssembly. ${event.message ?? ""}`.trim());
      const waiting = [...this.#waiting.values()];
      this.#waiting.clear();
      for (const { reject } of waiting) reject(reason);
    });
    return (this.#worker = worker);
  }

  #take(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("sentence" in answer) waiting?.reject(new Error(answer.sentence));
    else waiting?.resolve(answer.value as never);
  }
}

/** Something newer was asked. */
export class Forgotten extends Error {}
