// Reads published suites and writes their cases in one form for the runners beside this, as JSON: a text in hex, and the
// canonical text that must come of it, or null where it must be refused. cases.mjs OUT [SUITE DIRECTORY]...
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { judgeJson } from "../oracle/shared/json_text.mjs";
import { textsOf } from "./test262.mjs";

const [out, ...given] = process.argv.slice(2);
const directories = Object.fromEntries(given.flatMap((name, index) => (index % 2 === 0 ? [[name, given[index + 1]]] : [])));

/** The suite says what is JSON and what is not; where it leaves that open, and for how it is printed, V8 does. */
function jsonTestSuite(directory) {
  const folder = join(directory, "test_parsing");
  return readdirSync(folder).filter((name) => name.endsWith(".json")).sort().map((name) => {
    const input = readFileSync(join(folder, name));
    const { code, text } = judgeJson(input);
    if (name.startsWith("y_") && code !== null) throw new Error(`V8 refuses ${name}`);
    return { name, inputHex: input.toString("hex"), expected: name.startsWith("n_") ? null : (text ?? null) };
  });
}

/** Their text has its members sorted. What is signed has them in ECMAScript's order, so V8's is compared, once it is theirs when sorted. */
function rfc8785(directory) {
  const folder = (name) => join(directory, "testdata", name);
  return readdirSync(folder("input")).sort().flatMap((name) => {
    const [input, output] = ["input", "output"].map((of) => readFileSync(join(folder(of), name), "utf8"));
    const hex = readFileSync(join(folder("outhex"), name.replace(".json", ".txt")), "utf8").replace(/\s/g, "");
    if (sorted(JSON.parse(input)) !== output.trim() || Buffer.from(output.trim()).toString("hex") !== hex) throw new Error(`V8 prints ${name} in another way`);
    return [input, output].map((text) => ({ name, inputHex: Buffer.from(text).toString("hex"), expected: JSON.stringify(JSON.parse(text)) }));
  });
}

function sorted(value) {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${sorted(value[key])}`).join(",")}}`;
}

/** What RFC 8785 says of numbers, as its author publishes it: where the sequence begins, and the digest of so many lines. */
function numbers(directory) {
  const program = readFileSync(join(directory, "testdata/numgen.js"), "utf8");
  const begin = program.slice(program.indexOf("staticU64s"), program.indexOf("])"));
  const table = readFileSync(join(directory, "testdata/README.md"), "utf8").matchAll(/^\| ([0-9a-f]{64}) \| (\d+) /gm);
  return { begin: Array.from(begin.matchAll(/0x([0-9a-f]{16})n/g), ([, bits]) => bits), digests: Object.fromEntries(Array.from(table, ([, digest, lines]) => [lines, digest])) };
}

/** Every text that V8 reads or prints while it passes these tests. */
function test262(directory) {
  return textsOf(directory).map(({ name, text }) => {
    const input = Buffer.from(text);
    return { name, inputHex: input.toString("hex"), expected: judgeJson(input).text ?? null };
  });
}

const SUITES = { "json-test-suite": jsonTestSuite, "rfc-8785": rfc8785, test262 };
const cases = Object.entries(directories).flatMap(([suite, directory]) => {
  const found = SUITES[suite](directory);
  if (found.length === 0) throw new Error(`${directory} has nothing of ${suite}`);
  return found.map((made) => ({ suite, ...made }));
});
writeFileSync(out, JSON.stringify({ cases, numbers: "rfc-8785" in directories ? numbers(directories["rfc-8785"]) : null }));
