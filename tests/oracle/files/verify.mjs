import { bodyGroups } from "../cases/verify_body.mjs";
import { formGroups } from "../cases/verify_forms.mjs";
import { headerGroups } from "../cases/verify_headers.mjs";
import { nonceGroups } from "../cases/verify_nonce.mjs";
import { orderGroups } from "../cases/verify_order.mjs";
import { samplePayloadGroups } from "../cases/verify_samples.mjs";
import { secretGroups } from "../cases/verify_secrets.mjs";
import { signatureGroups } from "../cases/verify_signature.mjs";
import { timestampGroups } from "../cases/verify_timestamp.mjs";
import { vectorFile } from "../shared/vector_file.mjs";

const NOTES = {
  Genuine: "A delivery as the sender makes it.",
  Order: "More than one thing is wrong; the first check in the list decides.",
  Header: "Presence, repetition and spelling of header names.",
  Repeated: "Two values for one header, in one of the forms a carrier may show them.",
  HostileBytes: "A header value of bytes no sender sends; some carriers of headers cannot hold it.",
  Tolerance: "The edges of the freshness window, to the millisecond.",
  BeyondDate: "An instant that a host's date type may be unable to hold (JavaScript's Date, Python's datetime).",
  TimestampText: "The text of the timestamp header.",
  SignatureText: "The text of the signature header.",
  WrongSignedText: "A well-formed signature over something else than the signed text.",
  Nonce: "The nonce decides nothing.",
  Secret: "Kinds of secrets and their rotation.",
  Prefix: "A renamed header prefix.",
  Size: "The body limit.",
  BodyBytes: "Bodies whose bytes a careless receiver would change.",
  Canonical: "The form that parses the body and prints it again before checking.",
  JsonString: "The form that quotes the body once more as a JSON string.",
  NoFallback: "Signed in another form than the one configured; no form is tried in place of another.",
  Sample: "A full payload of one of the envelopes.",
};

export function verifyFile() {
  return vectorFile(NOTES, [
    ...samplePayloadGroups(),
    ...headerGroups(),
    ...orderGroups(),
    ...timestampGroups(),
    ...signatureGroups(),
    ...nonceGroups(),
    ...secretGroups(),
    ...bodyGroups(),
    ...formGroups(),
  ]);
}
