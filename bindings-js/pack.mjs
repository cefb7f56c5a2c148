// Makes the folders that npm packs, of what Rust and the compiler made: pack.mjs VERSION REPOSITORY COMPILED STAGE (the package), or
// pack.mjs VERSION REPOSITORY --native LIBRARY STAGE (the package of this platform's native module). The repository's address is
// empty while it has none.
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** Each entry declares the same. */
const ENTRY = 'export * from "./entry.js";\nexport * from "./index.js";\n';

const here = (file) => new URL(file, import.meta.url);
const [version, repository, first, ...rest] = process.argv.slice(2);
if (first === "--native") packNative(...rest);
else pack(first, ...rest);

function pack(compiled, stage) {
  for (const [format, type, node] of [["esm", "module", "node.d.mts"], ["cjs", "commonjs", "node.d.cts"]]) {
    const out = join(stage, "dist", format);
    cpSync(compiled, out, { recursive: true, filter: (file) => isPublicDeclaration(relative(compiled, file)) });
    for (const entry of [node, "inline.d.ts", "workerd.d.ts", "edge-light.d.ts"]) writeFileSync(join(out, entry), ENTRY);
    writeJson(join(out, "package.json"), { type });
  }
  copyFileSync(here("src/generated/module.wasm"), join(stage, "dist/esm/module.wasm"));
  const manifest = publicManifest();
  finish(stage, manifest, readFileSync(here("README.md"), "utf8"));
  writeStubs(stage, manifest.exports);
}

/** Declarations stay as many files as they are written in. What speaks to the modules is in none of the public ones. */
function isPublicDeclaration(file) {
  const isInner = ["generated", "wasm", "native.d.ts", "node-commonjs.d.ts"].includes(file.split(sep)[0]);
  return !isInner && (!/\.\w+$/.test(file) || file.endsWith(".d.ts"));
}

function publicManifest() {
  return JSON.parse(readFileSync(here("npm/package.json"), "utf8").replaceAll("0.0.0", version));
}

/** For resolvers older than export conditions: a folder for each subpath, which says where the CommonJS is. */
function writeStubs(stage, exports) {
  for (const [subpath, conditions] of Object.entries(exports)) {
    const { require } = conditions.default ?? conditions;
    if (subpath === "." || !require) continue;
    mkdirSync(join(stage, subpath));
    const [main, types] = [require.default, require.types].map((file) => file.replace("./", "../"));
    writeJson(join(stage, subpath, "package.json"), { main, types });
  }
}

function packNative(library, stage) {
  const platform = thisPlatform();
  const fields = JSON.parse(readFileSync(here("../bindings-node/platforms.json"), "utf8"))[platform];
  if (!fields) throw new Error(`${platform} is not listed in platforms.json`);
  copyFileSync(library, join(stage, "twenty-webhook.node"));
  const description = `The native module of twenty-webhook for ${platform}.`;
  const readme = `# twenty-webhook-${platform}\n\n${description} Install \`twenty-webhook\`, which brings it along.\n`;
  const manifest = {
    name: `twenty-webhook-${platform}`,
    version,
    description,
    license: publicManifest().license,
    ...fields,
    main: "twenty-webhook.node",
    files: ["LICENSE-*", "twenty-webhook.node"],
    engines: { node: ">=20" },
  };
  finish(stage, manifest, readme);
}

function thisPlatform() {
  const { arch, platform } = process;
  const isGlibc = process.report.getReport().header.glibcVersionRuntime !== undefined;
  const abi = { linux: isGlibc ? "-gnu" : "-musl", win32: "-msvc" }[platform] ?? "";
  return `${platform}-${arch}${abi}`;
}

function finish(stage, manifest, readme) {
  writeJson(join(stage, "package.json"), { ...manifest, ...addresses() });
  writeFileSync(join(stage, "README.md"), readme);
  for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(here(`../${file}`), join(stage, file));
}

function addresses() {
  if (!repository) return {};
  const page = repository.replace(/(\/|\.git)+$/, "");
  return { homepage: `${page}#readme`, bugs: `${page}/issues`, repository: { type: "git", url: `git+${page}.git` } };
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
