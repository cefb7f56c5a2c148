import { kindOf } from "./body.js";
import { valueOf } from "./option-values.js";

/** A request's headers, in any of the shapes frameworks hand them over in. */
export type HeadersLike =
  | { get(name: string): string | null; forEach(...arguments_: never[]): void }
  | Iterable<readonly [string, HeaderValue]>
  | { readonly [name: string]: HeaderValue };

export type HeaderValue = string | readonly string[] | null | undefined;

/**
 * The values of headers, in the order of their names: those of a signature first. Where none of those is there, the names of all
 * headers follow at the end, one a line: they may have another prefix.
 */
export type Values = (string | undefined)[];

/** Names of headers, to be found without regard to case. */
export class HeaderNames {
  readonly #lowerCase: readonly string[];
  readonly #shortest: number;
  readonly #longest: number;

  /** From `firstOfMany` on, a header may have many values. */
  constructor(
    names: readonly string[],
    readonly firstOfMany = names.length,
  ) {
    // As keys of an object they are texts of which V8 keeps one copy, so that comparing them with another object's keys is
    // comparing two addresses: 60 ns less a delivery.
    this.#lowerCase = Object.keys(Object.fromEntries(names.map((name) => [name.toLowerCase(), null])));
    const lengths = names.map((name) => name.length);
    this.#shortest = Math.min(...lengths);
    this.#longest = Math.max(...lengths);
  }

  at(index: number): string {
    return this.#lowerCase[index] as string;
  }

  get count(): number {
    return this.#lowerCase.length;
  }

  /** By its length alone nearly every other header is passed over, and nearly every one of these is in lower case. */
  indexOf(name: string): number {
    const { length } = name;
    if (length < this.#shortest || length > this.#longest) return -1;
    for (let index = 0; index < this.#lowerCase.length; index += 1) if (this.#lowerCase[index] === name) return index;
    return this.#lowerCase.findIndex((known) => known.length === length && equalsInAscii(name, known));
  }
}

/** Picks the values of these headers. Whether they make sense is the core's to say. */
export function pickHeaders(headers: unknown, names: HeaderNames, maxValueLength: number): Values {
  const values: Values = new Array<undefined>(names.count).fill(undefined);
  const put: Put = (index, value) => {
    const earlier = values[index];
    if (index >= names.firstOfMany) values[index] = earlier === undefined ? value : `${earlier}, ${value}`;
    // A comma is how HTTP joins two values, and all the core has to see of them.
    else values[index] = earlier !== undefined ? "," : value.length > maxValueLength ? value.slice(0, maxValueLength) : value;
  };
  reading(() => walk(headers, names, put));
  const { firstOfMany } = names;
  if (firstOfMany > 0 && values.every((value, index) => index >= firstOfMany || value === undefined)) values.push(namesIn(headers as object));
  return values;
}

/** Of what was walked once; what may be walked once only has none. */
function namesIn(headers: object): string {
  try {
    return entriesOf(headers).slice(0, MOST_NAMES).map(([name]) => name).join("\n");
  } catch {
    return ""; // They were read, and what is said of their names is a hint.
  }
}

/** Of headers that can be walked again. */
export function entriesOf(headers: object): (readonly [name: string, value: unknown])[] {
  if (!isFetchHeaders(headers)) return Array.isArray(headers) ? (headers as [string, unknown][]) : Object.entries(headers);
  const entries: [string, unknown][] = [];
  headers.forEach((value, name) => entries.push([name, value]));
  return entries;
}

const MOST_NAMES = 200;

interface FetchHeaders {
  get(name: string): unknown;
  forEach(each: (value: unknown, name: string) => void): void;
}

type Put = (index: number, value: string) => void;

/** Whatever is no header, or cannot be read, is the caller's mistake. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (Mistake.is(cause)) throw new TypeError(cause.message);
    throw new TypeError("headers could not be read: reading them failed", { cause });
  }
}

/** Shows each value of each of these headers, with the index of its name. */
function walk(headers: unknown, names: HeaderNames, put: Put): void {
  if (typeof headers !== "object" || headers === null) {
    throw new Mistake(`headers must be the request's headers, not ${kindOf(headers)}`);
  }
  if (isFetchHeaders(headers)) {
    for (let index = 0; index < names.count; index += 1) add(names, index, headers.get(names.at(index)), put);
  } else if (Symbol.iterator in headers) {
    for (const pair of headers as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string") {
        throw new Mistake("headers given as a list must be a list of pairs of a name and a value");
      }
      const index = names.indexOf(pair[0]);
      if (index >= 0) add(names, index, pair[1], put);
    }
  } else {
    refuseWhatHoldsHeaders(headers);
    for (const name of Object.keys(headers)) {
      const index = names.indexOf(name);
      if (index >= 0) add(names, index, (headers as Record<string, unknown>)[name], put);
    }
  }
}

function add(names: HeaderNames, index: number, value: unknown, put: Put): void {
  if (typeof value === "string") put(index, value);
  else if (Array.isArray(value)) for (const one of value as unknown[]) addOne(names, index, one, put);
  else addOne(names, index, value, put);
}

function addOne(names: HeaderNames, index: number, value: unknown, put: Put): void {
  if (value === undefined || value === null) return;
  if (typeof value === "string") return put(index, value);
  // The wrappers that make a request of Node's of an event have counted it.
  if (typeof value === "number" && names.at(index) === "content-length") return put(index, String(value));
  throw new Mistake(`the header ${names.at(index)} must be text, or an array of texts, not ${kindOf(value)}: pass the headers as they came`);
}

/** The two mistakes whose headers would be taken to be missing, and the sender to be wrong. */
function refuseWhatHoldsHeaders(headers: object): void {
  if (typeof valueOf(headers, "then") === "function") {
    throw new Mistake("headers must be the request's headers, not a promise: await it");
  }
  const inner = valueOf(headers, "headers");
  if (typeof inner === "object" && inner !== null && !Array.isArray(inner)) {
    throw new Mistake("headers must be the request's headers, not the request: pass request.headers");
  }
}

/** Of any realm or library: a Map has no such tag. `get` joins repeated headers by a comma. */
export function isFetchHeaders(headers: object): headers is FetchHeaders {
  return (headers as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag] === "Headers" && "get" in headers;
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
