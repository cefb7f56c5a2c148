// A verdict on a JSON text in bytes: 0 and the canonical text, or the number of the refusal.
import { bytes } from "./bytes.mjs";
import { judgeJson } from "./json_text.mjs";

const ACCEPTED = 0;
const REFUSALS = { payload_not_utf8: 1, payload_not_json: 2, payload_too_deep: 3 };

export function verdictOn(input) {
  const { code, text } = judgeJson(input);
  return code === null ? bytes(ACCEPTED, text) : bytes(REFUSALS[code]);
}
