import { kindOf } from "../body.js";
import { Bytes } from "./bytes.js";
import { idleTimeout, quietly, within } from "./guarded.js";
import { mistakeOf } from "./shapes.js";
import { Unreadable } from "./unreadable.js";

/** A `Request`, of whatever library: hosts' own types for it differ. */
export interface RequestLike {
  readonly method: string;
  readonly headers: { get(name: string): string | null; forEach(...callbacks: never[]): void };
  readonly bodyUsed: boolean;
  readonly body: unknown;
}

/**
 * Reads the body of a `Request`, no more of it than the limit allows. Never by `arrayBuffer()`, which takes all that comes: the
 * `Content-Length` of a `Request` is a claim of whoever made it, and no platform compares it with a stream it was given.
 */
export async function readRequest(request: RequestLike, atMost: number, timeoutMs: number, leftoverMs: number): Promise<Uint8Array> {
  const stream = streamOf(request);
  if (request.bodyUsed || stream?.locked) throw new Unreadable("already read", REMEDY);
  if (!stream) return new Uint8Array();
  if (typeof stream.getReader !== "function") {
    throw new Unreadable("not a request", `The request's body is ${kindOf(stream)} instead of a ReadableStream: pass on the platform's own Request, unread.`);
  }
  const reader = stream.getReader();
  const body = new Bytes(atMost);
  try {
    await within(collect(reader, body), timeoutMs, () => (body.length === 0 ? new Unreadable("silent", REMEDY) : new Unreadable("late body")));
    if (isCut(request, body.length)) throw new Unreadable("gone");
    return body.take();
  } catch (refusal) {
    // SvelteKit and React Router end the connection when the body is cancelled, so the answer must have gone out.
    idleTimeout(() => quietly(() => reader.cancel()), leftoverMs);
    throw refusal;
  }
}

/** Hono's server for Node ends the stream of a client that has gone as if it were complete. */
function isCut(request: RequestLike & { readonly signal?: { readonly aborted?: unknown } | null }, bytes: number): boolean {
  return Number(request.headers.get("content-length") ?? NaN) !== bytes && request.signal?.aborted === true;
}

async function collect(reader: ReadableStreamDefaultReader<unknown>, body: Bytes): Promise<void> {
  for (;;) {
    let read: ReadableStreamReadResult<unknown>;
    try {
      read = await reader.read();
    } catch (cause) {
      throw new Unreadable(isLimit(cause) ? "too large" : "gone", undefined, cause);
    }
    if (read.done) return;
    body.add(read.value);
  }
}

/** A framework's own limit, such as SvelteKit's. */
function isLimit(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && (cause as { status?: unknown }).status === TOO_LARGE;
}

const TOO_LARGE = 413;

function streamOf({ body }: RequestLike): ReadableStream<unknown> | null {
  return body as ReadableStream<unknown> | null;
}

/** Of a `Request` of any realm or library: one that is something else is the caller's mistake. */
export function requestParts(request: RequestLike): Pick<RequestLike, "method" | "headers"> {
  const mistake = mistakeOf(request, "a Request", "verifyRequest");
  if (mistake !== undefined) throw new TypeError(mistake);
  const { method, headers } = request;
  return { method, headers };
}

export const REMEDY =
  "Something read the request's body before the receiver could: pass the request on unread, or request.clone() to what reads it first.";
