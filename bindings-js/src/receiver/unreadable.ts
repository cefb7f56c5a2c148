import type { Told } from "../engine.js";

/** Why there is no body: what the core is told of it, the remedy where a framework has one of its own, and what was thrown. */
export class Unreadable {
  readonly #isOurs = true;

  constructor(
    readonly told: Told & ("too large" | "late body" | "silent" | "gone" | "already read" | "not a request"),
    readonly reason?: string,
    readonly cause?: unknown,
  ) {}

  /** Not instanceof, which asks what was thrown, and that may be a proxy. */
  static is(thrown: unknown): thrown is Unreadable {
    return typeof thrown === "object" && thrown !== null && #isOurs in thrown;
  }
}
