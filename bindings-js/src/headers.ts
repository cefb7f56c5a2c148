import { kindOf } from "./body.js";

/** A request's headers, in any of the shapes frameworks hand them over in. */
export type HeadersLike =
  | { get(name: string): string | null; forEach(...arguments_: never[]): void }
  | Iterable<readonly [string, HeaderValue]>
  | { readonly [name: string]: HeaderValue };

export type HeaderValue = string | readonly string[] | null | undefined;

/** The values of the three headers, in the order of their names. */
export type Values = [string | undefined, string | undefined, string | undefined];

/** Picks the values of three headers; `names` are in lower case. Whether they make sense is the core's to say. */
export function pickHeaders(headers: unknown, names: readonly string[], maxValueLength: number): Values {
  const values: Values = [undefined, undefined, undefined];
  read(headers, names, (index, value) => {
    // A comma is how HTTP joins two values, and all the core has to see of them.
    values[index] = values[index] === undefined ? value.slice(0, maxValueLength) : ",";
  });
  return values;
}

/** The values of one header, joined as HTTP joins them; `name` is in lower case. */
export function joinedHeader(headers: unknown, name: string): string | undefined {
  let joined: string | undefined;
  read(headers, [name], (_, value) => {
    joined = joined === undefined ? value : `${joined}, ${value}`;
  });
  return joined;
}

type Put = (index: number, value: string) => void;

/** Shows each value of each of these headers, with the index of its name. Whatever is no header is the caller's mistake. */
function read(headers: unknown, names: readonly string[], put: Put): void {
  try {
    walk(headers, names, put);
  } catch (cause) {
    if (Mistake.is(cause)) throw new TypeError(cause.message);
    throw new TypeError("headers could not be read: reading them failed", { cause });
  }
}

function walk(headers: unknown, names: readonly string[], put: Put): void {
  if (typeof headers !== "object" || headers === null) {
    throw new Mistake(`headers must be the request's headers, not ${kindOf(headers)}`);
  }
  if (isFetchHeaders(headers)) {
    for (let index = 0; index < names.length; index += 1) {
      const name = names[index] as string;
      add(name, index, headers.get(name), put);
    }
  } else if (Symbol.iterator in headers) {
    for (const pair of headers as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string") {
        throw new Mistake("headers given as a list must be a list of pairs of a name and a value");
      }
      const index = indexOf(pair[0], names);
      if (index >= 0) add(names[index], index, pair[1], put);
    }
  } else {
    refuseWhatHoldsHeaders(headers);
    for (const name of Object.keys(headers)) {
      const index = indexOf(name, names);
      if (index >= 0) add(names[index], index, (headers as Record<string, unknown>)[name], put);
    }
  }
}

function add(name: string | undefined, index: number, value: unknown, put: Put): void {
  if (typeof value === "string") put(index, value);
  else if (Array.isArray(value)) for (const one of value as unknown[]) addOne(name, index, one, put);
  else addOne(name, index, value, put);
}

function addOne(name: string | undefined, index: number, value: unknown, put: Put): void {
  if (value === undefined || value === null) return;
  if (typeof value !== "string") {
    throw new Mistake(`the header ${name} must be text, or an array of texts, not ${kindOf(value)}`);
  }
  put(index, value);
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

/** By their lengths alone nearly all other headers are passed over. */
function indexOf(name: string, names: readonly string[]): number {
  for (let index = 0; index < names.length; index += 1) {
    const known = names[index] as string;
    if (known.length === name.length && (known === name || equalsInAscii(name, known))) return index;
  }
  return -1;
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
