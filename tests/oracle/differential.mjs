// Answers each framed JSON text with a framed verdict: 0 and the canonical text, or the number of the refusal.
import { bytes } from "./shared/bytes.mjs";
import { answerFrames } from "./shared/frames.mjs";
import { judgeJson } from "./shared/json_text.mjs";

const ACCEPTED = 0;
const REFUSALS = { payload_not_utf8: 1, payload_not_json: 2, payload_too_deep: 3 };

await answerFrames((input) => {
  const { code, text } = judgeJson(input);
  return code === null ? bytes(ACCEPTED, text) : bytes(REFUSALS[code]);
});
