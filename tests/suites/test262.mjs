// Runs test262's tests of JSON in V8, and keeps every text that they have read or printed.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import vm from "node:vm";

export function textsOf(directory) {
  const folder = join(directory, "test/built-ins/JSON");
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js")).sort();
  const texts = new Map();
  let skipped = 0;
  for (const file of files) {
    const name = relative(directory, join(folder, file));
    try {
      for (const text of run(directory, readFileSync(join(folder, file), "utf8"))) if (text.isWellFormed()) texts.set(text, { name, text });
    } catch {
      skipped += 1; // A proposal that this V8 has not, or a realm of another kind.
    }
  }
  console.log(`test262: ${texts.size} texts of ${files.length - skipped} tests; this V8 does not pass ${skipped}`);
  return [...texts.values()];
}

function run(directory, source) {
  const includes = /includes: \[(.*)\]/.exec(source)?.[1].split(",").map((name) => name.trim()) ?? [];
  const harness = ["assert.js", "sta.js", ...includes].map((name) => join(directory, "harness", name)).filter(existsSync);
  const context = vm.createContext({});
  const seen = vm.runInContext(RECORDER, context);
  for (const file of harness) vm.runInContext(readFileSync(file, "utf8"), context, { timeout: 10_000 });
  vm.runInContext(source, context, { timeout: 10_000 });
  return seen;
}

/** Of the functions themselves nothing else can be told. */
const RECORDER = `(() => {
  const seen = [];
  const keep = (text) => typeof text === "string" && seen.push(text);
  const record = (name, apply) => Object.defineProperty(JSON, name, { value: new Proxy(JSON[name], { apply }) });
  record("parse", (parse, self, given) => {
    keep(given[0]);
    return Reflect.apply(parse, self, given);
  });
  record("stringify", (stringify, self, given) => {
    const text = Reflect.apply(stringify, self, given);
    keep(text);
    return text;
  });
  return seen;
})()`;
