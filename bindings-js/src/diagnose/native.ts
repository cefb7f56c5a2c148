import type { DiagnosingEngine, Failure, RefusedRequest, WebhookSettings } from "../engine.js";
import { type Handle, type NativeModule, type NativeWebhook, bytesOf, engineOf, nativeEngine } from "../native.js";

/** What every native module has, whether it is asked for or not. */
interface DiagnosingModule extends NativeModule {
  diagnoseBy(webhook: Handle, ...request: Request): string;
  diagnose(secrets: Uint8Array[], ...given: [...settings: WebhookSettings, ...request: Request]): string | Failure;
  fingerprint(secret: Uint8Array): string;
  readRequests(text: Uint8Array): string | Failure;
  signedParts(
    headerPrefix: string | undefined,
    payloadForm: string | undefined,
    body: Uint8Array,
    illFormed: boolean,
    headers: string[],
  ): string | Failure;
}

type Request = [
  body: Uint8Array,
  illFormed: boolean,
  headers: string[],
  now: number,
  method: string | undefined,
  url: string | undefined,
  others: Uint8Array[],
];

/** The native engine, or why there is none. */
export function diagnosingNative(getRequire: () => (name: string) => unknown): DiagnosingEngine | string {
  return nativeEngine(getRequire, (module) => {
    const native = module as DiagnosingModule;
    return {
      ...engineOf(native),
      diagnoseBy: (webhook, request) => native.diagnoseBy((webhook as NativeWebhook).handle, ...listed(request)),
      diagnose: (secrets, settings, request) => native.diagnose(secrets, ...settings, ...listed(request)),
      fingerprint: (secret) => native.fingerprint(secret),
      readRequests: (text) => native.readRequests(bytesOf(text)),
      signedParts: ([, , headerPrefix, payloadForm], { body, illFormed, headers }) =>
        native.signedParts(headerPrefix, payloadForm, bytesOf(body), illFormed, headers),
    };
  });
}

function listed({ body, illFormed, headers, now, method, url, others }: RefusedRequest): Request {
  return [bytesOf(body), illFormed, headers, now, method, url, others];
}
