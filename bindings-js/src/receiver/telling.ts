import type { Delivery } from "../delivery.js";
import type { EngineReceiver, Notice, ReceiverFacts, Told } from "../engine.js";
import { own } from "../own.js";
import type { Exchange } from "./exchange.js";
import { quietly, textOf, within } from "./guarded.js";
import type { AnyHandler } from "./handlers.js";
import type { Core, Internals } from "./internals.js";
import { outcomeOf } from "./observers.js";
import { Running } from "./running.js";
import { log, type Settings } from "./settings.js";
import { HAS_NOTICES } from "./turn.js";
import type { AnyFindWebhook } from "./webhook-source.js";

/** What is the same for each request that one engine judges. */
export interface Receiving {
  readonly core: Core;
  readonly machine: EngineReceiver;
  readonly facts: ReceiverFacts;
  readonly settings: Settings;
  readonly functions: readonly AnyHandler[];
  readonly running: Running;
  /** The webhook, or what finds the one of a request. */
  readonly webhook: Internals | AnyFindWebhook;
  /** The same receiver, over the engine of a webhook that was found. */
  over(core: Core): Receiving;
}

/** One exchange with the core's machine: what happens is told, and what the machine says of it is logged and told to users. */
export class Telling {
  protected number = NONE;
  protected delivery: Delivery | undefined;
  /** What a code's cause was, for `onError`. */
  protected causes: Map<string, unknown> | undefined;
  /** What `drain` waits for; one of its own where the platform waits, too. */
  readonly running: Running;
  readonly #begunAt: number;
  #isKeptAlive = false;

  constructor(
    protected receiving: Receiving,
    protected readonly exchange: Exchange,
  ) {
    this.running = own(exchange, "waitUntil") ? new Running(receiving.running) : receiving.running;
    this.#begunAt = receiving.settings.onOutcome ? performance.now() : 0;
  }

  protected begin(method: string, contentEncoding?: string, contentLength?: string): number {
    return this.numbered(this.receiving.machine.tellHead(method, contentEncoding, contentLength));
  }

  protected numbered(told: number): number {
    this.number = Math.floor(told / TWO_TO_THE_32);
    return this.noted(told >>> 0);
  }

  /** Tells, and gives the turn. */
  tell(what: Told, text?: string, cause?: string): number {
    return this.noted(this.receiving.machine.tell(this.number, what, text, cause));
  }

  /** Keeps what was thrown for `onError`, and tells it as text. */
  tellCause(code: string, what: Told, cause: unknown, text?: string): number {
    (this.causes ??= new Map()).set(code, cause);
    return this.tell(what, text, cause === undefined ? undefined : textOf(cause, what === "failed" || what === "fault" ? "stack" : "message"));
  }

  /** Logs what a turn says, and tells `onError` and `onOutcome`. */
  noted(turn: number): number {
    if (turn & HAS_NOTICES) {
      const notices = JSON.parse(this.receiving.machine.takeNotices(this.number)) as Notice[];
      // What a notice does not say, nothing that every object inherits says for it.
      for (const notice of notices) this.report(Object.setPrototypeOf(notice, null) as Notice);
    }
    return turn;
  }

  protected report(notice: Notice): void {
    const { core, settings } = this.receiving;
    const { level, line, code, status, message, outcome } = notice;
    const { logger, onError, onOutcome } = settings;
    const request = this.exchange.passed[0];
    const itselfFailed = (name: string) => (cause: unknown) => log(logger, "error", `${name} itself failed (${textOf(cause)})`);
    if (line !== undefined) log(logger, level, line);
    if (code !== undefined && onError) {
      const error = core.error({ code, message, ...(status === undefined ? {} : { status }) }, this.causes?.get(code));
      const delivery = this.delivery ?? null;
      this.#keep(quietly(() => onError(error, { delivery, event: delivery && delivery.event, request }), itselfFailed("onError")));
    }
    if (outcome !== undefined && onOutcome) {
      const told = outcomeOf(notice, performance.now() - this.#begunAt, request);
      this.#keep(quietly(() => onOutcome(told), itselfFailed("onOutcome")));
    }
  }

  /** What is told may go on after the answer, as what keeps a delivery that failed does. */
  #keep(told: Promise<unknown> | undefined): void {
    if (!told) return;
    this.keepAlive();
    this.running.keep(this.lasting(told));
  }

  /** Waits for what outlasts the answer, as long as the core and the platform allow. */
  lasting<T>(work: Promise<T>, giveUp: () => unknown = () => undefined): Promise<T> {
    const { lateClaimMs } = this.receiving.facts;
    const remainingMs = own(this.exchange, "remainingMs");
    return within(work, Math.min(lateClaimMs, remainingMs?.() ?? lateClaimMs), giveUp, remainingMs === undefined);
  }

  /** The platform gets a promise of its own, because what it does to one decides what comes of waiting for it. */
  protected keepAlive(): void {
    const waitUntil = own(this.exchange, "waitUntil");
    if (!waitUntil || this.#isKeptAlive) return;
    this.#isKeptAlive = true;
    quietly(
      () => waitUntil(this.running.drained()),
      (cause) => log(this.receiving.settings.logger, "warn", `waitUntil failed, so the platform may end a handler before it is done (${textOf(cause)})`),
    );
  }
}

/** The number of an exchange that has not begun. */
export const NONE = -1;
const TWO_TO_THE_32 = 2 ** 32;
