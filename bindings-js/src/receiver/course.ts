import { isUint8Array, kindOf } from "../body.js";
import type { Delivery } from "../delivery.js";
import type { Answer, Failure } from "../engine.js";
import type { HeadersLike, Values } from "../headers.js";
import { own } from "../own.js";
import { claimFor, releaseFor } from "./claims.js";
import { timeBy } from "./clock.js";
import { called, textOf, within } from "./guarded.js";
import type { AnyHandler } from "./handlers.js";
import { type Internals, checkDiagnosis } from "./internals.js";
import { NONE, Telling } from "./telling.js";
import { ACTION, CLAIM, FIND_WEBHOOK, HANDLE, READ_BODY, RELEASE, answerOf, routeOf } from "./turn.js";
import { Unreadable } from "./unreadable.js";
import { type AnyFindWebhook, findWith } from "./webhook-source.js";

/**
 * One request's course: it tells the core's machine what happens and does what the machine's turns say. It decides nothing; what
 * goes wrong in here is told as a fault.
 */
export class Course extends Telling {
  #webhook: Internals | undefined;
  #values: Values | undefined;

  /** Decides what to answer, and gives that. What is there already is not waited for, because that takes time, too. */
  async run<Given>(give: (answer: Answer) => Given): Promise<Given> {
    const { webhook } = this.receiving;
    let answer: Answer;
    this.running.begin();
    try {
      let turn = typeof webhook === "function" ? await this.#find(webhook) : this.#judge(webhook);
      if ((turn & ACTION) === READ_BODY) {
        try {
          const read = this.exchange.read((this.#webhook as Internals).atMost, this.receiving.facts.bodyMs, this.receiving.core.constants.leftoverMs);
          turn = this.#verify(read instanceof Promise ? await read : read);
        } catch (thrown) {
          turn = this.#unread(thrown);
        }
      }
      const action = turn & ACTION;
      // Where the platform ends what runs for a client that has gone, the event would count as handled.
      if (action === CLAIM || action === HANDLE) this.keepAlive();
      if (action === CLAIM) {
        const claimed = claimFor(this.receiving, this, this.number);
        turn = typeof claimed === "number" ? claimed : await claimed;
      }
      if ((turn & ACTION) === HANDLE) {
        const handled = this.#handle(turn);
        if (answerOf(turn) === 0) turn = typeof handled === "number" ? handled : await handled;
        else if (typeof handled !== "number") this.running.keep(handled);
      }
      answer = this.#answer(turn);
    } catch (fault) {
      answer = this.#answer(await this.#faulted(fault));
    } finally {
      this.running.end();
    }
    return give(answer);
  }

  async #find(find: AnyFindWebhook): Promise<number> {
    const { core, machine, facts, over, settings } = this.receiving;
    const head = this.#headers((headers) => core.head(headers));
    if (typeof head === "number") return head;
    const turn = this.begin(this.exchange.method, head[0], head[1]);
    if ((turn & ACTION) !== FIND_WEBHOOK) return turn;
    let isLate = false;
    let webhook: Internals | null;
    try {
      const found = findWith(find, this.exchange.passed);
      const late = () => ((isLate = true), new Error(`no answer within ${facts.webhookMs / 1_000} s`));
      webhook = found instanceof Promise ? await within(found, facts.webhookMs, late) : found;
      if (webhook) checkDiagnosis(webhook, settings);
    } catch (cause) {
      return this.tellCause("webhook_unavailable", isLate ? "late webhook" : "failed webhook", cause);
    }
    if (webhook === null) return this.tell("unknown webhook");
    if (webhook.core !== core) {
      // Its own engine judges the request from the start. What this one knows of it ends here, and nobody is told.
      this.receiving = over(webhook.core);
      machine.tell(this.number, "unknown webhook");
      machine.takeNotices(this.number);
      this.number = NONE;
    }
    return this.#judge(webhook);
  }

  /** By the webhook; begins, too, what has not begun. */
  #judge(webhook: Internals): number {
    const { machine, settings } = this.receiving;
    const { method } = this.exchange;
    const values = this.#headers((headers) => webhook.values(headers));
    if (typeof values === "number") return values;
    const [timestamp, signature, nonce, coding, length, names] = values;
    let now: number;
    try {
      now = timeBy(settings.clock);
    } catch (cause) {
      const turn = this.number === NONE ? this.begin(method, coding, length) : FIND_WEBHOOK;
      return (turn & ACTION) === FIND_WEBHOOK ? this.tellCause("internal", "no time", cause) : turn;
    }
    this.#webhook = webhook;
    this.#values = values;
    return this.numbered(machine.tellWebhook(this.number, webhook.webhook, method, coding, length, timestamp, signature, nonce, now, names));
  }

