// Makes one file of each entry, comments and all: what a host opens, it opens once.
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Where Node's CommonJS entry finds WebAssembly if it needs it: a file of its own, and the only copy in that format. */
const WASM = "wasm/inlined.js";
/** Of diagnosis there is one copy in either format, because it is large, and nobody waits for it. */
const DIAGNOSE_WASM = "diagnose/inlined.js";
const TESTING = "testing.js";

/** What is published of each format, and what of the compiler's output each is made of. */
const ENTRIES = {
  esm: { "inline.js": "inline.js", "workerd.js": "workerd.js", "edge-light.js": "edge-light.js", "node.mjs": "node.mjs", [TESTING]: TESTING },
  cjs: { "inline.js": "inline.js", "node.cjs": "node-commonjs.js", [WASM]: WASM, [TESTING]: TESTING },
};

/** `--configFrom` is the folder of the compiler's output, `--configTo` of what is published. */
export default ({ configFrom: from, configTo: to }) => {
  const adapters = readdirSync(join(from, "adapters")).filter((name) => name.endsWith(".js"));
  return Object.entries(ENTRIES).flatMap(([format, entries]) => {
    const all = { ...entries, ...Object.fromEntries(adapters.map((name) => [`adapters/${name}`, `adapters/${name}`])) };
    const isDiagnosed = ([file]) => file !== WASM && file !== TESTING;
    const diagnosing = Object.entries(entries).filter(isDiagnosed).map(([file, source]) => [`diagnose/${file}`, `diagnose/${source}`]);
    return [...Object.entries(all), ...diagnosing, [DIAGNOSE_WASM, DIAGNOSE_WASM]].map(([file, source]) => ({
      input: join(from, source),
      plugins: [outside(format), ...(file.startsWith("diagnose/") ? [larger(from)] : [])],
      output: { file: join(to, format, file), format, esModule: true, externalLiveBindings: false, generatedCode: { preset: "es2015", symbols: false } },
    }));
  });
};

/** What stays an import: Node's own, the module where the platform's bundler wants to see it, and the copy there is one of. */
const outside = (format) => ({
  name: "outside",
  resolveId(source, importer) {
    if (source.startsWith("node:")) return { id: source, external: true };
    if (/\.wasm(\?module)?$/.test(source)) return { id: source.replace("/generated/", "/"), external: true };
    const isCopy = (format === "cjs" && source === `./${WASM}`) || (importer && source === "./inlined.js");
    return isCopy ? { id: source, external: true } : null;
  },
});

/** Has all that speaks to the module speak to the larger one: a script has one of them. */
const larger = (from) => ({
  name: "larger",
  resolveId(source) {
    const found = /\/generated\/module((?:\.base64)?\.js)$/.exec(source);
    return found && join(from, `generated/diagnose${found[1]}`);
  },
});
