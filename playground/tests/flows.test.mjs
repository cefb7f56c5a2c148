// What people do with the page, in Chromium.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { drop, finds, holds, launch, open } from "./browser.mjs";
import { BODY, SECRET, SENT_AT, headersOf, linesOf, signature } from "./deliveries.mjs";

let browser;
before(async () => ({ browser } = await launch()));
after(() => browser.close());

test("a delivery of headers, body and secret is authentic", async (t) => {
  const page = await filled(await open(t, browser), BODY);
  await holds(page, "verdict", "Authentic");
  assert.equal(await page.locator("#findings").textContent(), "");
  assert.equal(await page.locator("#signed pre .timestamp").textContent(), String(SENT_AT));
  assert.equal(await page.locator("#signed pre .separator").textContent(), ":");
  assert.equal(await page.locator("#signed pre .payload").textContent(), BODY);
  assert.deepEqual(await page.locator(".signatures dd").allTextContents().then((all) => all.slice(0, 3)), [signature(BODY), signature(BODY), "the same"]);
  await page.locator("#event summary", { hasText: "name" }).click();
  await holds(page, "event", 'firstName: "Zoë"');
});

test("a body that was printed again is found", async (t) => {
  const printed = JSON.stringify(JSON.parse(BODY), null, 2);
  const page = await filled(await open(t, browser), printed, headersOf(BODY));
  await holds(page, "verdict", "signature_mismatch");
  await finds(page, "body_indented");
  await holds(page, "findings", "proved");
  assert.match(await page.locator("#signed pre .payload").innerText(), /^\{⏎\n··"eventName":·"person/);
  await holds(page, "event", "It is not authenticated");
});

test("a wrong secret is found, and told by its fingerprint", async (t) => {
  const page = await filled(await open(t, browser), BODY, headersOf(BODY, "another secret"));
  await finds(page, "other_secret");
  await holds(page, "signed", "different");
  await holds(page, "signed", createHmac("sha256", SECRET).update("twenty-webhook/fingerprint/1").digest("hex").slice(0, 8));
  await page.locator(".options summary").click();
  await page.fill("#other-secrets", "one\nanother secret");
  await holds(page, "findings", "secret_of_another");
  await page.fill("#other-secrets", "");
  for (const [secret, code] of [[`${SECRET}\n`, "secret_has_blanks"], [`"${SECRET}"`, "secret_is_quoted"], ["undefined", "secret_is_literal"]]) {
    await page.fill("#headers", linesOf(headersOf(BODY)));
    await page.fill("#secret", secret);
    await holds(page, "findings", code);
  }
});

test("a curl command fills the form", async (t) => {
  const page = await open(t, browser);
  await page.fill("#secret", SECRET);
  const headers = Object.entries(headersOf(BODY)).map(([name, value]) => `-H '${name}: ${value}'`).join(" \\\n ");
  await page.fill("#capture", `curl -X POST https://hooks.example.com/twenty \\\n ${headers} \\\n --data-raw '${BODY}'`);
  await holds(page, "verdict", "timestamp_too_old");
  assert.equal(await page.inputValue("#body"), BODY);
  assert.equal(await page.inputValue("#headers"), linesOf(headersOf(BODY)));
  assert.equal(await page.inputValue("#method"), "POST");
  assert.equal(await page.inputValue("#url"), "https://hooks.example.com/twenty");
  await page.fill("#received-at", String(SENT_AT + 1000));
  await holds(page, "verdict", "Authentic");
  await holds(page, "received-at-note", "Tue, 24 Dec 2024 18:57:20 GMT");
  await page.fill("#capture", "curl 'https://hooks.example.com");
  await holds(page, "capture-note", "A quote is not closed. The form is as it was.");
  assert.equal(await page.inputValue("#body"), BODY);
});

test("a HAR is dropped, and one of its requests chosen", async (t) => {
  const page = await open(t, browser);
  await page.fill("#secret", SECRET);
  const entry = (body) => ({
    startedDateTime: new Date(SENT_AT + 2000).toISOString(),
    request: { method: "POST", url: "https://hooks.example.com/twenty", headers: Object.entries(headersOf(BODY)).map(([name, value]) => ({ name, value })), postData: { mimeType: "application/json", text: body } },
    response: { status: 401 },
  });
  await drop(page, "#capture", "deliveries.har", JSON.stringify({ log: { entries: [entry(BODY), entry(`${BODY}\n`)] } }));
  await holds(page, "verdict", "Authentic");
  assert.equal(await page.inputValue("#received-at"), "2024-12-24T18:57:21.761Z");
  await page.selectOption("#capture-choice", "1");
  await finds(page, "body_line_end_added");
  await holds(page, "capture-note", "2 of 2");
});

test("a signed test delivery goes out as curl, and comes back authentic", async (t) => {
  const page = await open(t, browser);
  await page.click("text=Make a signed test delivery");
  await holds(page, "test-note", "Enter a secret first");
  assert.equal(await page.evaluate(() => document.activeElement.id), "secret");
  await page.fill("#secret", SECRET);
  await page.fill("#test-event", "rocket's.launched");
  await page.click("text=Make a signed test delivery");
  await holds(page, "test-note", "Twenty sends no event of this name");
  await page.fill("#test-event", "company.updated");
  await page.click("text=Make a signed test delivery");
  await holds(page, "verdict", "Authentic");
  await page.click("#test-copy");
  await holds(page, "test-copied", "Copied.");
  const command = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(command, /^curl -i -X POST 'http:\/\/localhost:3000\/webhooks\/twenty' /);
  await page.reload();
  assert.equal(await page.inputValue("#secret"), "", "the secret is kept");
  await page.fill("#secret", SECRET);
  await page.fill("#capture", command);
  await holds(page, "verdict", "Authentic");
  await holds(page, "event", "company.updated");
});

test("a command for an address that is none stayed", async (t) => {
  const page = await open(t, browser);
  await page.fill("#secret", SECRET);
  await page.click("text=Make a signed test delivery");
  await page.locator("#test-curl").waitFor();
  for (const address of ["", "localhost:3000", "ftp://a.example/", "javascript:alert(1)", "file:///etc", "http:", "http://", "https://a b/"]) {
    await page.fill("#test-url", address);
    await page.click("text=Make a signed test delivery");
    await holds(page, "test-note", "begins with http:// or https://");
    assert.equal(await page.inputValue("#test-curl"), "");
    assert.equal(await page.locator("#test-curl").isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement.id), "test-url");
  }
  await page.fill("#test-url", "HTTPS://a.example/hook");
  await page.click("text=Make a signed test delivery");
  await page.locator("#test-curl").waitFor();
});

test("the code of a framework is that of its example", async (t) => {
  const page = await open(t, browser);
  const shown = () => page.locator("#framework-code").textContent();
  assert.match(await shown(), /twenty-webhook\/express/);
  for (const [framework, file] of [["Hono", "bindings-js/examples/hono/server.js"], ["Django", "bindings-python/examples/django/mysite/urls.py"], ["axum", "axum/examples/axum/src/main.rs"]]) {
    await page.selectOption("#framework", { label: framework });
    assert.equal(await shown(), readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
  }
  await page.click("#framework-copy");
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await shown());
  assert.equal(await page.locator("#framework option").count(), 9);
});

test("the keyboard is enough", async (t) => {
  const page = await open(t, browser);
  const typed = { capture: undefined, headers: linesOf(headersOf(BODY)), body: BODY, secret: SECRET, "received-at": String(SENT_AT) };
  for (const [id, text] of Object.entries(typed)) {
    for (let steps = 0; (await focused(page)) !== id; steps += 1) {
      assert.ok(steps < 5, `Tab does not lead to ${id}`);
      await page.keyboard.press("Tab");
    }
    const { outlineStyle } = await page.locator(`#${id}`).evaluate((element) => ({ outlineStyle: getComputedStyle(element).outlineStyle }));
    assert.equal(outlineStyle, "solid", `the focus is not seen on ${id}`);
    if (text) await page.keyboard.insertText(text);
  }
  await page.keyboard.press("Enter");
  await holds(page, "verdict", "Authentic");
});

async function filled(page, body, headers = headersOf(body)) {
  await page.fill("#headers", linesOf(headers));
  await page.fill("#body", body);
  await page.fill("#secret", SECRET);
  await page.fill("#received-at", new Date(SENT_AT).toISOString());
  return page;
}

function focused(page) {
  return page.evaluate(() => document.activeElement?.id);
}
