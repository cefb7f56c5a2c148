// Several things wrong at once: whichever check comes first in the list gives the code.
import { verifyGroup } from "../shared/delivery.mjs";

const LIMIT = 4096;
const DEEP_BODY = "[".repeat(1025);

// Each fault changes what a delivery is made of; a later check never sees what an earlier one refuses.
const TOO_LARGE = fault("payload_too_large", { bodyRepeat: { byteHex: "ff", count: LIMIT + 1 } });
const REPEATED_TIMESTAMP = fault("repeated_header", { timestamps: ([value]) => [value, value] });
const REPEATED_SIGNATURE = fault("repeated_header", { signatures: ([value]) => [value, value] });
const MISSING_TIMESTAMP = fault("missing_header", { timestamps: () => [] });
const MISSING_SIGNATURE = fault("missing_header", { signatures: () => [] });
const MALFORMED_TIMESTAMP = fault("malformed_timestamp", { timestamps: (values) => values.map((value) => `${value}x`) });
const TOO_OLD = fault("timestamp_too_old", { now: "1735069999999" });
const TOO_NEW = fault("timestamp_too_new", { now: "1735060000000" });
const MALFORMED_SIGNATURE = fault("malformed_signature", { signatures: (values) => values.map((value) => value.slice(1)) });
const NOT_UTF8 = fault("payload_not_utf8", { body: [0x5b, 0xff, 0x5d] });
const NOT_JSON = fault("payload_not_json", { body: "{'a':1}" });
const TOO_DEEP = fault("payload_too_deep", { body: DEEP_BODY });
const MISMATCH = fault("signature_mismatch", { signatures: (values) => values.map((value) => value.replace(/^./, flipped)) });

const PAIRS = [
  ...[REPEATED_TIMESTAMP, REPEATED_SIGNATURE, MISSING_TIMESTAMP, MISSING_SIGNATURE].map((later) => [TOO_LARGE, later]),
  ...[MALFORMED_TIMESTAMP, TOO_OLD, TOO_NEW, MALFORMED_SIGNATURE, MISMATCH].map((later) => [TOO_LARGE, later]),
  [REPEATED_TIMESTAMP, MISSING_SIGNATURE],
  [REPEATED_SIGNATURE, MISSING_TIMESTAMP],
  [REPEATED_TIMESTAMP, MALFORMED_TIMESTAMP],
  [REPEATED_SIGNATURE, MALFORMED_TIMESTAMP],
  [REPEATED_SIGNATURE, TOO_OLD],
  [REPEATED_SIGNATURE, MALFORMED_SIGNATURE],
  [REPEATED_SIGNATURE, NOT_JSON],
  [MISSING_SIGNATURE, MALFORMED_TIMESTAMP],
  [MISSING_SIGNATURE, TOO_OLD],
  [MISSING_TIMESTAMP, MALFORMED_SIGNATURE],
  [MISSING_TIMESTAMP, NOT_UTF8],
  [MALFORMED_TIMESTAMP, MALFORMED_SIGNATURE],
  [MALFORMED_TIMESTAMP, NOT_UTF8],
  [MALFORMED_TIMESTAMP, MISMATCH],
  ...[TOO_OLD, TOO_NEW].flatMap((early) => [MALFORMED_SIGNATURE, NOT_UTF8, NOT_JSON, TOO_DEEP, MISMATCH].map((later) => [early, later])),
  ...[NOT_UTF8, NOT_JSON, TOO_DEEP, MISMATCH].map((later) => [MALFORMED_SIGNATURE, later]),
  ...[NOT_UTF8, NOT_JSON, TOO_DEEP].map((early) => [early, MISMATCH]),
];

// Everything that can be wrong together, then one fault fewer each time.
const LADDER = [TOO_LARGE, REPEATED_SIGNATURE, MALFORMED_TIMESTAMP, TOO_OLD, MALFORMED_SIGNATURE, NOT_JSON, MISMATCH];

export function orderGroups() {
  return [
    verifyGroup({ payloadForm: "canonical", maxBodyBytes: LIMIT }, [
      ...PAIRS.map((faults) => testOf(`${faults[0].code} before ${faults[1].code}`, faults)),
      ...LADDER.map((_, first) => testOf(`${LADDER.length - first} of ${LADDER.length} faults left, the first decides`, LADDER.slice(first))),
      testOf("no timestamp, two signatures, body not UTF-8", [REPEATED_SIGNATURE, MISSING_TIMESTAMP, NOT_UTF8]),
    ]),
    verifyGroup({ payloadForm: "json_string", maxBodyBytes: LIMIT }, [
      testOf("json_string: malformed_signature before payload_not_utf8", [MALFORMED_SIGNATURE, NOT_UTF8]),
      testOf("json_string: payload_not_utf8 before signature_mismatch", [NOT_UTF8, MISMATCH]),
    ]),
  ];
}

function fault(code, change) {
  return { code, change };
}

function testOf(comment, faults) {
  const changes = faults.map(({ change }) => change);
  const { timestamps: _, signatures: __, ...fields } = Object.assign({}, ...[...changes].reverse());
  if (fields.bodyRepeat !== undefined) delete fields.body;
  return { comment, flags: ["Order"], code: faults[0].code, ...fields, headers: (made) => headersOf(made, changes) };
}

function headersOf({ names, timestamp, signature }, changes) {
  const timestamps = changes.reduceRight((values, change) => change.timestamps?.(values) ?? values, [timestamp]);
  const signatures = changes.reduceRight((values, change) => change.signatures?.(values) ?? values, [signature]);
  return [...timestamps.map((value) => [names.timestamp, value]), ...signatures.map((value) => [names.signature, value])];
}

function flipped(digit) {
  return (parseInt(digit, 16) ^ 1).toString(16);
}
