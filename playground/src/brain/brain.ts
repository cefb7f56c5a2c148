/** All that the page knows about webhooks: what the package says. */
import { type CapturedRequest, type Diagnosis, type WebhookEvent, Webhook, WebhookError, WebhookVerificationError, diagnose, fingerprint, readEvent, readRequests, signedParts } from "twenty-webhook/diagnose";
import { sample, signedDelivery } from "twenty-webhook/testing";

/** A delivery as the form has it. */
export interface Delivery {
  /** In any form in which headers are kept. */
  readonly headers: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly secret: string | Uint8Array<ArrayBuffer>;
  readonly otherSecrets: readonly string[];
  /** In any spelling; empty or `now` for now. */
  readonly receivedAt: string;
  readonly method: string;
  readonly url: string;
  readonly options: Options;
}

export interface Options {
  toleranceSeconds?: number;
  headerPrefix?: string;
  payloadForm?: "raw" | "canonical" | "jsonString";
}

export interface Verdict {
  /** `unusable` where the secret or an option keeps a webhook from being made. */
  readonly kind: "authentic" | "refused" | "unusable";
  readonly code: string | null;
  readonly sentence: string;
  /** The time that was entered. */
  readonly arrived: number | undefined;
  readonly fingerprint: string;
  readonly signed: Signed | Reason;
  readonly event: WebhookEvent;
}

/** The text that is signed, and the signatures of it. */
export interface Signed {
  readonly timestamp: string | undefined;
  readonly separator: string;
  readonly payload: string | Uint8Array;
  readonly given: string | undefined;
  readonly expected: string | Reason;
}

/** Why there is none. */
export interface Reason {
  readonly reason: string;
}

export interface Test {
  readonly body: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export const brain = {
  read(text: string | Uint8Array<ArrayBuffer>): CapturedRequest[] {
    return readRequests(text);
  },

  judge(delivery: Delivery): Verdict {
    const { body, secret, options } = delivery;
    const headers = headersOf(delivery);
    const arrived = receivedAt(delivery)?.getTime();
    const known = { arrived, fingerprint: fingerprint(secret), signed: orReason(() => signed(delivery, headers)), event: readEvent(body) };
    try {
      const webhook = new Webhook(secret, options);
      const { id } = webhook.verify(body, headers, { now: arrived });
      return { kind: "authentic", code: null, sentence: `Its id is ${id}.`, ...known };
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      const kind = error instanceof WebhookVerificationError ? "refused" : "unusable";
      return { kind, code: error.code, sentence: error.message, ...known };
    }
  },

  diagnose(delivery: Delivery): Diagnosis {
    const { body, secret, otherSecrets, method, url, options } = delivery;
    const at = receivedAt(delivery);
    const known = { now: at, method: method || undefined, url: url || undefined };
    return diagnose(secret, body, headersOf(delivery), { ...options, ...known, otherSecrets });
  },

  /** A delivery of an event of this name, signed now. */
  sign(name: string, targetUrl: string, secret: Delivery["secret"], options: Options): Test {
    const { body, headers } = signedDelivery(new Webhook(secret, options), sample(name, { targetUrl }));
    return { body, headers: Object.entries(headers) };
  },
};

export type Brain = typeof brain;

function headersOf({ headers }: Delivery): CapturedRequest["headers"] {
  return headers.trim() === "" ? [] : (readRequests(headers)[0]?.headers ?? []);
}

/** The package reads times of kept deliveries, in whichever spelling. */
function receivedAt({ receivedAt }: Pick<Delivery, "receivedAt">): Date | undefined {
  const entered = receivedAt.trim();
  if (["", "now"].includes(entered.toLowerCase())) return undefined;
  try {
    return readRequests(JSON.stringify({ headers: {}, receivedAt: entered }))[0]?.receivedAt;
  } catch {
    throw new Error("What is entered at “Received at” is no time. Enter an ISO date, or milliseconds since 1970.");
  }
}

function signed({ body, secret, options }: Delivery, headers: CapturedRequest["headers"]): Signed {
  const { headerPrefix, payloadForm } = options;
  const form = { ...(headerPrefix !== undefined && { headerPrefix }), ...(payloadForm !== undefined && { payloadForm }) };
  const { signature: given, ...parts } = signedParts(body, headers, form);
  const expected = orReason(() => {
    if (parts.timestamp === undefined) throw new Error("The timestamp header is missing.");
    const timestamp = Number(parts.timestamp);
    const again = signedParts(body, Object.entries(new Webhook(secret, options).sign(body, { timestamp })), form);
    if (again.timestamp !== parts.timestamp) throw new Error("The timestamp header is not as Twenty writes it.");
    return again.signature as string;
  });
  return { ...parts, given, expected };
}

function orReason<T>(make: () => T): T | Reason {
  try {
    return make();
  } catch (error) {
    return { reason: (error as Error).message };
  }
}
