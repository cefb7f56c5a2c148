import type { Constants } from "../engine.js";
import { own } from "../own.js";
import { idleTimeout, quietly } from "./guarded.js";
import type { IncomingMessageLike } from "./incoming.js";

/** Node's request, as far as the rest of its body is ended. */
export interface LeavingLike extends IncomingMessageLike {
  readonly complete?: boolean;
  readonly stream?: StreamLike;
  destroy?(): unknown;
}

interface StreamLike {
  once(event: "finish", listener: () => void): unknown;
  close(code: number): unknown;
}

/**
 * Ends the rest of a body that nobody waits for, so that its sender does not keep the connection: gives the headers that do, if any.
 * HTTP/2 ends its stream alone. A short rest Node reads, so that the connection can be used again, but not for long.
 */
export function endRest(message: LeavingLike, status: number, { leftoverBytes, leftoverMs }: Constants): Readonly<Record<string, string>> | undefined {
  const { complete, headers, httpVersionMajor = 1, stream } = message;
  if (complete) return undefined;
  if (httpVersionMajor >= 2) {
    stream?.once("finish", () => quietly(() => stream.close(NO_ERROR)));
    return undefined;
  }
  const untold = own(headers, "transfer-encoding") === undefined ? 0 : Infinity;
  const isShort = Number(own(headers, "content-length") ?? untold) <= leftoverBytes;
  if (!isShort || status === TOO_LATE) return { connection: "close" };
  if (complete === false) endIn(leftoverMs, message);
  return undefined;
}

function endIn(milliseconds: number, message: LeavingLike): void {
  idleTimeout(() => {
    if (!message.complete) quietly(() => message.destroy?.());
  }, milliseconds);
}

const NO_ERROR = 0;
const TOO_LATE = 408;
