// The entry that can diagnose has everything that the others have, and diagnosis.
import * as plain from "twenty-webhook";
import { type CapturedRequest, type Cause, type DiagnoseOptions, type Diagnosis, type Finding, type SignedParts, Webhook, diagnose, fingerprint, readRequests, signedParts } from "twenty-webhook/diagnose";
import * as diagnosing from "twenty-webhook/diagnose";
import { receive } from "twenty-webhook/fetch";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <T extends true>(): T | undefined => undefined;

const face: typeof plain = diagnosing;
const webhook: Webhook = new Webhook(["current", new Uint8Array(3)], { payloadForm: "raw" });
const ordinary: plain.Webhook = webhook;
const delivery: plain.Delivery & diagnosing.Delivery = webhook.verify("", {});
[face, ordinary, delivery];

const pairs: [string, string][] = [["a", "b"]];
const options: DiagnoseOptions = { now: new Date(0), method: "POST", url: "https://example.com", otherSecrets: ["a", ["b", new Uint8Array(1)]], toleranceSeconds: 60, name: "acme" };
const diagnosis: Diagnosis = webhook.diagnose(new DataView(new ArrayBuffer(3)), new Map(pairs), { now: 0, otherSecrets: ["a"] as const });
const finding: Finding | undefined = diagnose(["undefined", new Uint8Array(1)], "", pairs, options).findings[0];
is<Same<typeof diagnosis.verdict, plain.Code | null>>();
is<Same<typeof diagnosis.isComplete, boolean>>();
is<Same<Finding["certainty"], "proved" | "likely">>();
is<Same<Finding["code"], Cause>>();
if (finding?.code === "body_printed_by_python") finding.remedy.trim() + finding.cause;
fingerprint(new Uint8Array(1)).padEnd(8);
const requests: CapturedRequest[] = readRequests(new Uint8Array(1));
for (const { body, headers, receivedAt } of requests) webhook.diagnose(body ?? "", headers, { now: receivedAt });
webhook.verify("", {}, { now: requests[0]?.receivedAt, copy: undefined });
new Webhook("s", { toleranceSeconds: undefined, name: process.env.WEBHOOK_NAME });
receive(webhook, () => {}, { logger: undefined, namespace: process.env.NAMESPACE });
signedParts("", pairs, { headerPrefix: undefined, payloadForm: undefined });
const parts: SignedParts = signedParts("", pairs, { headerPrefix: "X-Acme-Webhook-", payloadForm: "canonical" });
is<Same<typeof parts.signature, string | undefined>>();
class Own extends Webhook {}
new Own("s").diagnose("", {});
receive(webhook, () => {}, { diagnose: true });
receive(() => webhook, () => {}, { diagnose: false });

// @ts-expect-error There is no such cause.
finding?.code === "bad_weather";
// @ts-expect-error Findings are read.
diagnosis.findings.push(finding);
// @ts-expect-error A parsed object is no body.
webhook.diagnose({}, {});
// @ts-expect-error A webhook has its own options.
webhook.diagnose("", {}, { toleranceSeconds: 7 });
// @ts-expect-error One secret has a fingerprint.
fingerprint(["a"]);
// @ts-expect-error What is signed does not depend on the time.
signedParts("", {}, { now: 0 });
// @ts-expect-error An ordinary webhook cannot.
new plain.Webhook("s").diagnose("", {});
// @ts-expect-error It is on or off.
receive(webhook, () => {}, { diagnose: "development" });
