// Every example, and every program of the READMEs and docs, by the types of what it uses.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import { BUILT, checkTypes } from "./built.mjs";
import { example, resolve } from "./servers.mjs";
import { FOLDER } from "./support.mjs";

const run = promisify(execFile);
const here = (...parts) => path.join(import.meta.dirname, ...parts);
const ROOT = here("../../..");
const EXAMPLES = path.join(ROOT, "bindings-js/examples");

/** What can be compiled together, with what is there besides the packages. */
const PLATFORMS = {
  node: { types: ["node"], lib: ["es2023", "dom", "dom.iterable"], ambient: "deployed.d.ts" },
  workers: { types: ["@cloudflare/workers-types"], lib: ["es2023"], ambient: "bindings.d.ts" },
  bun: { types: ["bun"], lib: ["es2023"], ambient: "deployed.d.ts" },
};

const CODE = /\.[cm]?[jt]sx?$/;
const sources = (name) => readdirSync(path.join(EXAMPLES, name), { recursive: true }).filter((file) => CODE.test(file) && !file.includes("node_modules"));
const examples = readdirSync(EXAMPLES);
const hasOwn = (name) => existsSync(path.join(EXAMPLES, name, "tsconfig.json"));
// The last is compiled with the types of its workspace, among those of the package.
const shown = [...examples.flatMap((name) => sources(name).map((file) => path.join(EXAMPLES, name, file))), path.join(ROOT, "tests/workspaces/rockets/receiver.ts")];
const texts = shown.map((file) => squeezed(readFileSync(file, "utf8")));

describe("types", { concurrency: 2 }, () => {
  // Those have settings and a compiler of their own, and what is built first has types that its framework generates.
  for (const name of examples.filter(hasOwn)) {
    const built = BUILT[name];
    test(name, { skip: built?.skip }, () => (built ? checkTypes(name) : checkOwn(name)));
  }
  for (const platform of Object.keys(PLATFORMS)) test(`JavaScript for ${platform}, and documents`, () => check(platform));

  test("what the documents show of a program stands in an example", () => {
    for (const { page, line, text, isProgram } of blocks()) {
      assert.ok(isProgram || texts.some((source) => source.includes(squeezed(text))), `${page}:${line} is neither a program nor a part of an example`);
    }
  });
});

async function checkOwn(name) {
  const compiler = resolve(name, "typescript/bin/tsc");
  const { stdout } = await run(process.execPath, [compiler, "--noEmit", "--listFiles", "--project", example(name)]).catch(({ stdout }) => assert.fail(stdout));
  const seen = stdout.split("\n");
  for (const file of sources(name)) assert.ok(seen.includes(example(name, file)), `its tsconfig.json leaves out ${file}`);
}

async function check(platform) {
  const { types, lib, ambient } = PLATFORMS[platform];
  const folder = path.join(FOLDER, "typed", platform);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  linkTypes();
  const programs = blocks().filter(({ isProgram, text }) => isProgram && platformOf(text) === platform);
  for (const { name, text } of programs) writeFileSync(path.join(folder, name), text);
  const names = examples.filter((name) => !hasOwn(name) && platformOfExample(name) === platform);
  const files = [here("../types", ambient), ...programs.map(({ name }) => name), ...names.flatMap((name) => sources(name).map((file) => example(name, file)))];
  const compilerOptions = {
    target: "es2022", module: "esnext", moduleResolution: "bundler", jsx: "preserve", lib, types,
    allowJs: true, checkJs: true, strict: true, noUncheckedIndexedAccess: true, skipLibCheck: true, noEmit: true,
  };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const compiler = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const said = await run(process.execPath, [compiler, "--project", folder, "--pretty", "false"]).then(
    () => "",
    ({ stdout, stderr }) => `${stdout}${stderr}` || "the compiler failed",
  );
  const wrong = said.replaceAll(UNTYPED, "");
  assert.ok(wrong === "", wrong);
}

/** In JavaScript a parameter, or a variable that gets its value later, has no type. */
const UNTYPED = /^\S+\.[cm]?js\(\d+,\d+\): error TS(7005|7006|7031|7034): .*\n/gm;

/** The types of packages that bring none, where the compiler looks for them. Express 4 has some of its own. */
function linkTypes() {
  const links = [
    [here("node_modules"), path.join(FOLDER, "typed/node_modules")],
    [here("node_modules/@types"), example("node_modules/@types")],
    [here("node_modules/@types/express4"), example("express4/node_modules/@types/express")],
  ];
  for (const [target, link] of links) {
    mkdirSync(path.dirname(link), { recursive: true });
    if (!existsSync(link)) symlinkSync(target, link, "junction");
  }
}

function platformOfExample(name) {
  return existsSync(path.join(EXAMPLES, name, "wrangler.toml")) ? "workers" : "node";
}

function platformOf(text) {
  return { "cloudflare:": "workers", "bun:": "bun" }[/from "(cloudflare:|bun:)/.exec(text)?.[1]] ?? "node";
}

/** All fenced JavaScript and TypeScript: a program imports what it uses, anything else is a part of one. */
function blocks() {
  const docs = readdirSync(path.join(ROOT, "docs"), { recursive: true }).filter((file) => file.endsWith(".md"));
  return ["README.md", "bindings-js/README.md", ...docs.map((file) => path.join("docs", file))].flatMap((page) => {
    const content = readFileSync(path.join(ROOT, page), "utf8");
    return [...content.matchAll(FENCED)].map(({ 1: language, 2: text, index }) => {
      const line = content.slice(0, index).split("\n").length;
      return { page, line, text, name: `${page.replaceAll(/\W/g, "-")}-${line}.${LANGUAGES[language]}`, isProgram: /^import /m.test(text) };
    });
  });
}

const LANGUAGES = { js: "mjs", javascript: "mjs", ts: "mts", typescript: "mts", jsx: "jsx", tsx: "tsx" };
const FENCED = new RegExp(`^\`\`\`(${Object.keys(LANGUAGES).join("|")})\\n(.*?)^\`\`\``, "gms");

function squeezed(text) {
  return text.replaceAll(/\s/g, "");
}
