// Refused documents, each built as a valid beginning and an offence: the offset is the length of the beginning.
import { bytes } from "../shared/bytes.mjs";
import { parseJson } from "../shared/json_text.mjs";

const LITERALS = ["true", "false", "null"];

export function refusedTexts() {
  return [...offences(), ...controlCharacters(), ...foreignWhiteSpace(), ...literals(), ...numbers(), ...trailing(), ...truncated()];
}

// `completion` proves that `beginning` is one: together they are a document.
export function refused({ comment, flags = ["NotJson"], beginning, offence, completion }) {
  const fail = (claim) => {
    throw new Error(`${comment ?? beginning + offence}: ${claim}`);
  };
  if (parseJson(beginning + completion) === undefined) fail("the completed beginning is no document");
  if (parseJson(beginning + offence) !== undefined) fail("the engine accepts it");
  const first = [...offence][0] ?? "";
  if (first !== "" && parseJson(beginning + first + completion) !== undefined) fail("its first character is no offence");
  const input = bytes(beginning, offence);
  return { comment: comment ?? beginning + offence, flags, input, code: "payload_not_json", offset: bytes(beginning).length };
}

// [beginning, offence, completion]
function offences() {
  const written = [
    ...[["", "}", "1"], ["", "]", "1"], ["", ",", "1"], ["", ":", "1"], ["", "'a'", "1"], ["", "a", "1"], ["", "\\", "1"],
      ["", "é", "1"], ["", "/**/1", "1"], ["", "`a`", "1"]],
    ...[["[", ",]", "]"], ["[", ",1]", "]"], ["[1,", "]", "1]"], ["[1,", ",2]", "1]"], ["[1", ":2]", "]"], ["[1", "}", "]"],
      ["[", "}", "]"], ["[1 ", "2]", "]"], ['["a"', '"b"]', "]"]],
    ...[["[1", "[2]]", "]"], ["[1,", "...x]", "1]"], ["[[1]", "{}]", "]"], ["[1,2", ";3]", "]"], ["[1, ", "//x\n2]", "2]"], ["[1, ", "#x\n2]", "2]"]],
    ...[["{", ",}", "}"], ["{", "a:1}", "}"], ["{", "'a':1}", "}"], ["{", "1:1}", "}"], ["{", "null:1}", "}"], ["{", "[1]}", "}"], ["{", "]", "}"], ["{", "{}}", "}"]],
    ...[['{"a"', "}", ":1}"], ['{"a"', ",1}", ":1}"], ['{"a"', "=1}", ":1}"], ['{"a" ', "1}", ":1}"], ['{"a":', "}", "1}"],
      ['{"a":', ",}", "1}"], ['{"a":', ":1}", "1}"]],
    ...[['{"a":1,', "}", '"b":1}'], ['{"a":1,', ",}", '"b":1}'], ['{"a":1', '"b":2}', "}"], ['{"a":1', "]", "}"], ['{"a":1', ";}", "}"], ['{"a":1, ', "b:2}", '"b":2}']],
    ...[['"', "\n", '"'], ['"a', "\r\n", '"']],
    ...[['"\\', "x41", 'n"'], ['"\\', "'", 'n"'], ['"\\', "a", 'n"'], ['"\\', "v", 'n"'], ['"\\', "0", 'n"'], ['"\\', "B", 'n"'],
      ['"\\', "N", 'n"'], ['"\\', "U0041", 'n"'], ['"\\', "\n", 'n"'], ['"\\', " ", 'n"'], ['"\\', "é", 'n"']],
    ...[['"\\u', "g000", '0000"'], ['"\\u', "{41}", '0000"'], ['"\\u', '"', '0000"'], ['"\\u0', " 41", '000"'],
      ['"\\u00', "-1", '00"'], ['"\\u12', "g4", '00"'], ['"\\u123', "G", '0"'], ['"\\u123', '"', '0"'], ['"\\u00', "４１", '00"']],
    ...[['"\\ud83d\\', "x", 'n"'], ['"\\ud83d\\u', "zzzz", 'de00"'], ['"é😀\\', "q", 'n"'], ['["株', "\t", '"]'], ['{"ключ"', "}", ":1}"], ['{"a\\', "x", 'n":1}']],
    ...[["", "undefined", "1"], ["", "NaN", "1"], ["", "Infinity", "1"], ["[", "undefined]", "]"], ['{"a": ', "NaN}", "1}"],
      ["", "x10", "1"], ["", "(1)", "1"], ["", "<a/>", "1"], ["", "event=1", "1"]],
  ];
  return written.map(([beginning, offence, completion]) => refused({ beginning, offence, completion }));
}

function controlCharacters() {
  return Array.from({ length: 32 }, (_, value) =>
    refused({
      comment: `raw control character ${value} in a string`,
      beginning: '["ab',
      offence: `${String.fromCharCode(value)}c"]`,
      completion: '"]',
    }),
  );
}

