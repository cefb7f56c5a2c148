import { hmacHex } from "../shared/bytes.mjs";
import { allThree, NONCE, verifyGroup } from "../shared/delivery.mjs";
import {
  documentedEnvelope,
  eventTypeEnvelope,
  FIELD_METADATA_CHANGE,
  metadataEnvelope,
  recordEnvelope,
  verbEnvelope,
} from "../samples/envelopes.mjs";
import { ATTACHMENT, COMPANY, NOTE, OLD_PERSON, OPPORTUNITY, PERSON, ROCKET, TASK } from "../samples/records.mjs";

export const SAMPLE_PAYLOADS = {
  "person created": recordEnvelope("person.created", PERSON),
  "company updated": recordEnvelope("company.updated", COMPANY, { updatedFields: ["name", "accountOwner", "accountOwnerId"] }),
  "opportunity deleted by an API key": recordEnvelope("opportunity.deleted", OPPORTUNITY, {
    byUser: false,
    updatedFields: ["deletedAt"],
  }),
  "task upserted": recordEnvelope("task.upserted", TASK, { updatedFields: ["bodyV2", "position"] }),
  "note destroyed": recordEnvelope("note.destroyed", NOTE),
  "attachment restored": recordEnvelope("attachment.restored", ATTACHMENT, { updatedFields: ["deletedAt"] }),
  "custom object created": recordEnvelope("rocket.created", ROCKET),
  "empty record": recordEnvelope("person.destroyed", {}, { byUser: false }),
  "upper-case action of 2025": recordEnvelope("person.CREATED", PERSON),
  "verb of 2024": verbEnvelope("person.create", OLD_PERSON),
  "eventType of 2024": eventTypeEnvelope("create.person", OLD_PERSON),
  "metadata updated": metadataEnvelope("objectMetadata", "updated", FIELD_METADATA_CHANGE),
  "metadata created by an API key": metadataEnvelope(
    "fieldMetadata",
    "created",
    { after: { id: "20202020-f1e1-4d2d-8c3c-1a2b3c4d5e6f", name: "score", type: "NUMBER" } },
    { apiKeyId: "20202020-a1b2-4c3d-8e4f-5a6b7c8d9e0f" },
  ),
  documented: documentedEnvelope("person.created", PERSON),
};

const SIGNED_SAMPLES = ["person created", "empty record", "eventType of 2024", "metadata updated", "documented"];

export function samplePayloadGroups() {
  const samples = Object.entries(SAMPLE_PAYLOADS).filter(([name]) => SIGNED_SAMPLES.includes(name));
  return [
    verifyGroup({}, [
      ...samples.map(([name, payload]) => ({
        comment: `genuine: ${name}`,
        flags: ["Genuine", "Sample"],
        nonce: NONCE,
        body: JSON.stringify(payload),
      })),
      {
        comment: "genuine: a shape nobody knows yet",
        flags: ["Genuine", "Sample"],
        body: '{"eventName":"workflow.run.finished","run":{"id":1}}',
      },
      {
        comment: "genuine, among other headers",
        flags: ["Genuine"],
        nonce: NONCE,
        headers: (made) => [["Content-Type", "application/json"], ["Host", "hooks.example.com"], ...allThree(made), ["User-Agent", "axios/1.7.9"]],
      },
      {
        comment: "one character of the record changed after signing",
        flags: ["WrongSignedText", "Sample"],
        code: "signature_mismatch",
        ...tampered(JSON.stringify(samples[0][1])),
      },
    ]),
    verifyGroup(
      { payloadForm: "canonical" },
      samples.slice(0, 1).map(([name, payload]) => ({
        comment: `indented on the way: ${name}`,
        flags: ["Canonical", "Sample"],
        body: JSON.stringify(payload, null, 1),
      })),
    ),
  ];
}

function tampered(body) {
  return {
    body: body.replace("612345678", "612345679"),
    signature: ({ key, timestamp }) => hmacHex(key, timestamp, ":", body),
  };
}
