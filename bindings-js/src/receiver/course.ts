import { isUint8Array, kindOf } from "../body.js";
import type { Delivery } from "../delivery.js";
import type { Answer, EngineMemory, EngineReceiver, Notice, ReceiverFacts, Told } from "../engine.js";
import { type HeadersLike } from "../headers.js";
import { claimFor, releaseFor } from "./claims.js";
import { called, quietly, textOf } from "./guarded.js";
import type { AnyHandler } from "./handlers.js";
import type { Head, Internals } from "./internals.js";
import { log, type Settings } from "./settings.js";
import { ACTION, CLAIM, HANDLE, HAS_NOTICES, READ_BODY, RELEASE, answerOf, routeOf } from "./turn.js";
import { Unreadable } from "./unreadable.js";

/** One request, as a framework shows it. */
export interface Exchange {
  /** Why it is no request at all. */
  readonly mistake?: string;
  readonly method: string;
  readonly headers: HeadersLike;
  /** Reads the body, judging its length as it comes; throws `Unreadable`. */
  read(atMost: number, timeoutMs: number): Promise<string | Uint8Array> | string | Uint8Array;
  /** Keeps the platform from ending what runs after the answer. */
  waitUntil?: ((promise: Promise<unknown>) => unknown) | undefined;
  /** What the framework hands over beside the request; handlers get it, too. */
  readonly rest: readonly unknown[];
}

/** What is the same for each request. */
export interface Receiving {
  readonly internals: Internals;
  readonly settings: Settings;
  readonly machine: EngineReceiver;
  /** Where the store is one in the engine's memory. */
  readonly memory: EngineMemory | undefined;
  readonly facts: ReceiverFacts;
  readonly functions: readonly AnyHandler[];
}

/**
 * One request's course: it tells the core's machine what happens and does what the machine's turns say. It decides nothing; what
 * goes wrong in here is told as a fault.
 */
export class Course {
  readonly #receiving: Receiving;
  readonly #exchange: Exchange;
  #number = -1;
  #delivery: Delivery | undefined;
  /** What a code's cause was, for `onError`. */
  #causes: Map<string, unknown> | undefined;

  constructor(receiving: Receiving, exchange: Exchange) {
    this.#receiving = receiving;
    this.#exchange = exchange;
  }

  /** What to answer. It never rejects. */
  async run(): Promise<Answer> {
    try {
      const { internals } = this.#receiving;
      const head = this.#head();
      let turn = typeof head === "number" ? head : this.#found(head);
      if (typeof head === "number" || (turn & ACTION) !== READ_BODY) return this.#answer(turn);
      const read = await this.#read();
      if ("turn" in read) return this.#answer(read.turn);
      const { content } = read;
      turn = this.noted(internals.tellBody(this.#receiving.machine, this.#number, content, head, Date.now()));
      const action = turn & ACTION;
      if (action !== CLAIM && action !== HANDLE) return this.#answer(turn);
      this.#delivery = internals.delivery(turn, content, head);
      const concluded = this.#conclude(turn);
      // Where the platform ends what runs for a client that has gone, the event would count as handled.
      if (!this.#receiving.settings.background) this.#keepAlive(concluded);
      return await concluded;
    } catch (fault) {
      return this.#answer(await this.#faulted(fault));
    }
  }

  /** Tells, and gives the turn. */
  tell(what: Told, text?: string, cause?: string): number {
    return this.noted(this.#receiving.machine.tell(this.#number, what, text, cause));
  }

  /** Keeps what was thrown for `onError`, and tells it as text. */
  tellCause(code: string, what: Told, cause: unknown, text?: string): number {
    (this.#causes ??= new Map()).set(code, cause);
    return this.tell(what, text, cause === undefined ? undefined : textOf(cause, code === "handler_failed" || code === "internal" ? "stack" : "message"));
  }

  #head(): Head | number {
    const { internals, machine } = this.#receiving;
    try {
      const { mistake, method, headers } = this.#exchange;
      if (mistake !== undefined) throw new TypeError(mistake);
      if (typeof method !== "string") throw new TypeError(`a request's method must be text, not ${kindOf(method)}`);
      return internals.head(headers);
    } catch (mistake) {
      this.#numbered(machine.tellHead("POST", undefined, undefined));
      return this.tell("not a request", textOf(mistake));
    }
  }

  #found({ values, contentEncoding, contentLength }: Head): number {
    const { internals, machine } = this.#receiving;
    const { method } = this.#exchange;
    return this.#numbered(
      machine.tellWebhook(-1, internals.webhook, method, contentEncoding, contentLength, values[0], values[1], Date.now()),
    );
  }

  #numbered(told: number): number {
    this.#number = Math.floor(told / TWO_TO_THE_32);
    return this.noted(told >>> 0);
  }

  async #read(): Promise<{ content: string | Uint8Array } | { turn: number }> {
    const { internals, facts } = this.#receiving;
    try {
      const content: unknown = await this.#exchange.read(internals.atMost, facts.bodyMs);
      if (typeof content === "string" || isUint8Array(content)) return { content };
      throw new Unreadable("already read", `The body is ${kindOf(content)} instead of text or bytes: something parsed it before the receiver could.`);
    } catch (thrown) {
      if (!Unreadable.is(thrown)) throw thrown;
      const code = thrown.told === "already read" ? "body_already_read" : "body_timeout";
      return { turn: this.tellCause(code, thrown.told, thrown.cause, thrown.reason) };
    }
  }

