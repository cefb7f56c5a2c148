import type { Delivery } from "../delivery.js";
import type { Notice } from "../engine.js";
import { textOf } from "./guarded.js";
import type { Internals } from "./internals.js";
import { type RequestLike, readRequest } from "./stream.js";
import { ACTION, HANDLE, READ_BODY } from "./turn.js";
import { Unreadable } from "./unreadable.js";

/** Verifies a `Request`, whose parts are what was read of it. */
export type Verifier = (request: RequestLike, parts: Pick<RequestLike, "method" | "headers">, now: number | undefined) => Promise<Delivery>;

/** A receiver that handles everything and remembers nothing: what it would handle is verified. */
export function verifierOf(internals: Internals): Verifier {
  const { core } = internals;
  const { machine, facts } = core.openReceiver(undefined, SETTINGS, internals.webhook);

  /** Why the last turn is no acceptance. */
  const refusal = (exchange: number, cause?: unknown) => {
    const [notice] = JSON.parse(machine.takeNotices(exchange)) as Notice[];
    return core.error({ code: "internal", ...notice }, cause);
  };

  return async (request, { method, headers }, now) => {
    const values = internals.values(headers);
    const found = machine.tellWebhook(-1, internals.webhook, method, values[3], values[4], values[0], values[1], values[2], now ?? Date.now(), values[5]);
    const exchange = Math.floor(found / 2 ** 32);
    if (((found >>> 0) & ACTION) !== READ_BODY) throw refusal(exchange);
    let content: Uint8Array;
    try {
      content = await readRequest(request, internals.atMost, facts.bodyMs, core.constants.leftoverMs);
    } catch (thrown) {
      if (Unreadable.is(thrown)) machine.tell(exchange, thrown.told, thrown.reason, thrown.cause === undefined ? undefined : textOf(thrown.cause));
      else machine.tell(exchange, "fault");
      throw refusal(exchange, Unreadable.is(thrown) ? thrown.cause : thrown);
    }
    const turn = core.tellBody(machine, exchange, content, now ?? Date.now());
    if ((turn & ACTION) !== HANDLE) throw refusal(exchange);
    machine.tellHandled(exchange);
    return core.delivery(machine, turn, content, values);
  };
}

const SETTINGS = {
  store: null,
  namespace: undefined,
  ttlSeconds: undefined,
  bodyTimeoutMs: undefined,
  onStoreFailure: undefined,
  onError: undefined,
  onOutcome: undefined,
  clock: undefined,
  logger: null,
  background: false,
  wantsDebug: false,
  diagnose: false,
};
