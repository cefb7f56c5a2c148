import { hex } from "../shared/bytes.mjs";
import { judgeJson } from "../shared/json_text.mjs";
import { vectorFile } from "../shared/vector_file.mjs";
import { acceptedObjects } from "../cases/canonical_objects.mjs";
import { acceptedTexts } from "../cases/canonical_texts.mjs";
import { refusedDepths } from "../cases/canonical_depth.mjs";
import { refusedTexts } from "../cases/canonical_refused.mjs";
import { refusedEncodings } from "../cases/canonical_utf8.mjs";

const NOTES = {
  Sample: "A full payload of one of the envelopes; it is canonical already.",
  Reserialized: "A full payload as another serialiser prints it.",
  WhiteSpace: "White space between tokens.",
  Scalar: "A document that is no container.",
  Empty: "Empty containers and texts.",
  String: "Characters and escapes in strings.",
  Surrogate: "Escapes of surrogates, paired and unpaired.",
  KeyOrder: "Index keys come first, in ascending order; the others keep the order of first appearance.",
  RepeatedKey: "A repeated key keeps its first place and its last value.",
  Nesting: "Containers inside containers, also where they are moved or dropped.",
  Depth: "At most 1,024 containers inside one another.",
  NotJson: "Text that JSON.parse refuses.",
  Truncated: "Text that ends too early: the offset is its length.",
  Number: "Numbers, well-formed and not.",
  Literal: "true, false, null and what resembles them.",
  Trailing: "Something after the document.",
  NotUtf8: "Ill-formed UTF-8: the offset is that of the first ill-formed sequence.",
  Utf8First: "UTF-8 is judged over the whole text before anything else.",
};

export function canonicalFile() {
  return vectorFile(NOTES, [
    { tests: [...acceptedTexts(), ...acceptedObjects()].map(acceptedTest) },
    { tests: [...refusedTexts(), ...refusedDepths(), ...refusedEncodings()].map(refusedTest) },
  ]);
}

function acceptedTest({ comment, flags, input }) {
  const { code, text } = judgeJson(input);
  if (code !== null) throw new Error(`${comment}: refused with ${code}`);
  return { comment, flags, inputHex: hex(input), result: "valid", code: null, outputHex: hex(text) };
}

function refusedTest({ comment, flags, input, code, offset }) {
  const verdict = judgeJson(input);
  if (verdict.code !== code) throw new Error(`${comment}: claimed ${code}, the engine says ${verdict.code}`);
  return { comment, flags, inputHex: hex(input), result: "invalid", code, offset };
}
