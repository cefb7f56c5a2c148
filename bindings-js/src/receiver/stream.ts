import { kindOf } from "../body.js";
import { Bytes } from "./bytes.js";
import type { Internals } from "./internals.js";

/** Reads the body of a `Request`, no more of it than the limit allows. */
export async function readRequest(request: Request, internals: Internals, timeoutMs: number): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) throw internals.error("body_already_read", { reason: REMEDY });
  const body = new Bytes();
  if (request.body === null) return body.take();
  const reader = request.body.getReader();
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
    throw internals.error("body_timeout", { reason: GONE, cause });
  }
}

/** Of a `Request` of any realm or library: one that is something else is the caller's mistake. */
export function requestParts(request: Request): { method: string; headers: Headers } {
  const { method, headers } = (request ?? {}) as Partial<Request>;
  if (typeof method !== "string" || typeof headers !== "object" || !("body" in request)) {
    throw new TypeError(`request must be a Request, not ${kindOf(request)}: elsewhere verify takes the body and the headers`);
  }
  return { method, headers };
}

const REMEDY =
  "Something read the request's body before the receiver could: pass the request on unread, or request.clone() to what reads it first.";
export const GONE = "The client went away before the body was complete.";
