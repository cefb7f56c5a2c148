// The page in the browser of this machine, and a watch over what it must not do.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

import { browser as installed } from "../../tests/js/runtimes/browsers.mjs";

export const PAGE = pathToFileURL(process.env.PAGE ?? assert.fail("PAGE names no file")).href;

export async function launch() {
  const { program, version } = installed("chromium");
  const executablePath = process.env.PATH.split(delimiter).map((folder) => join(folder, program)).find(existsSync);
  return { version, browser: await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] }) };
}

/** Opens it, and hands over what a test needs. When the test ends, nothing was requested, stored or complained of. */
export async function open(t, browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ["clipboard-read", "clipboard-write"], ...options });
  const watch = { requests: [], complaints: [] };
  context.on("request", (request) => watch.requests.push(request.url()));
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("console", (message) => watch.complaints.push(message.text()));
  page.on("pageerror", (error) => watch.complaints.push(error.stack));
  const protocol = await context.newCDPSession(page);
  await protocol.send("Network.enable");
  protocol.on("Network.requestWillBeSent", ({ request }) => watch.requests.push(request.url));
  t.after(async () => {
    const kept = await page.evaluate(STORED);
    const cookies = await context.cookies();
    const address = page.url();
    await context.close();
    const others = watch.requests.filter((url) => url !== PAGE && !url.startsWith("blob:") && url !== "data:,");
    assert.deepEqual({ others, kept, cookies, address, complaints: watch.complaints }, { others: [], kept: NOTHING, cookies: [], address: PAGE, complaints: [] });
    assert.ok(watch.requests.includes(PAGE), "the watch sees nothing");
  });
  await page.goto(PAGE);
  return page;
}

const NOTHING = { local: 0, session: 0, databases: [], caches: [], state: null, name: "" };

async function STORED() {
  const databases = await indexedDB.databases().then((all) => all.map(({ name }) => name), () => []);
  const caches = await (globalThis.caches?.keys() ?? Promise.resolve([])).catch(() => []);
  return { local: localStorage.length, session: sessionStorage.length, databases, caches, state: history.state, name: window.name };
}

/** Once it holds this text. */
export async function holds(page, id, text) {
  await page.locator(`#${id}`, { hasText: text }).waitFor();
}

/** Drops a file with this text, or these bytes, on an element. */
export async function drop(page, target, name, content) {
  const dataTransfer = await page.evaluateHandle(([name, octets]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(octets), (octet) => octet.charCodeAt(0))], name));
    return transfer;
  }, [name, Buffer.from(content).toString("base64")]);
  await page.dispatchEvent(target, "drop", { dataTransfer });
}

/** Once these are the codes of the findings: what is typed before all is there has findings, too. */
export async function finds(page, ...expected) {
  for (const end = Date.now() + PATIENCE_MS; ; await setTimeout(50)) {
    const found = await page.locator("#findings .what code").allTextContents();
    if (found.join() === expected.join() || Date.now() > end) return assert.deepEqual(found, expected);
  }
}

const PATIENCE_MS = 60_000;
