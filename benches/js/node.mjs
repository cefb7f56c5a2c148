// On Node. Every comparison has a process of its own, so that no peer meets what the compiler learnt from another.
import { execFileSync } from "node:child_process";

const SIZES = [360, 2_000, 20_000, 200_000];
const CASES = { verify: "verify", event: "verify to event" };
const ENTRIES = { native: "twenty-webhook", wasm: "twenty-webhook/wasm" };
const PEERS = ["byHand", "webCrypto", "standardwebhooks", "svix", "stripe", "octokit"];

export function node(setup, report) {
  const add = (rows) => report.add(`Node ${process.version}`, rows);
  for (const [what, title] of Object.entries(CASES)) {
    for (const backend of Object.keys(ENTRIES)) {
      const settings = { title: `${title}, ${backend}`, what, sizes: SIZES };
      for (const peer of PEERS) add(measure("verify", backend, { ...settings, peer }, setup));
    }
  }
  add(withoutExtensions(setup, report));
  for (const backend of Object.keys(ENTRIES)) {
    add(measure("canonical", backend, { title: `canonicalize, ${backend}` }, setup));
    add(measure("cost", backend, { title: `cost per byte, ${backend}` }, setup));
  }
}

/**
 * WebAssembly has no instructions for SHA-256, and OpenSSL uses the processor's. What is left of its lead where a
 * processor has none? Only if the mask shows in the time of the hash, the figures are worth anything.
 */
function withoutExtensions(setup, report) {
  const settings = { title: "verify, wasm", what: "verify", sizes: [200_000] };
  const masked = { ...settings, title: "verify, wasm, no SHA-NI" };
  const environment = { OPENSSL_ia32cap: WITHOUT_SHA };
  const usual = measure("verify", "wasm", { ...settings, peer: "hashAlone" }, setup);
  const rows = ["byHand", "hashAlone"].flatMap((peer) => measure("verify", "wasm", { ...masked, peer }, setup, environment));
  if (setup.isSmoke) return [...usual, ...rows];

  const times = rows[1].peer_ns / usual[0].peer_ns;
  const hasEffect = times > 1.2;
  report.note(
    `OPENSSL_ia32cap=${WITHOUT_SHA} made OpenSSL's SHA-256 take ${times.toFixed(2)} times as long` +
      (hasEffect ? "." : ": it has no effect here, so the rows without SHA-NI are left out."),
  );
  return hasEffect ? [...usual, ...rows] : usual;
}

/** All that OpenSSL finds in the processor, but for the SHA extensions. */
const WITHOUT_SHA = "~0x0:~0x20000000";

function measure(module, backend, settings, { installed, bodies, isSmoke }, environment = {}) {
  const file = new URL(`node/${module}.mjs`, import.meta.url).href;
  const given = JSON.stringify({ ...settings, bodies, isSmoke });
  const printed = execFileSync(
    process.execPath,
    ["--input-type=module", "--eval", evaluated(ENTRIES[backend], backend), file, given],
    // From there the package is found as its users find it.
    { cwd: installed, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "inherit"] },
  );
  return JSON.parse(printed);
}

const evaluated = (entry, backend) => `
  import assert from "node:assert/strict";
  import * as ours from "${entry}";
  assert.equal(ours.backend, "${backend}");
  const { measure } = await import(process.argv[1]);
  console.log(JSON.stringify(await measure(ours, JSON.parse(process.argv[2]))));`;
