import { type HeaderNames, entriesOf, isFetchHeaders, pickHeaders, reading } from "../headers.js";

/**
 * Names and values of all headers, in turn: what else came with a delivery says who sent it. What is no headers is the caller's
 * mistake, as it is for `verify`, and of what verification does not read only texts are taken.
 */
export function allHeaders(headers: unknown, signature: HeaderNames): string[] {
  const kept = reading(() => listed(headers));
  pickHeaders(kept, signature, Infinity);
  return reading(() => entriesOf(kept as object)).flatMap(([name, value]) => textsOf(value).flatMap((text) => [name, text]));
}

/** An iterator gives what it has once. */
function listed(headers: unknown): unknown {
  if (typeof headers !== "object" || headers === null || isFetchHeaders(headers)) return headers;
  return Symbol.iterator in headers ? Array.from(headers as Iterable<unknown>) : headers;
}

function textsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((one) => typeof one === "string" || typeof one === "number").map(String);
}
