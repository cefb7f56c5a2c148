// Under Jest: in its environment of Node, and in jsdom's, which has no TextEncoder and another realm's bytes.
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { FOLDER, input } from "./support.mjs";

const require = createRequire(import.meta.url);
const folder = path.join(FOLDER, "jest");

const jsdom = { testEnvironment: require.resolve("jest-environment-jsdom") };
const ENVIRONMENTS = {
  node: { testEnvironment: require.resolve("jest-environment-node") },
  jsdom,
  "jsdom with encoders that a file of the set-up puts there": { ...jsdom, setupFiles: ["<rootDir>/encoders.js"] },
};

for (const [name, config] of Object.entries(ENVIRONMENTS)) {
  test(name, async () => {
    const rootDir = path.join(folder, name.replace(/\W+/g, "-"));
    mkdirSync(rootDir, { recursive: true });
    writeFileSync(path.join(rootDir, "package.json"), "{}");
    writeFileSync(path.join(rootDir, "encoders.js"), 'Object.assign(globalThis, (({ TextEncoder, TextDecoder }) => ({ TextEncoder, TextDecoder }))(require("node:util")));\n');
    writeFileSync(path.join(rootDir, "receiver.test.js"), `const input = ${JSON.stringify(input)};\n${CASES}`);
    const program = require.resolve("jest/bin/jest");
    const given = ["--config", JSON.stringify({ rootDir, ...config }), "--runInBand", "--ci", "--no-cache", "--no-watchman"];
    await promisify(execFile)(process.execPath, [program, ...given], { cwd: rootDir, env: { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined } }).catch(({ stderr }) => {
      throw new Error(stderr);
    });
  });
}

const CASES = `
const library = require("twenty-webhook");
for (const [name, { Webhook, WebhookVerificationError, canonicalize, backend: actual, Delivery }] of Object.entries({ library, wasm: require("twenty-webhook/wasm") })) {
  const webhook = new Webhook(input.secret);
  const verify = (body, headers = input.headers) => webhook.verify(body, headers, { now: input.now });
  test(name + ": the backend", () => expect(actual).toBe(name === "wasm" ? "wasm" : "native"));
  test(name + ": text", () => expect(verify(input.body).event.name).toBe("person.created"));
  test(name + ": bytes of both realms", () => {
    for (const bytes of [Buffer.from(input.body), Uint8Array.from(Buffer.from(input.body))]) {
      const delivery = verify(bytes);
      expect(delivery.id).toHaveLength(64);
      expect(Delivery.fromJSON(delivery.toJSON()).payload).toHaveLength(bytes.length);
    }
    expect(() => verify(Buffer.from([0x22, 0xff, 0x22]), webhook.sign(Buffer.from([0x22, 0xff, 0x22]), { timestamp: input.now })).toJSON()).toThrow(/UTF-8/);
  });
  test(name + ": an error is an instance of its class", () => expect(() => verify(input.body, {})).toThrow(WebhookVerificationError));
  test(name + ": text of every plane", () => {
    const text = JSON.stringify("é 語 🦀 ".repeat(100));
    expect(Buffer.from(verify(text, webhook.sign(text, { timestamp: input.now })).payload).toString()).toBe(text);
    expect(canonicalize('{"b":1,"a":"\\\\ud800"}')).toBe('{"b":1,"a":"\\\\ud800"}');
    expect(() => verify("\\ud800")).toThrow(WebhookVerificationError);
  });
  test(name + ": fake timers", () => {
    jest.useFakeTimers({ now: new Date("2020-01-01") });
    try {
      webhook.verify(input.body, webhook.sign(input.body));
    } finally {
      jest.useRealTimers();
    }
  });
  test(name + ": a receiver", async () => {
    const { receive } = require("twenty-webhook/express");
    let said;
    const response = { writeHead: (status) => (said = status), end() {} };
    const request = { method: "POST", headers: Object.fromEntries(Object.entries(webhook.sign(input.body)).map(([key, value]) => [key.toLowerCase(), value])), rawBody: Buffer.from(input.body), complete: true };
    await receive(webhook, () => {})(request, response);
    expect(said).toBe(200);
  });
}
`;
