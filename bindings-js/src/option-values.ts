import { kindOf } from "./body.js";

/** The names of all options of a function, in an object, so that the compiler misses what is not in it. */
export function namesOf<Options>(names: Readonly<Record<keyof Options, true>>): readonly string[] {
  return Object.keys(names);
}

/** A function whose options are easily given to this one. */
interface Others {
  readonly of: string;
  readonly names: readonly string[];
}

/**
 * The options that were given to a function, by the names that it knows. They are read from the object and its own classes,
 * never from what every object inherits, where a fault of another package could put a value.
 */
export function readOptions<Options extends object>(of: string, options: Options, names: readonly string[], others?: Others): Partial<Options> {
  if (typeof options !== "object" || options === null) throw new TypeError(`options must be an object, not ${kindOf(options)}`);
  const unknown = attempt("the options", () => Object.keys(options)).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`${of} has no option ${JSON.stringify(unknown.slice(0, LONGEST_SHOWN))}${remedy(unknown, names, others)}`);
  }
  const read = Object.create(null) as Record<string, unknown>;
  for (const name of names) read[name] = attempt(`the option ${name}`, () => valueOf(options, name));
  return read as Partial<Options>;
}

/** What a value of an option is. */
interface Kinds {
  number: number;
  string: string;
  boolean: boolean;
  function: (...values: never[]) => unknown;
}

/** The option's value, if it has one. */
export function check<Kind extends keyof Kinds>(options: object, name: string, kind: Kind): Kinds[Kind] | undefined {
  const value = (options as Record<string, unknown>)[name];
  if (value !== undefined && typeof value !== kind) {
    throw new TypeError(`${name} must be a ${kind}, not ${kindOf(value)}: leave it out for the default`);
  }
  return value as Kinds[Kind] | undefined;
}

/** Whole milliseconds since the Unix epoch, if the option has a value. */
export function instant(options: object, name: string): number | undefined {
  const value = (options as Record<string, unknown>)[name];
  if (value === undefined) return undefined;
  const millis = typeof value === "object" ? millisOf(value) : value;
  if (typeof millis !== "number") {
    throw new TypeError(`${name} must be a Date or milliseconds since the Unix epoch, not ${kindOf(value)}`);
  }
  if (!(millis >= 0) || millis === Infinity) {
    throw new RangeError(`${name} must be a valid time at or after 1970, not ${millis}`);
  }
  return Math.floor(millis);
}

/** The property of an object or of its own classes, never what every object inherits. */
export function valueOf(options: object, name: string): unknown {
  for (let holder: object | null = options; holder !== null; ) {
    const inherits: object | null = Object.getPrototypeOf(holder) as object | null;
    const isEverys = inherits === null && holder !== options;
    if (Object.hasOwn(holder, name) && !isEverys) return (options as Record<string, unknown>)[name];
    holder = inherits;
  }
  return undefined;
}

function attempt<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new TypeError(`${what} could not be read`, { cause });
  }
}

/** Of a date of any realm, and of nothing that only looks like one. */
function millisOf(value: unknown): number | undefined {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return undefined;
  }
}

/** Names the option whose name is most like this one, if any is like it. */
function remedy(name: string, names: readonly string[], others?: Others): string {
  if (others?.names.includes(name)) return `: it is an option of ${others.of}`;
  const wanted = plain(name.slice(0, LONGEST_SHOWN));
  let [nearest, least] = ["", UNLIKE];
  for (const known of [...names, ...(others?.names ?? [])]) {
    const share = distance(wanted, plain(known)) / Math.max(wanted.length, known.length);
    if (share < least) [nearest, least] = [known, share];
  }
  if (nearest === "") return "";
  return `: the nearest is ${nearest}${names.includes(nearest) ? "" : `, an option of ${others?.of}`}`;
}

const plain = (name: string): string => name.replace(/[_-]/g, "").toLowerCase();

/** How many letters differ; less than one where one name holds the other. */
function distance(some: string, other: string): number {
  if (some.length >= SHORTEST_PART && (other.includes(some) || some.includes(other))) return Math.abs(some.length - other.length) / 100;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= some.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const changed = (row[to - 1] as number) + (some[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[to] as number) + 1, (next[to - 1] as number) + 1));
    }
    row = next;
  }
  return row.at(-1) as number;
}

const LONGEST_SHOWN = 40;
/** Of the letters, from which share on two names are not alike. */
const UNLIKE = 0.5;
const SHORTEST_PART = 3;
