// Makes a folder that npm packs, of what Rust and the compiler made: pack.mjs VERSION REPOSITORY, then NOTICES COMPILED STAGE (the
// package), --native PLATFORM NOTICES LIBRARY STAGE (the package of a platform's native module), --command-line STAGE, or --program
// PLATFORM NOTICES PROGRAM STAGE (the package of a platform's command line). The repository's address is empty while it has none.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
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
else if (first === "--program") packProgram(...rest);
else pack(first, ...rest);

function pack(notices, compiled, stage) {
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
  writeStubs(stage, manifest.exports);
  finish(stage, manifest, readFileSync(here("README.md"), "utf8"), notices);
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

function packNative(platform, notices, library, stage) {
  const file = "twenty-webhook.node";
  packForPlatform("twenty-webhook", "native module", platform, notices, library, file, stage, { main: file });
}

function packProgram(platform, notices, program, stage) {
  packForPlatform(commandLine().name, "program", platform, notices, program, basename(program), stage);
}

function packCommandLine(stage) {
  const manifest = commandLine();
  const optionalDependencies = Object.fromEntries(Object.keys(platforms()).map((platform) => [`${manifest.name}-${platform}`, version]));
  copyFileSync(here("../cli/npm/twenty-webhook.mjs"), join(stage, "twenty-webhook.mjs"));
  finish(stage, { ...manifest, version, optionalDependencies }, readFileSync(here("../cli/README.md"), "utf8"));
}

function commandLine() {
  return JSON.parse(readFileSync(here("../cli/npm/package.json"), "utf8"));
}

function packForPlatform(of, what, platform, notices, built, file, stage, more) {
  const { os, cpu, libc } = platforms()[platform];
  copyFileSync(built, join(stage, file));
  const name = `${of}-${platform}`;
  const description = `The ${what} of ${of} for ${platform}.`;
  const readme = `# ${name}\n\n${description} Install \`${of}\`, which brings it along.\n`;
  const { license, engines } = publicManifest();
  finish(stage, { name, version, description, license, os, cpu, libc, ...more, files: ["LICENSE-*", file], engines }, readme, notices);
  if (what === "program") chmodSync(join(stage, file), 0o755);
}

function platforms() {
  return JSON.parse(readFileSync(here("../bindings-node/platforms.json"), "utf8"));
}

function finish(stage, manifest, readme, notices) {
  writeJson(join(stage, "package.json"), { ...manifest, ...addresses() });
  writeFileSync(join(stage, "README.md"), readme);
  for (const file of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(here(`../${file}`), join(stage, file));
  if (notices) copyFileSync(notices, join(stage, basename(notices)));
  for (const file of readdirSync(stage, { recursive: true })) {
    const path = join(stage, file);
    // What the umask of whoever builds made of it, npm packs.
    if (statSync(path).isFile()) chmodSync(path, 0o644);
  }
}

function addresses() {
  if (!repository) return {};
  const page = repository.replace(/(\/|\.git)+$/, "");
  return { homepage: `${page}#readme`, bugs: `${page}/issues`, repository: { type: "git", url: `git+${page}.git` } };
}

function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}
