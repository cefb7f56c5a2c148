// Makes one file of each entry, comments and all: what a host opens, it opens once.
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Where Node's CommonJS entry finds WebAssembly if it needs it: a file of its own, and the only copy in that format. */
const WASM = "wasm/inlined.js";
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
    return Object.entries(all).map(([file, source]) => ({
      input: join(from, source),
      plugins: [outside(format)],
      output: { file: join(to, format, file), format, esModule: true, externalLiveBindings: false, generatedCode: { preset: "es2015", symbols: false } },
    }));
  });
};

/** What stays an import: Node's own, the module where the platform's bundler wants to see it, and the copy there is one of. */
const outside = (format) => ({
  name: "outside",
  resolveId(source) {
    if (source.startsWith("node:")) return { id: source, external: true };
    if (/\.wasm(\?module)?$/.test(source)) return { id: source.replace("/generated/", "/"), external: true };
    return format === "cjs" && source === `./${WASM}` ? { id: source, external: true } : null;
  },
});
