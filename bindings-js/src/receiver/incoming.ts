import { isUint8Array } from "../body.js";
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

  get(name: string): string | null {
    const value = this.#headers[name];
    return value === undefined ? null : typeof value === "string" ? value : value.join(", ");
  }

  forEach(): void {}
}

/** Reads the body from the stream, no more of it than the limit allows, or takes what has kept its bytes. */
export function readIncoming(
  message: IncomingMessageLike,
  atMost: number,
  timeoutMs: number,
  remedy: string,
): Promise<string | Uint8Array> | string | Uint8Array {
  const kept = keptBody(message);
  if (kept !== undefined) return kept;
  if (message.readableDidRead || message.readableEnded) throw new Unreadable("already read", remedy);
  return new Promise((resolve, reject) => {
    const body = new Bytes(atMost);
    // The promise is settled first: leaving a stream that is not Node's own may throw.
    const leave = () => {
      clearTimeout(timer);
      for (const [event, listener] of listeners) quietly(() => message.removeListener(event, listener));
    };
    const refuse = (refusal: unknown) => {
      reject(refusal as Error);
      leave();
      // An error without a listener would be the process's.
      quietly(() => message.on("error", () => {}));
      quietly(() => message.pause());
    };
    /** What a listener throws would be the process's. */
    const listener = (act: (value: unknown) => void) => (value: unknown) => {
      try {
        act(value);
      } catch (refusal) {
        refuse(refusal);
      }
    };
    const gone = (cause?: unknown) => refuse(new Unreadable("gone", undefined, cause));
    const listeners: [string, (value: unknown) => void][] = [
      ["data", listener((piece) => body.add(piece))],
      [
        "end",
        listener(() => {
          // Of a stream of HTTP/2 that was cut, too.
          if (isCut(message, body.length)) return gone();
          resolve(body.take());
          leave();
        }),
      ],
      ["error", listener(gone)],
      ["close", listener(() => gone())],
    ];
    const timer = setTimeout(() => refuse(new Unreadable("late body")), timeoutMs);
    listener(() => {
      for (const [event, hear] of listeners) message.on(event, hear);
      if (message.destroyed) gone();
    })(undefined);
  });
}

/** Unless all of it had come before. */
function isCut({ aborted, headers }: IncomingMessageLike & { aborted?: boolean }, bytes: number): boolean {
  return aborted === true && Number(headers["content-length"]) !== bytes;
}

/** The raw body where a platform (NestJS, Cloud Functions, koa-bodyparser) or `express.raw` has kept it. */
function keptBody(message: IncomingMessageLike): string | Uint8Array | undefined {
  const { rawBody, body } = message as { rawBody?: unknown; body?: unknown };
  if (isUint8Array(rawBody) || typeof rawBody === "string") return rawBody;
  return isUint8Array(body) ? body : undefined;
}
