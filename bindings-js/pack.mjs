// Makes the folders that npm packs, of what Rust and the compiler made: pack.mjs VERSION REPOSITORY COMPILED STAGE (the package),
// pack.mjs VERSION REPOSITORY --native LIBRARY STAGE (the package of this platform's native module), or pack.mjs VERSION REPOSITORY
// --command-line PROGRAM STAGE STAGE (of the command line the package, and the one of this platform's program). The repository's
// address is empty while it has none.
import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative, sep } from "node:path";

/** Each entry declares the same, and each of diagnosis. */
const ENTRY = 'export * from "./entry.js";\nexport * from "./index.js";\n';
const DIAGNOSE_ENTRY = ENTRY.replace("./index.js", "../index.js");
/** What is not about an engine, of the folders where the rest is. */
const DIAGNOSE_PUBLIC = ["entry.d.ts", "diagnosis.d.ts", "causes.d.ts", "requests.d.ts"];

const here = (file) => new URL(file, import.meta.url);
const [version, repository, first, ...rest] = process.argv.slice(2);
if (first === "--native") packNative(...rest);
else if (first === "--command-line") packCommandLine(...rest);
else pack(first, ...rest);

function pack(compiled, stage) {
  for (const [format, type, node] of [["esm", "module", "node.d.mts"], ["cjs", "commonjs", "node.d.cts"]]) {
    const out = join(stage, "dist", format);
    cpSync(compiled, out, { recursive: true, filter: (file) => isPublicDeclaration(relative(compiled, file)) });
    for (const entry of [node, "inline.d.ts", "workerd.d.ts", "edge-light.d.ts"]) {
      writeFileSync(join(out, entry), ENTRY);
      writeFileSync(join(out, "diagnose", entry), DIAGNOSE_ENTRY);
    }
    writeJson(join(out, "package.json"), { type });
  }
  for (const module of ["module.wasm", "diagnose.wasm"]) copyFileSync(here(`src/generated/${module}`), join(stage, "dist/esm", module));
  const manifest = publicManifest();
  finish(stage, manifest, readFileSync(here("README.md"), "utf8"));
  writeStubs(stage, manifest.exports);
}

/** Declarations stay as many files as they are written in. What speaks to the modules is in none of the public ones. */
function isPublicDeclaration(file) {
  const [folder, inDiagnose] = file.split(sep);
  const isInner = ["generated", "wasm", "native.d.ts", "node-commonjs.d.ts"].includes(folder);
  const isEngine = folder === "diagnose" && inDiagnose && !DIAGNOSE_PUBLIC.includes(inDiagnose);
  return !isInner && !isEngine && (!/\.\w+$/.test(file) || file.endsWith(".d.ts"));
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
  const file = "twenty-webhook.node";
  packForPlatform("twenty-webhook", "native module", library, file, stage, { main: file });
}

function packCommandLine(program, stage, platformStage) {
  const manifest = JSON.parse(readFileSync(here("../cli/npm/package.json"), "utf8"));
  packForPlatform(manifest.name, "program", program, basename(program), platformStage);
  const optionalDependencies = Object.fromEntries(Object.keys(platforms()).map((platform) => [`${manifest.name}-${platform}`, version]));
  copyFileSync(here("../cli/npm/twenty-webhook.mjs"), join(stage, "twenty-webhook.mjs"));
  finish(stage, { ...manifest, version, optionalDependencies }, readFileSync(here("../cli/README.md"), "utf8"));
}

function packForPlatform(of, what, built, file, stage, more) {
  const platform = thisPlatform();
  const fields = platforms()[platform];
  if (!fields) throw new Error(`${platform} is not listed in platforms.json`);
  copyFileSync(built, join(stage, file));
  const name = `${of}-${platform}`;
  const description = `The ${what} of ${of} for ${platform}.`;
  const readme = `# ${name}\n\n${description} Install \`${of}\`, which brings it along.\n`;
  const { license, engines } = publicManifest();
  finish(stage, { name, version, description, license, ...fields, ...more, files: ["LICENSE-*", file], engines }, readme);
}

function platforms() {
  return JSON.parse(readFileSync(here("../bindings-node/platforms.json"), "utf8"));
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
