import { kindOf } from "../body.js";
import { Bytes } from "./bytes.js";
import type { Head, Internals } from "./internals.js";

/** A `Request`, of whatever library: hosts' own types for it differ. */
export interface RequestLike {
  readonly method: string;
  readonly headers: { get(name: string): string | null; forEach(...callbacks: never[]): void };
  readonly bodyUsed: boolean;
  readonly body: unknown;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Reads the body of a `Request`, no more of it than the limit allows. */
export function readRequest(request: RequestLike, head: Head, internals: Internals, timeoutMs: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw internals.error("body_already_read", { reason: REMEDY });
  // Where the length is known and was judged, the platform's own way: several times faster than streams are.
  const isBounded = head.contentLength !== undefined && request.headers.get("transfer-encoding") === null;
  return isBounded ? readWhole(request, internals, timeoutMs) : readStream(request, internals, timeoutMs);
}

async function readWhole(request: RequestLike, internals: Internals, timeoutMs: number): Promise<Uint8Array> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(internals.error("body_timeout")), timeoutMs);
  });
  try {
    return new Uint8Array(await Promise.race([late, request.arrayBuffer()]));
  } catch (cause) {
    if (internals.isError(cause)) throw cause;
    throw streamOf(request)?.locked ? internals.error("body_already_read", { reason: REMEDY, cause }) : gone(internals, cause);
  } finally {
    clearTimeout(timer);
  }
}

async function readStream(request: RequestLike, internals: Internals, timeoutMs: number): Promise<Uint8Array> {
  const stream = streamOf(request);
  if (stream?.locked) throw internals.error("body_already_read", { reason: REMEDY });
  const body = new Bytes();
  if (!stream) return body.take();
  const reader = stream.getReader();
  let isLate = false;
  // A read that waits ends with its stream. No race of promises: each lost one would stay until the time is up.
  const timer = setTimeout(() => {
    isLate = true;
    reader.cancel().catch(() => {});
  }, timeoutMs);
  try {
    for (;;) {
      const { done, value } = await next(reader, internals);
      if (isLate) throw internals.error("body_timeout");
      if (done) return body.take();
      internals.checkBodyLength(body.length + value.length);
      body.add(value);
    }
  } catch (refusal) {
    reader.cancel().catch(() => {});
    throw refusal;
  } finally {
    clearTimeout(timer);
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>, internals: Internals) {
  try {
    return await reader.read();
  } catch (cause) {
    throw gone(internals, cause);
  }
}

function streamOf({ body }: RequestLike): ReadableStream<Uint8Array> | null {
  return body as ReadableStream<Uint8Array> | null;
}

function gone(internals: Internals, cause: unknown) {
  return internals.error("body_timeout", { reason: GONE, cause });
}

/** Of a `Request` of any realm or library: one that is something else is the caller's mistake. */
export function requestParts(request: RequestLike): Pick<RequestLike, "method" | "headers"> {
  const { method, headers } = (request ?? {}) as Partial<RequestLike>;
  if (typeof method !== "string" || typeof headers?.get !== "function" || !("body" in request)) {
    throw new TypeError(`request must be a Request, not ${kindOf(request)}: elsewhere verify takes the body and the headers`);
  }
  return { method, headers };
}

const REMEDY =
  "Something read the request's body before the receiver could: pass the request on unread, or request.clone() to what reads it first.";
export const GONE = "The client went away before the body was complete.";
