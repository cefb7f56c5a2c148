/** How much work runs, of a receiver or of one request: requests, handlers in the background, claims and releases that are late, functions that are told. */
export class Running {
  #count = 0;
  #waiting: (() => void)[] | undefined;

  /** What runs of a part runs of the whole, too. */
  constructor(private readonly whole?: Running) {}

  begin(): void {
    this.#count += 1;
    this.whole?.begin();
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0 && this.#waiting) for (const nothingRuns of this.#waiting.splice(0)) nothingRuns();
    this.whole?.end();
  }

  /** Counts what goes on by itself until it has settled. */
  keep(work: Promise<unknown>): void {
    this.begin();
    void work.catch(() => {}).then(() => this.end());
  }

  /** Resolves when nothing runs. */
  drained(): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#waiting ??= []).push(resolve));
  }
}

/** What has work that may go on when its answers are given. */
export interface Drainable {
  /**
   * Resolves when nothing runs: no request, no handler in the background, no claim or release that is late, no function
   * that is told. It stops no new requests and has no limit of its own: call it once the server takes none.
   */
  drain(): Promise<void>;
}
