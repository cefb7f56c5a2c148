import { kindOf } from "./body.js";
import { lossless } from "./text.js";
import type { Text } from "./engine.js";

/** A request's headers, in any of the shapes frameworks hand them over in. */
export type HeadersLike =
  | { get(name: string): string | null; forEach(...arguments_: never[]): void }
  | Iterable<readonly [string, HeaderValue]>
  | { readonly [name: string]: HeaderValue };

export type HeaderValue = string | readonly string[] | null | undefined;

/** The values of the three headers, in the order of their names. */
export type Values = [Text | undefined, Text | undefined, Text | undefined];

/** Picks the values of three headers; `names` are in lower case. Whether they make sense is the core's to say. */
export function pickHeaders(headers: unknown, names: readonly string[], maxValueLength: number): Values {
  const values: (string | undefined)[] = [undefined, undefined, undefined];
  for (const [index, value] of read(headers, names)) {
    // A comma is how HTTP joins two values, and all the core has to see of them.
    values[index] = values[index] === undefined ? value.slice(0, maxValueLength) : ",";
  }
  return values.map((value) => (value === undefined ? value : lossless(value))) as Values;
}

/** The values of one header, joined as HTTP joins them; `name` is in lower case. */
export function joinedHeader(headers: unknown, name: string): string | undefined {
  const values = read(headers, [name]).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

/** Each value of each of these headers, with the index of its name. Whatever is no header is the caller's mistake. */
function read(headers: unknown, names: readonly string[]): [number, string][] {
  let found: [number, unknown][];
  try {
    found = find(headers, names);
  } catch (cause) {
    if (Mistake.is(cause)) throw new TypeError(cause.message);
    throw new TypeError("headers could not be read: reading them failed", { cause });
  }
  for (const [index, value] of found) {
    if (typeof value !== "string") {
      throw new TypeError(`the header ${names[index]} must be text, or an array of texts, not ${kindOf(value)}`);
    }
  }
  return found as [number, string][];
}

function find(headers: unknown, names: readonly string[]): [number, unknown][] {
  if (typeof headers !== "object" || headers === null) {
    throw new Mistake(`headers must be the request's headers, not ${kindOf(headers)}`);
  }
  const found: [number, unknown][] = [];
  const add = (index: number, value: unknown) => {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one !== undefined && one !== null) found.push([index, one]);
    }
  };
  if (isFetchHeaders(headers)) {
    names.forEach((name, index) => add(index, headers.get(name)));
  } else if (Symbol.iterator in headers) {
    for (const pair of headers as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string") {
        throw new Mistake("headers given as a list must be a list of pairs of a name and a value");
      }
      const index = indexOf(pair[0], names);
      if (index >= 0) add(index, pair[1]);
    }
  } else {
    refuseWhatHoldsHeaders(headers);
    for (const name of Object.keys(headers)) {
      const index = indexOf(name, names);
      if (index >= 0) add(index, (headers as Record<string, unknown>)[name]);
    }
  }
  return found;
}

/** The two mistakes whose headers would be taken to be missing, and the sender to be wrong. */
function refuseWhatHoldsHeaders(headers: object): void {
  if (typeof (headers as { then?: unknown }).then === "function") {
    throw new Mistake("headers must be the request's headers, not a promise: await it");
  }
  const { headers: inner } = headers as { headers?: unknown };
  if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
    throw new Mistake("headers must be the request's headers, not the request: pass request.headers");
  }
}

/** Of any realm or library: a Map has no such tag. `get` joins repeated headers by a comma. */
function isFetchHeaders(headers: object): headers is { get(name: string): unknown } {
  return (headers as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === "Headers" && "get" in headers;
}

function indexOf(name: string, names: readonly string[]): number {
  return names.findIndex((known) => known === name || (known.length === name.length && equalsInAscii(name, known)));
}

/** Without regard to case, but for ASCII only: toLowerCase makes a "k" of the Kelvin sign, too. */
function equalsInAscii(name: string, lowerCase: string): boolean {
  return name.toLowerCase() === lowerCase && /^[\x00-\x7f]*$/.test(name);
}

/** A caller's, found while the caller's own objects are being read, whose errors are reported in another way. */
class Mistake extends Error {
  readonly #isOurs = true;

  /** Not instanceof, which asks what was thrown, and that may be a proxy. */
  static is(thrown: unknown): thrown is Mistake {
    return typeof thrown === "object" && thrown !== null && #isOurs in thrown;
  }
}