  /** What is picked of the headers; of what is no request, the turn. */
  #headers(pick: (headers: HeadersLike) => Values): Values | number {
    const { method, headers } = this.exchange;
    const mistake = own(this.exchange, "mistake");
    try {
      if (mistake !== undefined) throw new TypeError(mistake);
      if (typeof method !== "string") throw new TypeError(`a request's method must be text, not ${kindOf(method)}`);
      return pick(headers);
    } catch (mistake) {
      if (this.number === NONE) this.begin("POST");
      return this.tell("not a request", textOf(mistake));
    }
  }

  #verify(content: unknown): number {
    const { core, machine, settings } = this.receiving;
    if (typeof content !== "string" && !isUint8Array(content)) {
      throw new Unreadable("already read", `The body is ${kindOf(content)} instead of text or bytes: something parsed it before the receiver could.`);
    }
    let now: number;
    try {
      now = timeBy(settings.clock);
    } catch (cause) {
      return this.tellCause("internal", "no time", cause);
    }
    const turn = core.tellBody(machine, this.number, content, now);
    const action = turn & ACTION;
    // Before anybody is told: users' functions may verify by this webhook, too.
    if (action === CLAIM || action === HANDLE) this.delivery = core.delivery(machine, turn, content, this.#values as Values);
    return this.noted(turn);
  }

  #unread(thrown: unknown): number {
    if (!Unreadable.is(thrown)) throw thrown;
    const { told, reason, cause } = thrown;
    return this.tellCause(this.receiving.core.constants.unreadable[told] as string, told, cause, reason);
  }

  /** It neither throws nor rejects. */
  #handle(turn: number): Promise<number> | number {
    const { machine, functions } = this.receiving;
    try {
      const delivery = this.delivery as Delivery;
      const handler = functions[routeOf(turn)] as AnyHandler;
      const { event } = delivery;
      let given: unknown;
      try {
        given = called(() => handler(event, delivery, ...this.exchange.passed));
      } catch (cause) {
        return this.#failed(cause);
      }
      return given instanceof Promise ? this.#handled(given, answerOf(turn) === 0) : this.noted(machine.tellHandled(this.number));
    } catch (fault) {
      return this.#faulted(fault);
    }
  }

  async #handled(given: Promise<unknown>, isAwaited: boolean): Promise<number> {
    const { machine, facts } = this.receiving;
    const timer = isAwaited ? setTimeout(() => this.tell("slow"), facts.slowHandlerMs) : undefined;
    try {
      await given;
    } catch (cause) {
      return await this.#failed(cause);
    } finally {
      clearTimeout(timer);
    }
    try {
      return this.noted(machine.tellHandled(this.number));
    } catch (fault) {
      return await this.#faulted(fault);
    }
  }

  async #failed(cause: unknown): Promise<number> {
    try {
      return await this.#released(this.tellCause("handler_failed", "failed", cause));
    } catch (fault) {
      return await this.#faulted(fault);
    }
  }

  async #faulted(fault: unknown): Promise<number> {
    try {
      if (this.number === NONE) this.begin("POST");
      return await this.#released(this.tellCause("internal", "fault", fault));
    } catch {
      return 0; // The machine itself is broken.
    }
  }

  async #released(turn: number): Promise<number> {
    return (turn & ACTION) === RELEASE ? await releaseFor(this.receiving, this, this.number) : turn;
  }

  /** A turn without an answer is a fault of the machine itself, and so never an acceptance. */
  #answer(turn: number): Answer {
    const { answers, codes } = this.receiving.core.constants;
    const answer = answers[answerOf(turn) - 1];
    if (answer) return answer;
    const { code, status = 500, message } = codes["internal"] as Failure;
    const cause = this.causes?.has(code) ? textOf(this.causes.get(code), "stack") : "the engine was started anew while the request was under way";
    this.report({ level: "error", outcome: "refused", code, status, message, line: `${code}: ${message} (${cause})` });
    return answers.at(-1) as Answer;
  }
}
