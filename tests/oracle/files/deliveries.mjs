import { hex, hmacHex } from "../shared/bytes.mjs";
import { allThree, headerPairsHex, makeDelivery, SECRET, SENT_AT } from "../shared/delivery.mjs";
import { normalizedEvent } from "../shared/event_table.mjs";
import { SeededRandom } from "../shared/random.mjs";
import { verify } from "../shared/reference.mjs";
import { vectorFile } from "../shared/vector_file.mjs";
import { pythonDumps } from "../samples/python_json.mjs";
import { SAMPLE_PAYLOADS } from "../cases/verify_samples.mjs";

const NOTES = {
  Genuine: "A delivery as the sender makes it.",
  Era: "A payload of an era before signatures, signed the way the sender signs today.",
  Documented: "The envelope that only the documentation knows.",
  Unknown: "Authentic, of a shape nobody knows yet.",
  Mistake: "A mistake that receivers and senders make.",
};
const OPTIONS = { secrets: [SECRET], payloadForm: "raw" };
const NONCE_SEED = 0x6e6f6e6365;
const SOON = "1735066640012";
const PERSON_BODY = JSON.stringify(SAMPLE_PAYLOADS["person created"]);

export function deliveriesFile() {
  const random = new SeededRandom(NONCE_SEED);
  const nonce = () => [random.bits64(), random.bits64()].map((bits) => bits.toString(16).padStart(16, "0")).join("");
  const deliver = (specs) => specs.map((spec) => deliveryTest({ nonce: nonce(), now: SOON, ...spec }));
  return vectorFile(NOTES, [{ tests: deliver(genuine()) }, { tests: deliver(mistakes()) }]);
}

function genuine() {
  const sample = (name, flag, description) => ({ name, comment: description, flags: [flag], body: JSON.stringify(SAMPLE_PAYLOADS[description]) });
  return [
    sample("person-created", "Genuine", "person created"),
    sample("company-updated", "Genuine", "company updated"),
    sample("opportunity-deleted-by-api-key", "Genuine", "opportunity deleted by an API key"),
    sample("task-upserted", "Genuine", "task upserted"),
    sample("note-destroyed", "Genuine", "note destroyed"),
    sample("attachment-restored", "Genuine", "attachment restored"),
    sample("custom-object-created", "Genuine", "custom object created"),
    sample("metadata-updated", "Genuine", "metadata updated"),
    sample("metadata-created-by-api-key", "Genuine", "metadata created by an API key"),
    sample("upper-case-action", "Genuine", "upper-case action of 2025"),
    sample("verb-of-2024", "Era", "verb of 2024"),
    sample("event-type-of-2024", "Era", "eventType of 2024"),
    sample("documented", "Documented", "documented"),
    { name: "unknown-shape", comment: "a shape nobody knows yet", flags: ["Unknown"], body: '{"eventName":"workflow.run.finished","run":{"id":1}}' },
  ];
}

function mistakes() {
  const mistake = (name, comment, code, spec) => ({ name, comment, flags: ["Mistake"], code, body: PERSON_BODY, ...spec });
  const signedAs = (signed) => ({ signature: ({ timestamp, key }) => hmacHex(key, signed(timestamp)) });
  const genuinelySigned = signedAs((timestamp) => `${timestamp}:${PERSON_BODY}`);
  const seconds = SENT_AT.slice(0, 10);
  return [
    mistake("tampered-body", "one digit of the body changed on the way",
      "signature_mismatch", { ...genuinelySigned, body: PERSON_BODY.replace("612345678", "612345679") }),
    mistake("stale", "received ten minutes after it was sent", "timestamp_too_old", { now: "1735067239761" }),
    mistake("from-the-future", "the receiver's clock is ten minutes behind", "timestamp_too_new", { now: "1735066039761" }),
    mistake("wrong-secret", "signed with another secret", "signature_mismatch", {
      signature: ({ timestamp, body }) => hmacHex("the secret of another webhook", timestamp, ":", body),
    }),
    mistake("re-serialised-by-python", "a middleware parsed the body and printed it with json.dumps", "signature_mismatch", {
      ...genuinelySigned,
      body: pythonDumps(JSON.parse(PERSON_BODY)),
    }),
    mistake("timestamp-in-seconds", "a sender that counts seconds", "timestamp_too_old", { timestamp: seconds }),
    mistake("documented-double-stringify", "the documented example taken literally",
      "signature_mismatch", signedAs((timestamp) => `${timestamp}:${JSON.stringify(PERSON_BODY)}`)),
    mistake("hex-decoded-key", "the secret's digits decoded to bytes", "signature_mismatch", {
      signature: ({ timestamp, body }) => hmacHex(Buffer.from(SECRET, "hex"), timestamp, ":", body),
    }),
    mistake("body-only", "the timestamp is not part of the signed text", "signature_mismatch", signedAs(() => PERSON_BODY)),
    mistake("dot-for-colon", "a dot between timestamp and body", "signature_mismatch", signedAs((timestamp) => `${timestamp}.${PERSON_BODY}`)),
    mistake("prefixed-signature", "the signature after sha256=", "malformed_signature", { signature: ({ genuine: digits }) => `sha256=${digits}` }),
    mistake("repeated-signature", "a proxy repeats the signature", "repeated_header", {
      headers: (made) => [...allThree(made), [made.names.signature, made.signature]],
    }),
    mistake("missing-signature", "a proxy drops the signature", "missing_header", { headers: (made) => allThree(made).filter(([name]) => !name.endsWith("Signature")) }),
    mistake("no-secret-set", "the webhook has no secret set in the product", "missing_header", { headers: () => [] }),
  ];
}

function deliveryTest({ name, comment, flags, code = null, ...spec }) {
  const { headers, body, now } = makeDelivery(OPTIONS, spec);
  const allHeaders = [["Content-Type", "application/json"], ...headers];
  const verdict = verify(OPTIONS, allHeaders, body, now);
  if (verdict.code !== code) throw new Error(`${name}: claimed ${code}, reference says ${verdict.code}`);
  const event = code === null ? normalizedEvent(verdict.payload) : { kind: null, name: null };
  const input = { headers: headerPairsHex(allHeaders), bodyHex: hex(body), now, secretHex: hex(SECRET) };
  return { name, comment, flags, ...input, result: code === null ? "valid" : "invalid", code, kind: event.kind, eventName: event.name };
}
