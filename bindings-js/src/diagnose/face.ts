import { type Body, readBody } from "../body.js";
import { type Backend, type DiagnosingEngine, type EngineWebhook, type Failure, type RefusedRequest, type WebhookSettings, isFailure } from "../engine.js";
import { WebhookError, guard } from "../errors.js";
import { HeaderNames, type HeadersLike } from "../headers.js";
import { check, instant, namesOf, readOptions } from "../option-values.js";
import { type Secret, WEBHOOK, bytesOf, bytesOfAll, listOf, settingsOf } from "../options.js";
import { type Internals, internalsOf } from "../receiver/internals.js";
import { isWellFormed, lossless, utf8, wtf8 } from "../text.js";
import { face } from "../webhook.js";
import type { DiagnoseByOptions, DiagnoseOptions, Diagnosis } from "./diagnosis.js";
import type { Webhook as Made } from "./entry.js";
import { allHeaders } from "./headers.js";
import { type CapturedRequest, type KeptRequest, type SignedParts, type SignedPartsOptions, requestOfKept } from "./requests.js";

type Entry = typeof import("./entry.js");

/** The public interface over an engine that can diagnose: that of every other entry, and diagnosis. */
export function diagnosingFace(engine: DiagnosingEngine, backend: Backend, backendReason: string | null = null) {
  const ordinary = face(engine, backend, backendReason, true);

  class Webhook extends ordinary.Webhook implements Made {
    diagnose(body: Body, headers: HeadersLike, options: DiagnoseByOptions = {}): Diagnosis {
      const { webhook } = internalsOf(this) as Internals;
      const request = requestOf(webhook, body, headers, readOptions("diagnose", options, DIAGNOSE_BY));
      return told(() => engine.diagnoseBy(webhook, request));
    }
  }

  return {
    ...ordinary,
    Webhook: Webhook as Entry["Webhook"],

    diagnose(secret: Secret, body: Body, headers: HeadersLike, options: DiagnoseOptions = {}): Diagnosis {
      const given = readOptions("diagnose", options, DIAGNOSE);
      const [secrets, settings] = [bytesOfAll(secret, "secret"), settingsOf(given)];
      const request = requestOf(anyOf(engine, settings), body, headers, given);
      return told(() => engine.diagnose(secrets, settings, request));
    },

    fingerprint(secret: string | Uint8Array): string {
      const bytes = bytesOf(secret, "secret");
      return guard(WebhookError, () => engine.fingerprint(bytes));
    },

    readRequests(text: Body): CapturedRequest[] {
      const content = readBody(text, "text", "");
      const read = guard(WebhookError, () => ({ told: engine.readRequests(typeof content === "string" ? lossless(content) : content) }));
      if (isFailure(read.told)) throw new SyntaxError(read.told.message);
      return (JSON.parse(read.told) as KeptRequest[]).map(requestOfKept);
    },

    signedParts(body: Body, headers: HeadersLike, options: SignedPartsOptions = {}): SignedParts {
      const settings = settingsOf(readOptions("signedParts", options, SIGNED_PARTS));
      const request = requestOf(anyOf(engine, settings), body, headers, {});
      const told = guard(WebhookError, () => engine.signedParts(settings, request));
      const { timestamp, signature, separator, payload = readBody(body, "body") } = JSON.parse(told) as Partial<SignedParts>;
      return { timestamp, separator: separator as string, payload, signature };
    },
  } satisfies Entry;
}

/** It has the names of the headers, and refuses options that cannot be meant. */
function anyOf(engine: DiagnosingEngine, settings: WebhookSettings): EngineWebhook {
  return guard(WebhookError, () => engine.open([utf8("any")], ...settings));
}

function requestOf(webhook: EngineWebhook, body: Body, headers: HeadersLike, options: DiagnoseByOptions): RefusedRequest {
  const content = readBody(body, "body");
  const illFormed = typeof content === "string" && !isWellFormed(content);
  return {
    body: illFormed ? wtf8(content) : content,
    illFormed,
    headers: allHeaders(headers, new HeaderNames(webhook.headerNames())),
    now: instant(options, "now") ?? Date.now(),
    method: check(options, "method", "string"),
    url: check(options, "url", "string"),
    others: listOf(options.otherSecrets ?? [], OTHERS).flatMap((secret) => bytesOfAll(secret, OTHERS)),
  };
}

function told(diagnose: () => string | Failure): Diagnosis {
  return JSON.parse(guard(WebhookError, diagnose)) as Diagnosis;
}

const OTHERS = "otherSecrets";
const DIAGNOSE_BY = namesOf<DiagnoseByOptions>({ now: true, method: true, url: true, otherSecrets: true });
const SIGNED_PARTS = namesOf<SignedPartsOptions>({ headerPrefix: true, payloadForm: true });
const DIAGNOSE = [...DIAGNOSE_BY, ...WEBHOOK];
