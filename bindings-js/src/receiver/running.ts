/** How much of a receiver's work runs: requests, handlers in the background, claims that are late. */
export class Running {
  #count = 0;
  #waiting: (() => void)[] = [];

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0) for (const nothingRuns of this.#waiting.splice(0)) nothingRuns();
  }

  /** Resolves when nothing runs. */
  drained(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** What has work that may go on when its answers are given. */
export interface Drainable {
  /**
   * Resolves when nothing runs: no request, no handler in the background, no claim that is late. It stops no new requests and
   * has no limit of its own: call it once the server takes none.
   */
  drain(): Promise<void>;
}
