// The JavaScript of docs/testing.md: its tests pass, under the program that runs such tests.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { inherited } from "./processes.mjs";
import { FOLDER } from "./support.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const { resolve } = createRequire(import.meta.url);
const document = readFileSync(here("../../../docs/testing.md"), "utf8");

/** What is imported that names the runner, the block's language, and how it is run in a folder: what it counted. */
const RUNNERS = [
  ["vitest", "ts", "receiver.test.ts", async (folder) => {
    const program = path.join(path.dirname(resolve("vitest/package.json")), "vitest.mjs");
    const { stdout } = await run(folder, program, "run", "--root", folder, "--reporter=json");
    return JSON.parse(stdout);
  }],
  ["@jest/globals", "js", "receiver.test.mjs", async (folder) => {
    const config = JSON.stringify({ rootDir: folder, testMatch: ["**/*.test.mjs"], transform: {}, testEnvironment: resolve("jest-environment-node") });
    const given = ["--config", config, "--ci", "--json", "--runInBand", "--no-cache", "--no-watchman"];
    const { stdout } = await run(folder, "--experimental-vm-modules", path.join(path.dirname(resolve("jest/package.json")), "bin/jest.js"), ...given);
    return JSON.parse(stdout);
  }],
];

for (const [runner, language, file, count] of RUNNERS) {
  test(runner, async () => {
    const blocks = document.split(`\n\`\`\`${language}\n`).slice(1).map((rest) => rest.split("```")[0]);
    const [block, ...others] = blocks.filter((text) => text.includes(`from "${runner}"`));
    assert.deepEqual(others, []);
    const folder = path.join(FOLDER, "testing-document", path.basename(runner));
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    symlinkSync(here("node_modules"), path.join(folder, "node_modules"), "junction");
    writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }\n');
    writeFileSync(path.join(folder, file), block);
    const { success, numPassedTests, numTotalTests } = await count(folder);
    const expected = block.match(/^test\(/gm).length;
    assert.deepEqual({ success, numPassedTests, numTotalTests }, { success: true, numPassedTests: expected, numTotalTests: expected });
  });
}

async function run(folder, ...given) {
  const env = { ...inherited, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined };
  return promisify(execFile)(process.execPath, given, { cwd: folder, env, timeout: 120_000 }).catch(({ stdout, stderr }) => assert.fail(`${stdout}${stderr}`));
}
