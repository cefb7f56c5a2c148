import { hex } from "../shared/bytes.mjs";
import { vectorFile } from "../shared/vector_file.mjs";
import { NUMBER_CASES } from "../cases/numbers_written.mjs";
import { computedNumbers } from "../cases/numbers_computed.mjs";

const NOTES = {
  Stated: "A number whose printing the wire's description states.",
  Zero: "Zeros of every spelling.",
  Notation: "Where ECMAScript changes between plain and scientific notation, and trailing zeros.",
  PowerOfTen: "A power of ten.",
  Range: "The edges of the range of doubles; beyond them a number prints as null.",
  Exponent: "Exponents with leading zeros, and around what counters of 32 and 64 bits hold.",
  Undone: "Zeros before or behind the point, and the exponent that undoes them.",
  Integer: "Integers around a power of two, or of ten.",
  Tie: "A decimal half-way between two doubles, or one digit off it.",
  ManyDigits: "More digits than a double has.",
  Field: "Numbers as the sender's records hold them.",
  RandomDouble: "A double of random bits.",
  RandomDecimal: "A decimal of random digits.",
};

export function numbersFile() {
  const cases = [...NUMBER_CASES, ...computedNumbers()];
  const firstOfEach = [...new Map(cases.reverse().map(([flag, text, note]) => [text, { flag, text, note }])).values()].reverse();
  return vectorFile(NOTES, [{ tests: firstOfEach.map(numberTest) }]);
}

function numberTest({ flag, text, note }) {
  const output = JSON.stringify(JSON.parse(text));
  const shown = text.length <= 40 ? text : `${text.slice(0, 16)}... (${text.length} characters)`;
  return { comment: note ?? shown, flags: [flag], inputHex: hex(text), outputHex: hex(output), result: "valid", code: null };
}
