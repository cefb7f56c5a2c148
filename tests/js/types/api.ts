// Everything a TypeScript user touches, and what must not compile. Never run.
import {
  Delivery,
  Webhook,
  WebhookError,
  WebhookVerificationError,
  backend,
  backendReason,
  canonicalize,
  canonicalizeValue,
  deliveryIdOf,
  codes,
  isEvent,
  readEvent,
  version,
} from "twenty-webhook";
import type {
  Action, Actor, Attachment, Backend, Body, Code, Company, ConfigurationCode, DeliveryObject, EventMatching, FileItem, HeadersLike, Link, Links, MetadataEvent, PayloadForm, Person,
  Phone, Phones, RecordEvent, Records, Secret, ReceiverCode, SignOptions, StandardRecord, Status, UnknownEvent, VerificationCode, VerifyOptions, WebhookEvent, WebhookOptions, WorkspaceMember,
} from "twenty-webhook";

/** Compiles only if both are the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <T extends true>(): T | undefined => undefined;

interface Rocket extends StandardRecord {
  thrust: number;
}
declare module "twenty-webhook" {
  interface Records {
    rocket: Rocket;
  }
}

const secret: Secret = ["current", new Uint8Array(3)];
const form: PayloadForm = "jsonString";
const options: WebhookOptions = { toleranceSeconds: 60, maxBodyBytes: 1024, headerPrefix: "X-Acme-Webhook-", payloadForm: form, name: "acme" };
const webhook: Webhook = new Webhook(secret, options);
new Webhook("one");
new Webhook(["current", "previous"] as const, {});

const body: Body = new DataView(new ArrayBuffer(3));
const headers: HeadersLike = { "x-twenty-webhook-timestamp": "1", accept: ["a", "b"], "x-none": undefined };
const pairs: [string, string][] = [["a", "b"]];
const at: VerifyOptions = { now: new Date(0), copy: true };
const delivery: Delivery = webhook.verify(body, headers, at);
for (const given of [new Map(pairs), pairs, new Map(pairs).entries(), { get: () => null, forEach: () => undefined }]) webhook.verify("", given, { now: 0 });
webhook.verify(new ArrayBuffer(1), {});
webhook.verify(new Uint8Array(1), {});

is<Same<typeof delivery.id, string>>();
is<Same<typeof delivery.timestamp, Date>>();
is<Same<typeof delivery.nonce, string | null>>();
is<Same<typeof delivery.secretIndex, number>>();
is<Same<typeof delivery.event, WebhookEvent>>();
const payload: Uint8Array = delivery.payload;
const kept: DeliveryObject = delivery.toJSON();
is<Same<ReturnType<typeof Delivery.fromJSON>, Delivery>>();
is<Same<typeof kept.payload | typeof kept.id, string>>();
is<Same<typeof kept.timestamp | typeof kept.secretIndex, number>>();
is<Same<typeof kept.nonce, string | null>>();
is<Same<ReturnType<typeof readEvent>, WebhookEvent>>();
for (const given of [kept.payload, payload, delivery.payload.buffer]) readEvent(given);
const queued: unknown = delivery;
if (queued instanceof Delivery) Delivery.fromJSON(queued.toJSON());
Delivery.fromJSON(JSON.parse(JSON.stringify(delivery)));
const sign: SignOptions = { timestamp: 0, nonce: "0".repeat(32) };
const signed: Record<string, string> = webhook.sign(payload, sign);
webhook.verify("", signed);
is<Same<ReturnType<typeof canonicalize>, string>>();
is<Same<ReturnType<typeof canonicalizeValue>, string>>();
canonicalize(payload) + canonicalizeValue({}) + deliveryIdOf(payload) + version;
is<Same<ReturnType<typeof deliveryIdOf>, string>>();
is<Same<Backend, "native" | "wasm">>();
is<Same<typeof backend, Backend>>();
is<Same<typeof backendReason, string | null>>();
is<Same<(typeof codes)[number], Code>>();
is<Same<Code, VerificationCode | ConfigurationCode | ReceiverCode>>();
is<Same<VerificationCode & ConfigurationCode & ReceiverCode, "internal">>();
is<Same<Status, 400 | 401 | 404 | 405 | 408 | 413 | 415 | 500 | 503>>();
const action: Action = "restored";
// @ts-expect-error No version sends it.
const upserted: Action = "upserted";

const event = delivery.event;
if (event.kind === "record") {
  const record: RecordEvent = event;
  is<Same<typeof event.record.id, string>>();
  is<Same<typeof event.action, Action | (string & {})>>();
  record.record.id.trim();
}
if (event.kind === "metadata") is<Same<typeof event, MetadataEvent>>();
if (event.kind === "unknown") is<Same<typeof event.payload, unknown>>();
if (isEvent(event, "person.created")) {
  is<Same<typeof event.record, Person>>();
  is<Same<typeof event.name, "person.created">>();
  const city: string | null | undefined = event.record.city;
  const custom: unknown = event.record["tier"];
  [city, custom, event.record.name?.firstName];
  // @ts-expect-error A person is no company.
  event.record.employees.toFixed();
  // @ts-expect-error A record may be an empty object.
  event.record.createdAt.length;
}
is<Same<typeof event.name, string | null>>();
if (event.name === "person.created") {
  const person: Person = event.record;
  is<Same<typeof event.name, "person.created">>();
  is<Same<typeof event.record.city, string | null | undefined>>();
  is<Same<typeof event.kind, "record">>();
  [person, event.record.id.trim(), event.record.name?.firstName];
  // @ts-expect-error A person is no company.
  event.record.employees.toFixed();
}
if (event.name === "rocket.created") event.record.thrust.toFixed();
if (event.name === "balloon.created") {
  const balloon: StandardRecord = event.record;
  is<Same<(typeof event.record)["gas"], unknown>>();
  [balloon, event.record.id.trim()];
}
switch (event.name) {
  case "company.updated":
  case "company.created":
    is<Same<typeof event.record.employees, number | null | undefined>>();
    break;
  case "rocket.updated":
    event.record.thrust.toFixed();
    break;
  case "balloon.updated":
    event.record.id.trim();
    break;
  case "metadata.objectMetadata.updated":
    is<Same<typeof event.name, "metadata.objectMetadata.updated">>();
    break;
  default:
    is<Same<typeof event.name, string | null>>();
}
if (event.object === "opportunity") is<Same<typeof event.record.stage, string | null | undefined>>();
if (isEvent(event, "company.*")) is<Same<typeof event.record, Company>>();
if (isEvent(event, "*.deleted")) {
  const record: StandardRecord = event.record;
  is<Same<(typeof event.record)["gas"], unknown>>();
  is<Same<typeof event.action, "deleted">>();
  record.id.trim();
  if (event.object === "person") is<Same<typeof event.record.city, string | null | undefined>>();
  if (event.name === "rocket.deleted") event.record.thrust.toFixed();
  if (event.object === "balloon") event.record.id.trim();
}
if (isEvent(event, "*.upserted") && event.object === "person") is<Same<typeof event.record.city, string | null | undefined>>();
if (isEvent(event, "person.upserted")) is<Same<typeof event.record.city, string | null | undefined>>();
is<Same<EventMatching<"person.upserted">["record"], Person>>();
if (event.kind === "record" && event.action === "upserted") event.record.id.trim();
if (event.name === "rocket.upserted") event.record.thrust.toFixed();
if (isEvent(event, "rocket.created")) event.record.thrust.toFixed();
if (isEvent(event, "balloon.updated")) is<Same<(typeof event.record)["gas"], unknown>>();
if (isEvent(event, "metadata.objectMetadata.*")) is<Same<typeof event.kind, "metadata">>();
if (isEvent(event, "*.*")) is<Same<typeof event.kind, "record" | "metadata">>();
if (isEvent(event, action as string)) is<Same<typeof event, WebhookEvent>>();
is<Same<EventMatching<"rocket.*">["record"], Rocket>>();
is<Same<EventMatching<"person">, never>>();
is<Same<Extract<EventMatching<"*.deleted">, { object: "rocket" }>, RecordEvent<"rocket.deleted", Rocket, "rocket", "deleted">>>();
is<Same<EventMatching<"person.updated">["action"], "updated">>();
is<Same<EventMatching<"person.*">["object"], "person">>();
is<Same<EventMatching<"person.*">["action"], Action | (string & {})>>();
is<Same<EventMatching<"balloon.updated">["record"], StandardRecord>>();
is<Same<EventMatching<"person.updated">["name"], "person.updated">>();
is<Same<Records["rocket"], Rocket>>();
is<Same<UnknownEvent["kind"], "unknown">>();
is<Same<Company["employees"], number | null | undefined>>();
is<Same<Company["updatedBy"], Actor | null | undefined>>();
is<Same<Company["searchVector"], string | null | undefined>>();
is<Same<Person["avatarFile"], FileItem[] | null | undefined>>();
is<Same<Phones["additionalPhones"], Phone[] | null | undefined>>();
is<Same<Links["secondaryLinks"], Link[] | null | undefined>>();
is<Same<Attachment["file"], FileItem[] | null | undefined>>();
is<Same<Attachment["targetNoteId"], string | null | undefined>>();
is<Same<WorkspaceMember["calendarStartDay"], number | null | undefined>>();
is<Same<Records["workspaceMember"], WorkspaceMember>>();
const sources: Actor["source"][] = ["AGENT", "APPLICATION", "one not known yet", null];
[sources];

try {
  webhook.verify("", {});
} catch (error) {
  if (error instanceof WebhookVerificationError) {
    is<Same<typeof error.status, Status>>();
    is<Same<typeof error.code, VerificationCode | ReceiverCode>>();
    const status: number = error.status;
    const code: Code = error.code;
    const base: WebhookError = error;
    [status, code, base];
    // @ts-expect-error No such code.
    if (error.code === "signature_missmatch") webhook.sign("");
    // @ts-expect-error A delivery is not refused for how the webhook was made.
    if (error.code === "secret_empty") webhook.sign("");
    // @ts-expect-error Nothing is answered so.
    if (error.status === 200) webhook.sign("");
  } else if (error instanceof WebhookError) {
    const offset: number | undefined = error.offset;
    [offset, error instanceof Error];
    // @ts-expect-error Only a verification has a status.
    error.status;
  }
}

// @ts-expect-error A parsed object is no body.
webhook.verify({ a: 1 }, {});
// @ts-expect-error Headers are needed.
webhook.verify("");
// @ts-expect-error Numbers are no header values.
webhook.verify("", { a: 1 });
// @ts-expect-error A flat list is no list of pairs.
webhook.verify("", ["a", "b"]);
// @ts-expect-error What a Request holds is copied anyway.
webhook.verifyRequest({} as never, { copy: true });
// @ts-expect-error null is no option.
webhook.verify("", {}, { now: null });
// @ts-expect-error Text is no time.
webhook.verify("", {}, { now: "2026-01-01" });
// @ts-expect-error A secret is needed.
new Webhook();
// @ts-expect-error A number is no secret.
new Webhook(7);
// @ts-expect-error Python's spelling.
new Webhook("s", { payloadForm: "json_string" });
// @ts-expect-error Python's spelling.
new Webhook("s", { max_body_bytes: 1 });
// @ts-expect-error Text is no number.
new Webhook("s", { toleranceSeconds: "300" });
// @ts-expect-error A delivery is what verify gives.
delivery.secretIndex = 1;
// @ts-expect-error It is not written to.
delivery.id = "";
// @ts-expect-error A parsed payload has been read already.
readEvent({ eventName: "person.created" });
// @ts-expect-error Deliveries are verified or read back, never made.
new Delivery();
// @ts-expect-error Its text is parsed first.
Delivery.fromJSON(JSON.stringify(delivery));
// @ts-expect-error Its timestamp is a number.
Delivery.fromJSON({ ...kept, timestamp: new Date(0) });
// @ts-expect-error A value is no JSON text.
canonicalize({});
// @ts-expect-error Not every pattern is text.
isEvent(event, 7);
// @ts-expect-error The record of an unknown event is null.
(event as UnknownEvent).record.id;
