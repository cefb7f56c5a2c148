// Nesting beyond the limit: the offence is the bracket that opens the first container too many.
import { bytes } from "../shared/bytes.mjs";
import { DEPTH_LIMIT } from "../shared/json_text.mjs";

const OPEN = "[".repeat(DEPTH_LIMIT);
const CLOSE = "]".repeat(DEPTH_LIMIT);

export function refusedDepths() {
  const refused = (comment, code, beginning, rest) => ({ comment, flags: ["Depth"], code, input: bytes(beginning, rest), offset: bytes(beginning).length });
  const tooDeep = (comment, beginning, rest) => refused(comment, "payload_too_deep", beginning, rest);
  const notJson = (comment, beginning, rest) => refused(comment, "payload_not_json", beginning, rest);
  const objects = '{"":'.repeat(DEPTH_LIMIT);
  return [
    tooDeep("1,025 arrays", OPEN, `[]${CLOSE}`),
    tooDeep("1,025 objects", objects, "{}"),
    tooDeep("1,024 arrays and an object", OPEN, `{}${CLOSE}`),
    tooDeep("1,025 opening brackets alone", OPEN, "["),
    tooDeep("1,025 opening braces, the last one at the end", objects, "{"),
    tooDeep("1,100 opening brackets alone", OPEN, "[".repeat(1100 - DEPTH_LIMIT)),
    tooDeep("too deep first, then not JSON", OPEN, "[nope"),
    tooDeep("too deep after a sibling", `[${"[".repeat(DEPTH_LIMIT - 1)}${"]".repeat(DEPTH_LIMIT - 1)}, ${"[".repeat(DEPTH_LIMIT - 1)}`, "[]"),
    tooDeep("too deep after white space and a two-byte character", `["é",\n${"[".repeat(DEPTH_LIMIT - 1)} `, "[1"),
    tooDeep("too deep after brackets in a string", `["]]]\\"]",${"[".repeat(DEPTH_LIMIT - 1)}`, "[]"),
    tooDeep("too deep in a value that a repeated key would drop", `{"a":${"[".repeat(DEPTH_LIMIT - 1)}`, `[]${"]".repeat(DEPTH_LIMIT - 1)},"a":1}`),
    notJson("1,024 opening brackets alone", OPEN, ""),
    notJson("not JSON first, then too deep", '{"a":1,', `}${OPEN}[`),
    notJson("a bracket too many where no value may stand", `${OPEN}1`, `[${CLOSE}`),
    notJson("a key that is a bracket, at the limit", `${"[".repeat(DEPTH_LIMIT - 1)}{`, "[]"),
  ];
}
