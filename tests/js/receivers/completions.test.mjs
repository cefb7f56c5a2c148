// What an editor offers to people who write a receiver: TypeScript's own language service answers, as in an editor.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { FOLDER, installed } from "./support.mjs";

const ts = installed("typescript");

const CURSOR = "@@";
const START = `import { Webhook, isEvent, type WebhookEvent } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import { sample } from "twenty-webhook/testing";
declare const webhook: Webhook, event: WebhookEvent;
declare module "twenty-webhook" {
  interface Records {
    rocket: { thrust: number };
  }
}
`;

const PATTERNS = ["person.created", "person.*", "*.deleted", "workspaceMember.restored", "rocket.created", "rocket.*", "*.*", "metadata.*.*"];

test("patterns of receivers are completed", () => {
  const offered = completions(`receive(webhook, { "${CURSOR}" });`);
  for (const pattern of [...PATTERNS, "unknown"]) assert.ok(offered.includes(pattern), pattern);
});

test("of further patterns, too", () => {
  const offered = completions(`receive(webhook, { "person.created": (event) => event.record.city, "${CURSOR}" });`);
  for (const pattern of [...PATTERNS, "unknown"]) assert.ok(offered.includes(pattern), pattern);
});

test("patterns of isEvent are completed", () => {
  const offered = completions(`isEvent(event, "${CURSOR}");`);
  for (const pattern of PATTERNS) assert.ok(offered.includes(pattern), pattern);
});

test("what no version of Twenty sends is not completed", () => {
  for (const program of [`receive(webhook, { "${CURSOR}" });`, `isEvent(event, "${CURSOR}");`, `sample("${CURSOR}");`]) {
    const offered = completions(program);
    assert.ok(offered.includes("person.restored"), program);
    assert.deepEqual(offered.filter((name) => name.includes("upserted")), [], program);
  }
});

test("actions are completed", () => {
  assert.deepEqual(completions(`event.action === "${CURSOR}";`), ["created", "deleted", "destroyed", "restored", "updated"]);
});

function completions(program) {
  const folder = path.join(FOLDER, "completed");
  const file = path.join(folder, "program.ts");
  const text = START + program.replace(CURSOR, "");
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, strict: true, types: [] };
  mkdirSync(folder, { recursive: true });
  const service = ts.createLanguageService({
    ...ts.sys,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => (name === file ? ts.ScriptSnapshot.fromString(text) : ts.ScriptSnapshot.fromString(ts.sys.readFile(name) ?? "")),
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => (name === file ? text : ts.sys.readFile(name)),
  });
  const { entries } = service.getCompletionsAtPosition(file, START.length + program.indexOf(CURSOR), {}) ?? { entries: [] };
  return entries.map(({ name }) => name.replaceAll('"', "")).sort();
}
