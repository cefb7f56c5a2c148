import { idleTimeout, quietly } from "./guarded.js";

/**
 * What is called once its time is up, unless it is cleared before. All that have the same time share a timer, because one for each
 * request took a sixth of a server's processor time. So it is not for platforms where a timer belongs to one request, and who
 * needs the asynchronous context of a request calls through a promise.
 */
export class Deadline {
  readonly #queue: Queue;
  readonly at: number;

  constructor(milliseconds: number, readonly call: () => void) {
    let queue = queues.get(milliseconds);
    if (!queue) queues.set(milliseconds, (queue = new Queue()));
    this.#queue = queue;
    this.at = performance.now() + milliseconds;
    queue.add(this, milliseconds);
  }

  clear(): void {
    this.#queue.remove(this);
  }
}

/** In the order in which they come, because all are of the same time. */
class Queue {
  readonly #waiting = new Set<Deadline>();
  #isArmed = false;

  add(deadline: Deadline, milliseconds: number): void {
    this.#waiting.add(deadline);
    if (!this.#isArmed) this.#arm(deadline.at, milliseconds);
  }

  remove(deadline: Deadline): void {
    this.#waiting.delete(deadline);
  }

  #arm(at: number, milliseconds: number): void {
    this.#isArmed = true;
    idleTimeout(() => this.#ring(at), milliseconds);
  }

  /** The time may stand still where tests ring timers. */
  #ring(at: number): void {
    this.#isArmed = false;
    const now = Math.max(at, performance.now());
    for (const deadline of this.#waiting) {
      if (deadline.at > now) return this.#arm(deadline.at, deadline.at - now);
      this.#waiting.delete(deadline);
      quietly(deadline.call);
    }
  }
}

/** By their time: receivers have few. */
const queues = new Map<number, Queue>();
