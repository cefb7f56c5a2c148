// Fifty workspaces on one endpoint, each with a secret of its own: the example, as its users start it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";

import { given, inherited, open } from "./processes.mjs";
import { post, signed } from "./sender.mjs";
import { example } from "./servers.mjs";
import { until } from "./until.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "workspaces-"));
const secrets = Object.fromEntries(Array.from({ length: 50 }, (_, number) => [`workspace-${number}`, randomBytes(32).toString("hex")]));
const workspaces = Object.keys(secrets);
const [first, second] = workspaces;
let server;

before(async () => {
  const file = path.join(folder, "secrets.json");
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  const settings = { ...inherited, SECRETS_FILE: file, PORT: "0" };
  const start = () => ({ child: spawn(process.execPath, ["server.js"], { cwd: example("many-workspaces"), env: settings, ...given }) });
  server = await open({ start });
});

after(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

const bodyOf = (workspaceId, id = "7") => JSON.stringify({ eventName: "person.created", workspaceId, record: { id, updatedAt: "2026-11-28" } });
const deliver = (to, body, secret = secrets[to]) => post(`${server.url}/${to}`, body, signed(body, { secret }));

test("every workspace's deliveries are verified with its own secret", async () => {
  const answers = await Promise.all(workspaces.map((workspace) => deliver(workspace, bodyOf(workspace))));
  assert.deepEqual(new Set(answers), new Set(["200 handled"]));
  await until(() => server.lines.length === workspaces.length);
  assert.deepEqual(new Set(server.lines.map((line) => line.split(" ")[2])), new Set(workspaces));
});

test("another workspace's secret opens none", async () => {
  assert.equal(await deliver(first, bodyOf(first, "8"), secrets[second]), "401 signature_mismatch");
});

test("a workspace that is not known is told so before its body is read", async () => {
  assert.equal(await deliver("nobody", bodyOf("nobody"), "a secret of nobody's"), "404 unknown_webhook");
  assert.equal(await deliver("__proto__", bodyOf("__proto__"), "a secret of nobody's"), "404 unknown_webhook");
});

test("an event of another workspace is not handled, though it is signed", async () => {
  assert.equal(await deliver(first, bodyOf(second, "10")), "500 handler_failed");
  assert.match(server.noise.join("\n"), /an event of workspace workspace-1 came to workspace-0/);
});

test("what was handled is not handled again", async () => {
  assert.equal(await deliver(first, bodyOf(first)), "200 duplicate");
  assert.equal(server.lines.length, workspaces.length);
});