function foreignWhiteSpace() {
  const characters = ["\u00a0", "\ufeff", "\v", "\f", "\0", "\u0085", "\u1680", "\u2003", "\u2028", "\u2029", "\u200b", "\u3000", "\u001f", "\u007f"];
  return characters.flatMap((character) => {
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
    return [
      refused({ comment: `${name} first`, beginning: "", offence: `${character}{}`, completion: "{}" }),
      refused({ comment: `${name} last`, flags: ["Trailing"], beginning: "{}", offence: character, completion: "" }),
      refused({ comment: `${name} between tokens`, beginning: '{"é":', offence: `${character}1}`, completion: "1}" }),
    ];
  });
}

function literals() {
  const wrong = LITERALS.flatMap((literal) =>
    Array.from({ length: literal.length }, (_, kept) => ({
      beginning: literal.slice(0, kept),
      completion: kept === 0 ? "1" : literal.slice(kept),
      letter: literal[kept],
    })),
  );
  return wrong.flatMap(({ beginning, completion, letter }) => {
    const flags = ["Literal"];
    const inArray = { beginning: `[${beginning}`, completion: `${completion}]` };
    return [
      refused({ flags, beginning, completion, offence: "x" }),
      refused({ flags, beginning, completion, offence: letter.toUpperCase() }),
      ...(beginning === "" ? [] : [refused({ flags, ...inArray, offence: "]" }), refused({ flags, ...inArray, offence: ` ${letter}]` })]),
    ];
  });
}

// [beginning, offence, completion]; an empty offence is a text that ends too early.
function numbers() {
  const written = [
    ...[["0", "1", ""], ["-0", "1", ""], ["0", "0", ""], ["-", "", "1"], ["-", "-1", "1"], ["-", "a", "1"], ["-", ".5", "1"], ["-", "Infinity", "1"], ["-", " 1", "1"]],
    ...[["", "+1", "1"], ["", ".5", "1"], ["", "٣", "1"], ["", "１", "1"], ["1.", "", "0"], ["1.", "x", "0"], ["1.", "e5", "0"],
      ["1.", ".5", "0"], ["1.5", ".5", ""], ["1.5", "x", ""], ["0", "x10", ""]],
    ...[["1e", "", "0"], ["1e", "x", "0"], ["1e+", "", "0"], ["1E-", "", "0"], ["1e", ".5", "0"], ["1e5", ".5", ""],
      ["1e+", "-5", "0"], ["1e5", "e5", ""], ["1", "_000", ""], ["1", "n", ""], ["1", "'000", ""]],
    ...[["[0", "1]", "]"], ["[-", "]", "1]"], ["[1.", "]", "0]"], ["[1.", ",2]", "0]"], ["[1e", "]", "0]"], ["[1e-", "]", "0]"],
      ['{"a":-', "}", "1}"], ['{"a":0', "7}", "}"], ["[1", "a]", "]"], ["[1", "-2]", "]"], ["[1", "+2]", "]"]],
  ];
  return written.map(([beginning, offence, completion]) => refused({ flags: ["Number"], beginning, offence, completion }));
}

function trailing() {
  const documents = ["1", '"a"', "{}", "[1]", "true", "null"];
  return [
    ...documents.map((beginning) => refused({ flags: ["Trailing"], beginning: `${beginning} `, offence: "2", completion: "" })),
    ...["}", "]", ",", ":", "{}", '"', "/", "\\", "x", "é"].map((offence) => refused({ flags: ["Trailing"], beginning: "{} \t\r\n", offence, completion: "" })),
    refused({ flags: ["Trailing"], beginning: "null", offence: "x", completion: "" }),
    refused({ flags: ["Trailing"], beginning: '"é"', offence: '"b"', completion: "" }),
  ];
}

function truncated() {
  const written = [
    ...[["", "1"], [" \t\r\n", "1"], ["[", "]"], ["[1", "]"], ["[1,", "1]"], ["[1, ", "1]"], ["[[]", "]"], ["{", "}"],
      ['{"', 'a":1}'], ['{"a', '":1}'], ['{"a"', ":1}"], ['{"a" ', ":1}"]],
    ...[['{"a":', "1}"], ['{"a":1', "}"], ['{"a":1,', '"b":1}'], ['{"a":1 ', "}"], ['{"a":{}', "}"], ['"', '"'], ['"abc', '"'],
      ['"é😀', '"'], ['"a\\', 'n"'], ['"a\\"', '"'], ['"\\u', '0000"'], ['"\\u0', '000"']],
    ...[['"\\u00', '00"'], ['"\\u000', '0"'], ['"\\ud83d', '"'], ['"\\ud83d\\', 'n"'], ['"\\ud83d\\u', '0000"'],
      ['"\\ud83d\\ude00', '"'], ["t", "rue"], ["fals", "e"], ["nul", "l"], ["[tru", "e]"], ["[-", "1]"], ["[1.", "0]"],
      ["[1e", "0]"]],
  ];
  return written.map(([beginning, completion]) =>
    refused({ comment: `cut short: ${JSON.stringify(beginning)}`, flags: ["Truncated"], beginning, offence: "", completion }),
  );
}