  /** From the claim on. In the background the answer does not wait for the handler. */
  async #conclude(turn: number): Promise<Answer> {
    try {
      if ((turn & ACTION) === CLAIM) {
        const claimed = claimFor(this.#receiving, this, this.#number);
        turn = typeof claimed === "number" ? claimed : await claimed;
      }
      if ((turn & ACTION) !== HANDLE) return this.#answer(turn);
      const handled = this.#handle(turn);
      if (answerOf(turn) === 0) return this.#answer(await handled);
      this.#keepAlive(handled);
      return this.#answer(turn);
    } catch (fault) {
      return this.#answer(await this.#faulted(fault));
    }
  }

  /** It never rejects. */
  async #handle(turn: number): Promise<number> {
    try {
      const ended = await this.#called(turn);
      return (ended & ACTION) === RELEASE ? await releaseFor(this.#receiving, this, this.#number) : ended;
    } catch (fault) {
      return await this.#faulted(fault);
    }
  }

  async #called(turn: number): Promise<number> {
    const { facts, functions, settings } = this.#receiving;
    const delivery = this.#delivery as Delivery;
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      const handler = functions[routeOf(turn)] as AnyHandler;
      const given = called(() => handler(delivery.event, delivery, ...this.#exchange.rest));
      if (given instanceof Promise) {
        if (!settings.background) timer = setTimeout(() => this.tell("slow"), facts.slowHandlerMs);
        await given;
      }
    } catch (cause) {
      return this.tellCause("handler_failed", "failed", cause);
    } finally {
      clearTimeout(timer);
    }
    return this.noted(this.#receiving.machine.tellHandled(this.#number));
  }

  async #faulted(fault: unknown): Promise<number> {
    try {
      if (this.#number < 0) this.#numbered(this.#receiving.machine.tellHead("POST", undefined, undefined));
      const turn = this.tellCause("internal", "fault", fault);
      return (turn & ACTION) === RELEASE ? await releaseFor(this.#receiving, this, this.#number) : turn;
    } catch {
      return 0; // The machine itself is broken.
    }
  }

  /** A turn without an answer is a fault, and so never an acceptance. */
  #answer(turn: number): Answer {
    const { answers } = this.#receiving.internals.constants;
    return answers[answerOf(turn) - 1] ?? (answers.at(-1) as Answer);
  }

  /** Logs what a turn says, and tells `onError`. */
  noted(turn: number): number {
    if (!(turn & HAS_NOTICES)) return turn;
    const { internals, machine, settings } = this.#receiving;
    for (const { level, line, code, status, message } of JSON.parse(machine.takeNotices(this.#number)) as Notice[]) {
      log(settings.logger, level, line);
      if (code === undefined || !settings.onError) continue;
      const error = internals.error({ code, message, ...(status === undefined ? {} : { status }) }, this.#causes?.get(code));
      quietly(
        () => settings.onError?.(error),
        () => log(settings.logger, "error", "onError itself failed"),
      );
    }
    return turn;
  }

  /** The platform gets a promise of its own, because what it does to one decides what comes of waiting for it. */
  #keepAlive(work: Promise<unknown>): void {
    const { waitUntil } = this.#exchange;
    if (!waitUntil) return;
    const done = work.then(() => undefined);
    quietly(
      () => waitUntil(done),
      (cause) => log(this.#receiving.settings.logger, "warn", `waitUntil failed, so the platform may end a handler before it is done (${textOf(cause)})`),
    );
  }
}

const TWO_TO_THE_32 = 2 ** 32;
