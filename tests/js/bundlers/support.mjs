// What every bundler is asked: the cases' input and their outcome, and ways to run a bundle.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import vm from "node:vm";

/** Where the tarballs are installed, with `app` beside them. */
export const FOLDER = process.env.APP_FOLDER;
assert.ok(FOLDER, "APP_FOLDER names where the packed package is installed");
export const entry = (name) => path.join(FOLDER, "app", name);
export const output = (name) => path.join(FOLDER, "out", name);

const now = 1_764_000_000_000;
const secret = "a-secret";
const body = '{"eventName":"person.created","record":{"id":"7"}}';
const signature = createHmac("sha256", secret).update(`${now}:${body}`).digest("hex");
export const input = {
  secret, body, now,
  headers: { "X-Twenty-Webhook-Timestamp": String(now), "X-Twenty-Webhook-Signature": signature, "X-Twenty-Webhook-Nonce": "0".repeat(32) },
};

export const expected = (backend) => ({
  backend,
  authentic: "person.created",
  tampered: "signature_mismatch 401",
  stale: "timestamp_too_old 401",
  missing: "missing_header 401",
  canonical: '{"1":"é","b":1}',
});

const RUN = path.join(import.meta.dirname, "run.mjs");

/** Runs a bundle in a fresh Node, where it lies. */
export function runInNode(file) {
  return JSON.parse(execFileSync(process.execPath, [RUN, file, JSON.stringify(input)], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

/** Runs a folder's bundle somewhere with no packages around, as a deployed one is. */
export function runElsewhere(folder, file) {
  const away = mkdtempSync(path.join(tmpdir(), "bundle-"));
  try {
    cpSync(folder, away, { recursive: true });
    return runInNode(path.join(away, file));
  } finally {
    rmSync(away, { recursive: true });
  }
}

/** The names of what every runtime has that the package may ask for: nothing of Node is among them. */
const EVERYWHERE = { TextEncoder, TextDecoder, WebAssembly, atob, crypto, console };

/** Runs an ECMAScript module where nothing of Node is to be had; a `.wasm` is a compiled module there, as in workerd. */
export async function runBare(file) {
  const context = vm.createContext({ ...EVERYWHERE, Date });
  const code = await load(file, context);
  await code.evaluate();
  return JSON.parse(vm.runInContext(`JSON.stringify(fiveCases(${JSON.stringify(input)}))`, context));
}

/** Of another realm, as in Next's edge sandbox. */
const ForeignModule = vm.runInNewContext("WebAssembly.Module");

async function load(file, context) {
  const linked = new vm.SourceTextModule(readFileSync(file, "utf8"), { context, identifier: file });
  await linked.link(async (name) => {
    assert.match(name, /\.wasm$/, `${path.basename(file)} imports ${name}`);
    const module = new ForeignModule(readFileSync(path.resolve(path.dirname(file), name)));
    return new vm.SyntheticModule(["default"], function () { this.setExport("default", module); }, { context });
  });
  return linked;
}

/** Fails if a bundle for the browser or the edge asks for anything of Node. */
export function assertNothingOfNode(folder) {
  for (const name of readdirSync(folder, { recursive: true }).filter((name) => /\.[cm]?js$/.test(name))) {
    const code = readFileSync(path.join(folder, name), "utf8");
    const found = /["'`]node:|createRequire|\brequire\(|process\.(platform|arch|versions)|__dirname|__filename|\bBuffer[.(]/.exec(code);
    assert.equal(found?.[0], undefined, `${name}: ${code.slice(Math.max(0, found?.index - 80), found?.index + 80)}`);
  }
}

/** Fails if the module is in the script, where a platform wants it beside. */
export function assertModuleBeside(folder) {
  const names = readdirSync(folder, { recursive: true });
  assert.equal(names.filter((name) => name.endsWith(".wasm")).length, 1);
  for (const name of names.filter((file) => /\.[cm]?js$/.test(file))) {
    assert.doesNotMatch(readFileSync(path.join(folder, name), "utf8"), /[A-Za-z0-9+/]{4096}/, name);
  }
}
