import { hmacHex } from "../shared/bytes.mjs";
import { SENT_AT, verifyGroup } from "../shared/delivery.mjs";

const SENT = Number(SENT_AT);

export function timestampGroups() {
  return [
    verifyGroup({}, [...texts(), ...edges(300_000), ...extremes()]),
    verifyGroup({ toleranceMillis: 0 }, edges(0)),
    verifyGroup({ toleranceMillis: 1 }, edges(1)),
    verifyGroup({ toleranceMillis: 86_400_000 }, edges(86_400_000)),
    verifyGroup({ toleranceMillis: 300_000 }, [
      { comment: "a clock near the epoch does not wrap below zero", flags: ["Tolerance"], timestamp: "0", now: "300000" },
      { comment: "timestamp zero, too old by 1 ms", flags: ["Tolerance"], code: "timestamp_too_old", timestamp: "0", now: "300001" },
      { comment: "clock at zero, timestamp at the edge", flags: ["Tolerance"], timestamp: "300000", now: "0" },
      { comment: "clock at zero, timestamp beyond the edge", flags: ["Tolerance"], code: "timestamp_too_new", timestamp: "300001", now: "0" },
      { comment: "zero at zero", flags: ["Tolerance"], timestamp: "0", now: "0" },
    ]),
  ];
}

function edges(tolerance) {
  const test = (comment, offset, code = null) => ({ comment: `tolerance ${tolerance}: ${comment}`, flags: ["Tolerance"], code, now: String(SENT + offset) });
  return [
    test("same instant", 0),
    test("oldest allowed", tolerance),
    test("older by 1 ms", tolerance + 1, "timestamp_too_old"),
    test("newest allowed", -tolerance),
    test("newer by 1 ms", -tolerance - 1, "timestamp_too_new"),
  ];
}

function texts() {
  const malformed = (comment, timestamp, flags = ["TimestampText"]) => ({ comment: `timestamp ${comment}`, flags, code: "malformed_timestamp", timestamp });
  return [
    { comment: "leading zeros are signed as received", flags: ["TimestampText"], timestamp: `000${SENT_AT}` },
    {
      comment: "leading zeros, signed over the number printed again",
      flags: ["TimestampText", "WrongSignedText"],
      code: "signature_mismatch",
      timestamp: `000${SENT_AT}`,
      signature: ({ key, body }) => hmacHex(key, SENT_AT, ":", body),
    },
    { comment: "sixteen digits, far ahead", flags: ["TimestampText"], code: "timestamp_too_new", timestamp: "9999999999999999" },
    { comment: "sixteen zeros", flags: ["TimestampText"], code: "timestamp_too_old", timestamp: "0000000000000000" },
    { comment: "one digit", flags: ["TimestampText"], code: "timestamp_too_old", timestamp: "7" },
    { comment: "seconds", flags: ["TimestampText"], code: "timestamp_too_old", timestamp: SENT_AT.slice(0, 10) },
    { comment: "microseconds", flags: ["TimestampText"], code: "timestamp_too_new", timestamp: `${SENT_AT}000` },
    malformed("of seventeen digits", "17350666397610000"),
    malformed("of seventeen digits with leading zeros", `0000${SENT_AT}`),
    malformed("of nanoseconds", `${SENT_AT}000000`),
    malformed("beyond 64 bits", "18446744073709551617"),
    malformed("wrapping to the right value in 64 bits", (2n ** 64n + BigInt(SENT_AT)).toString()),
    malformed("of a thousand digits", "1".repeat(1000)),
    malformed("with a plus sign", `+${SENT_AT}`),
    malformed("with a minus sign", `-${SENT_AT}`),
    malformed("of minus zero", "-0"),
    malformed("with decimals", `${SENT_AT}.0`),
    malformed("in seconds with decimals", "1735066639.761"),
    malformed("with an exponent", "1.735066639761e12"),
    malformed("with an exponent of digits only", "1e12"),
    malformed("in hexadecimal", "0x193fa1d8f91"),
    malformed("with digits of hexadecimal", "193fa1d8f91a"),
    malformed("with underscores", "1_735_066_639_761"),
    malformed("with apostrophes", "1'735'066'639'761"),
    malformed("with a trailing n", `${SENT_AT}n`),
    malformed("as an ISO date", "2024-12-24T18:57:19.761Z"),
    malformed("as an HTTP date", "Tue Dec 24 2024 18:57:19 GMT"),
    malformed("of a word", "now"),
    malformed("of NaN", "NaN"),
    malformed("of Infinity", "Infinity"),
    malformed("in full-width digits", "１７３５０６６６３９７６１", ["TimestampText", "HostileBytes"]),
    malformed("in Arabic-Indic digits", "١٧٣٥٠٦٦٦٣٩٧٦١", ["TimestampText", "HostileBytes"]),
    malformed("with a no-break space", `${SENT_AT}\u00a0`, ["TimestampText", "HostileBytes"]),
    malformed("with a zero-width space", `${SENT_AT.slice(0, 6)}\u200b${SENT_AT.slice(6)}`, ["TimestampText", "HostileBytes"]),
    malformed("with a colon", `${SENT_AT}:`),
    malformed("that swallows the start of the body", `${SENT_AT}:{"a"`),
    malformed("as of the other scheme", `t=${SENT_AT}`),
  ];
}

function extremes() {
  const beyond = ["Tolerance", "BeyondDate"];
  return [
    { comment: "the largest timestamp, received at once", flags: beyond, timestamp: "9999999999999999", now: "9999999999999999" },
    { comment: "the last instant of JavaScript's Date", flags: beyond, timestamp: "8640000000000000", now: "8640000000000000" },
    { comment: "the last millisecond of year 9999", flags: ["Tolerance"], timestamp: "253402300799999", now: "253402300799999" },
    { comment: "a clock at the largest u64", flags: beyond, code: "timestamp_too_old", now: "18446744073709551615" },
    { comment: "the largest timestamp with a clock at zero", flags: ["Tolerance"], code: "timestamp_too_new", timestamp: "9999999999999999", now: "0" },
  ];
}
