import { kindOf } from "../body.js";
import type { Exchange } from "./exchange.js";
import { textOf } from "./guarded.js";

/** What frameworks pass to a handler. */
export type Shape =
  | "a Request"
  | "Node's request"
  | "Fastify's request"
  | "Hono's context"
  | "Koa's context"
  | "an event of h3"
  | "a context that has the request"
  | "an event of AWS Lambda";

/**
 * Why this is not what a receiver takes, in words that name the receiver that does; nothing where it is. Read like a request, one
 * of another framework would look like a request without headers.
 */
export function mistakeOf(given: unknown, wanted: Shape, who = "The receiver"): string | undefined {
  let shape: Shape | undefined;
  try {
    if (SHAPES[wanted].is(given as Given)) return undefined;
    shape = (Object.keys(SHAPES) as Shape[]).find((name) => SHAPES[name].is(given as Given));
    if (shape === undefined && SHAPES[wanted].isNearly?.(given as Given)) return undefined;
  } catch {
    // A getter of its own throws.
  }
  const remedy = shape === undefined ? "pass on what the framework gives" : SHAPES[shape].remedy;
  return `${who} needs ${SHAPES[wanted].wanted ?? wanted}, and was given ${shape ?? kindOf(given)}: ${remedy}.`;
}

/** The exchange of what was passed, made of the first of it; of what is no request one that says so. It never throws. */
export function exchangeOf(passed: readonly unknown[], wanted: Shape, make: (passed: readonly unknown[]) => Exchange): Exchange {
  let mistake = mistakeOf(passed[0], wanted);
  try {
    if (mistake === undefined) return make(passed);
  } catch (cause) {
    mistake = `The receiver could not read ${wanted} (${textOf(cause)}).`;
  }
  return { mistake, method: "POST", headers: {}, read: () => "", passed };
}

interface Given {
  readonly [name: string]: (Given & ((...given: unknown[]) => unknown)) | undefined;
}

interface Known {
  is(given: Given | null | undefined): boolean;
  /** What is taken for one, too, if it is nothing else. */
  isNearly?(given: Given | null | undefined): boolean;
  /** How it is called where it is wanted. */
  readonly wanted?: string;
  readonly remedy: string;
}

const isObject = (given: unknown): boolean => typeof given === "object" && given !== null;
const isFunction = (given: unknown): boolean => typeof given === "function";
const isText = (given: unknown): boolean => typeof given === "string";

/** Of any realm or library. */
const isRequest: Known["is"] = (given) => isText(given?.["method"]) && isFunction(given?.["headers"]?.["get"]) && isObject(given) && "body" in (given as object);
const isIncoming: Known["is"] = (given) => isFunction(given?.["on"]) && isObject(given?.["headers"]) && isText(given?.["method"]);

const SHAPES: Readonly<Record<Shape, Known>> = {
  "a Request": { is: isRequest, remedy: "use receive of twenty-webhook/fetch" },
  "Node's request": {
    is: isIncoming,
    // A request without a stream, which a platform or a test made with rawBody.
    isNearly: (given) => isObject(given?.["headers"]) && isText(given?.["method"]),
    remedy: "use receive of twenty-webhook/node or twenty-webhook/express",
  },
  "Fastify's request": {
    is: (given) => isIncoming(given?.["raw"]),
    remedy: "register receive of twenty-webhook/fastify, or pass request.raw and reply.raw",
  },
  "Hono's context": { is: (given) => isRequest(given?.["req"]?.["raw"]), remedy: "use receive of twenty-webhook/hono" },
  "Koa's context": {
    is: (given) => isIncoming(given?.["req"]) && isObject(given?.["request"]) && isFunction(given?.["set"]),
    remedy: "use receive of twenty-webhook/koa",
  },
  "an event of h3": {
    is: (given) => isObject(given?.["node"]?.["req"]),
    remedy: "use receive of twenty-webhook/fetch, and pass toWebRequest(event)",
  },
  "a context that has the request": {
    is: (given) => isRequest(given?.["request"]) || isRequest(given?.["req"]),
    remedy: "use receive of twenty-webhook/fetch, and pass the request that it has, as ({ request }) => receiver(request)",
  },
  "an event of AWS Lambda": {
    is: (given) => isText(given?.["httpMethod"]) || isText(given?.["requestContext"]?.["http"]?.["method"]),
    wanted: "an event of an HTTP request, as API Gateway, a function URL or a load balancer makes it",
    remedy: "use receive of twenty-webhook/lambda",
  },
};
