/**
 * Remembers which deliveries have been handled. Several receivers may share one; then each key is granted once for all of
 * them.
 */
export interface ReplayStore {
  /**
   * Claims a key, atomically: a token for who claims it first, `null` for everyone else.
   *
   * @param ttlMs how long the claim lives, in whole milliseconds: it is gone once it is that old.
   * @param windowMs how long it must live at least for no delivery to be accepted twice. What has no more room may forget
   * older claims, never younger ones.
   */
  claim(key: string, ttlMs: number, windowMs: number): Promise<string | null> | string | null;

  /** Gives a key free again, if it is still held by this token. */
  release(key: string, token: string): Promise<void> | void;
}
