import type { PayloadForm } from "../options.js";

/** A request as somebody kept it: what the text that was kept says of it. */
export interface CapturedRequest {
  /** The method, if the text states it. */
  readonly method: string | undefined;
  /** The address, if the text states it. To the path of a request line the host is added, and `https`, with which Twenty sends. */
  readonly url: string | undefined;
  /** Names and values, in the order in which they were kept; in JSON, by name. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, if it was kept with the headers. */
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** When it arrived, if the text states it. */
  readonly receivedAt: Date | undefined;
}

/** What of a delivery is signed: the text is `timestamp`, `separator` and `payload`. */
export interface SignedParts {
  /** The header as it was sent; `undefined` if it is not there. */
  readonly timestamp: string | undefined;
  readonly separator: string;
  /** The body, or what the form of the payload makes of it. */
  readonly payload: string | Uint8Array;
  /** The header as it was sent, whether it is right or not; `undefined` if it is not there. */
  readonly signature: string | undefined;
}

/** The options of the webhook that decide about it. */
export interface SignedPartsOptions {
  /** What the header names begin with, for rebranded servers; `X-Twenty-Webhook-` unless set. */
  headerPrefix?: string | undefined;
  /** What the signature is taken to be over; `raw`, the bytes as received, unless set. */
  payloadForm?: PayloadForm | undefined;
}

/** @internal As it comes from an engine. */
export interface KeptRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers: [name: string, value: string][];
  readonly bodyBase64?: string;
  readonly receivedAt?: number;
}

/** @internal */
export function requestOfKept({ method, url, headers, bodyBase64, receivedAt }: KeptRequest): CapturedRequest {
  return {
    method,
    url,
    headers,
    body: bodyBase64 === undefined ? undefined : Uint8Array.from(atob(bodyBase64), (octet) => octet.charCodeAt(0)),
    receivedAt: receivedAt === undefined ? undefined : new Date(receivedAt),
  };
}
