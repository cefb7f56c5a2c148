import { copied, isUint8Array } from "../body.js";
import { own } from "../own.js";
import { Bytes } from "./bytes.js";
import { quietly } from "./guarded.js";
import { Unreadable } from "./unreadable.js";

/** Node's `IncomingMessage`, as it is or with what frameworks and platforms add. */
export interface IncomingMessageLike {
  readonly method?: string | undefined;
  readonly httpVersionMajor?: number;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly readableDidRead?: boolean;
  readonly readableEnded?: boolean;
  readonly destroyed?: boolean;
  on(event: string, listener: (...values: never[]) => void): unknown;
  removeListener(event: string, listener: (...values: never[]) => void): unknown;
  pause(): unknown;
  isPaused?(): boolean;
  resume?(): unknown;
}

/** Its headers, whose names Node has in lower case: looked up, not walked. */
export class IncomingHeaders {
  readonly #headers: IncomingMessageLike["headers"];

  constructor(headers: IncomingMessageLike["headers"]) {
    this.#headers = headers;
  }

  get [Symbol.toStringTag](): string {
    return "Headers";
  }

  /** As it is: whoever reads it judges what it is made of. */
  get(name: string): string | null {
    return (own(this.#headers, name) ?? null) as string | null;
  }

  forEach(each: (value: unknown, name: string) => void): void {
    for (const name of Object.keys(this.#headers)) each(undefined, name);
  }
}

/** Reads the body from the stream, no more of it than the limit allows, or takes what has kept its bytes. */
export function readIncoming(
  message: IncomingMessageLike,
  atMost: number,
  timeoutMs: number,
  remedy: string,
): Promise<string | Uint8Array> | string | Uint8Array {
  const kept = keptBody(message);
  if (kept !== undefined && message.readableDidRead === true && message.readableEnded === false) throw new Unreadable("already read", HALF_KEPT);
  // Where nothing has read the body, empty text is where it is to be collected.
  if (kept !== undefined && (kept.length > 0 || wasRead(message))) return typeof kept === "string" ? kept : copied(kept);
  const alreadyRead = () => new Unreadable("already read", "draftMode" in message ? NEXT_REMEDY : remedy);
  if (!isReadable(message) || typeof message.on !== "function") throw alreadyRead();
  if (wasRead(message)) return restored(message, atMost, timeoutMs, alreadyRead);
  const gone = (cause?: unknown) => new Unreadable("gone", undefined, cause);
  // At the end, too: a stream of HTTP/2 that was cut ends.
  const atEnd = (bytes: number) => (isCut(message, bytes) ? gone() : undefined);
  const late = (bytes: number) => (bytes === 0 ? new Unreadable("silent", remedy) : new Unreadable("late body"));
  return collected(message, atMost, timeoutMs, { late, gone, atEnd });
}

/** Whether the body can be read from the stream, as far as that shows. */
export function isReadable(message: IncomingMessageLike): boolean {
  return !wasRead(message) || Object.hasOwn(message, "on");
}

function wasRead({ readableDidRead, readableEnded }: IncomingMessageLike): boolean {
  return readableDidRead === true || readableEnded === true;
}

/**
 * The body of a request that was read, and whose `on` was replaced by one that gives it again, as Vercel does. It lies in memory,
 * so it comes at once. Tracers replace `on`, too: then nothing comes, or what the first reader has left.
 */
function restored(message: IncomingMessageLike, atMost: number, timeoutMs: number, alreadyRead: () => Unreadable): Promise<Uint8Array> {
  const length = own(message.headers, "content-length");
  const atEnd = (bytes: number) => (length === undefined || Number(length) === bytes ? undefined : alreadyRead());
  return collected(message, atMost, Math.min(timeoutMs, RESTORED_MS), { late: alreadyRead, atEnd });
}

/** What is refused when: in time it did not end, it ended, or its client has gone, where that matters. */
interface Refusals {
  late(bytes: number): Unreadable;
  atEnd(bytes: number): Unreadable | undefined;
  gone?(cause?: unknown): Unreadable;
}

/** Once it is settled its listeners hear nothing more: taking them off took longer than all that they do. */
function collected(message: IncomingMessageLike, atMost: number, timeoutMs: number, { late, atEnd, gone }: Refusals): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const body = new Bytes(atMost);
    let isSettled = false;
    const refuse = (refusal: unknown) => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      // The promise is settled first: leaving a stream that is not Node's own may throw.
      reject(refusal as Error);
      quietly(() => void message.removeListener("data", add));
      // An error without a listener would be the process's.
      quietly(() => void message.on("error", () => {}));
      quietly(() => void message.pause());
    };
    // What a listener throws would be the process's.
    const add = (piece: unknown) => {
      if (isSettled) return;
      try {
        body.add(piece);
      } catch (refusal) {
        refuse(refusal);
      }
    };
    const end = () => {
      if (isSettled) return;
      try {
        const refusal = atEnd(body.length);
        if (refusal) return refuse(refusal);
        isSettled = true;
        clearTimeout(timer);
        resolve(body.take());
      } catch (refusal) {
        refuse(refusal);
      }
    };
    const timer = setTimeout(() => refuse(late(body.length)), timeoutMs);
    try {
      message.on("data", add);
      message.on("end", end);
      if (gone) {
        message.on("error", (cause: unknown) => refuse(gone(cause)));
        message.on("close", () => refuse(gone()));
      }
      // Somebody may have paused it until there is a listener.
      if (message.isPaused?.() === true) message.resume?.();
      if (gone && message.destroyed) refuse(gone());
    } catch (refusal) {
      refuse(refusal);
    }
  });
}

/** Unless all of it had come before. */
function isCut({ aborted, headers }: IncomingMessageLike & { aborted?: boolean }, bytes: number): boolean {
  return aborted === true && Number(own(headers, "content-length")) !== bytes;
}

/** The raw body where a platform (NestJS, Cloud Functions, koa-bodyparser) or `express.raw` has kept it. */
function keptBody(message: IncomingMessageLike): string | Uint8Array | undefined {
  const rawBody = rawBodyOf(message as { rawBody?: unknown });
  if (isUint8Array(rawBody) || typeof rawBody === "string") return rawBody;
  // Not through a getter: Vercel's parses the body, and throws for what is no JSON.
  const body: unknown = Object.getOwnPropertyDescriptor(message, "body")?.value;
  return isUint8Array(body) ? body : undefined;
}

function rawBodyOf(message: { rawBody?: unknown }): unknown {
  try {
    return Object.hasOwn(Object.prototype, "rawBody") ? own(message, "rawBody") : message.rawBody;
  } catch {
    return undefined; // A getter of its own throws.
  }
}

const RESTORED_MS = 1_000;
const HALF_KEPT = "A middleware keeps the body in rawBody, and called the receiver before all of it had come: let it call next() when the request has ended.";
/** It answers routes under `pages/api`, and has this property there only. */
const NEXT_REMEDY =
  "Next's body parser read the request before the receiver could: add `export const config = { api: { bodyParser: false } }` " +
  "to the file of this route.";
