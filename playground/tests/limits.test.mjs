// What the page makes of what it should not get.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { drop, finds, holds, launch, open } from "./browser.mjs";
import { BODY, SECRET, SENT_AT, headersOf, linesOf } from "./deliveries.mjs";

let browser;
before(async () => ({ browser } = await launch()));
after(() => browser.close());

async function opened(t, headers = headersOf(BODY)) {
  const page = await open(t, browser);
  await page.fill("#headers", linesOf(headers));
  await page.fill("#secret", SECRET);
  await page.fill("#received-at", String(SENT_AT));
  return page;
}

test("a body of a megabyte leaves the page usable while the reason is looked for", async (t) => {
  const large = BODY.replace("[]", JSON.stringify(Array.from({ length: 40_000 }, (_, place) => `tag ${place}, Zoë`)));
  const body = `${large.slice(0, -1)},"more":"${"x".repeat((1 << 20) - Buffer.byteLength(large) - 10)}"}`;
  assert.equal(Buffer.byteLength(body), 1 << 20);
  const page = await opened(t, headersOf(body));
  await drop(page, "#body", "body.json", body);
  await holds(page, "verdict", "Authentic");
  await holds(page, "body-note", "1,048,576 bytes are kept as they came");
  await page.evaluate(watchOrder);
  await page.fill("#headers", linesOf(headersOf(`${body} `)));
  await finds(page, "other_secret");
  assert.deepEqual(await page.evaluate(() => globalThis.order), ["looks", "is free", "tells"]);
  await page.click("#body-remove");
  assert.equal(await page.evaluate(() => document.activeElement.id), "body");
  await holds(page, "findings", "body_empty");
});

/** What is queued when the search begins comes before its result only if the search is in another thread. */
function watchOrder() {
  globalThis.order = [];
  const findings = document.getElementById("findings");
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => globalThis.order.push("is free");
  new MutationObserver(() => {
    if (findings.querySelector("ol")) globalThis.order.push("tells");
    else if (findings.textContent.startsWith("Looking")) {
      globalThis.order.push("looks");
      port2.postMessage("");
    }
  }).observe(findings, { childList: true });
}

test("a megabyte is pasted", async (t) => {
  const body = `{"record":["${"y".repeat(1 << 20)}",true]}`;
  const page = await opened(t, headersOf(body));
  await page.evaluate((text) => navigator.clipboard.writeText(text), body);
  for (const field of ["#body", "#capture"]) {
    await page.focus(field);
    await page.keyboard.press("Control+V");
    await holds(page, field === "#body" ? "body-note" : "capture-note", field === "#body" ? "kept as they came" : "The value of record is no text");
  }
  await page.click("#body-remove");
});

test("the time of arrival was told of one entered before", async (t) => {
  const page = await opened(t);
  await page.fill("#body", BODY);
  await holds(page, "received-at-note", "24 Dec 2024");
  await page.fill("#received-at", "soon");
  await holds(page, "verdict", "is no time");
  assert.equal(await page.locator("#received-at-note").isVisible(), false);
  await page.fill("#received-at", " Now ");
  await holds(page, "verdict", "timestamp_too_old");
  await page.fill("#received-at", String(SENT_AT));
  await page.locator("#received-at-note").waitFor();
  await page.fill("#body", "");
  await page.fill("#headers", "");
  await holds(page, "verdict", "Nothing to check yet");
  assert.equal(await page.locator("#received-at-note").isVisible(), false);
});

test("bytes that a field cannot hold are kept", async (t) => {
  for (const body of [`${BODY}\r\n`, `\ufeff${BODY}`, Buffer.concat([Buffer.from(BODY), Buffer.from([0xff, 0])])]) {
    const page = await opened(t, headersOf(body));
    await drop(page, "#body", "body.json", body);
    await holds(page, "verdict", "Authentic");
  }
  const page = await opened(t);
  await drop(page, "#body", "body.json", `${BODY}\r\n`);
  await finds(page, "body_line_end_added");
  await holds(page, "signed", "[CR]⏎");
});

test("what is in a body stays text", async (t) => {
  const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script><a href="https://evil.example">&lt;';
  const body = JSON.stringify({ eventName: "person.created", record: { id: evil, [evil]: { [evil]: evil }, "`code`": "`code`", "\u202e": "\u202e\u0000" } });
  const page = await opened(t, { ...headersOf(body), [evil.replaceAll(":", "")]: evil });
  await page.fill("#body", body);
  await holds(page, "event", "onerror");
  await page.fill("#secret", evil);
  await holds(page, "verdict", "signature_mismatch");
  await drop(page, "#capture", "x.json", JSON.stringify([{ headers: {}, method: evil, url: evil, body }, { headers: {}, method: evil, body }]));
  await holds(page, "capture-note", "1 of 2");
  await page.locator("#capture-choice option", { hasText: "<img" }).first().waitFor({ state: "attached" });
  await page.locator("#event summary").last().click();
  assert.deepEqual(await page.evaluate(() => [document.title, document.querySelectorAll("img, a, script:not(body > script)").length]), ["Why was the webhook refused?", 0]);
});

test("characters that nobody sees were shown as they are", async (t) => {
  const unseen = "a\u202eb\u200bc\u0085d\ne";
  const shown = "a[U+202E]b[U+200B]c[U+0085]d";
  const body = JSON.stringify({ ...JSON.parse(BODY), record: { [unseen]: { [unseen]: unseen }, plain: "two  words" } });
  const page = await opened(t);
  await page.fill("#body", body);
  await holds(page, "event", shown);
  await page.locator("#event summary", { hasText: shown }).last().click();
  await page.locator("#event details[open]:not(:has(> ul))").waitFor({ state: "detached" }); // A branch grows once it is open.
  const told = await page.locator("#event").textContent();
  assert.ok(told.includes(`${shown}⏎e: "${shown}\\ne"`), told);
  assert.ok(told.includes('plain: "two  words"'), told);
  await drop(page, "#capture", "x.json", JSON.stringify([{ headers: {}, method: unseen, url: unseen, body }, { headers: {}, method: "POST", body }]));
  await holds(page, "capture-note", "1 of 2");
  const choices = await page.locator("#capture-choice").textContent();
  assert.ok(choices.includes(shown), choices);
  for (const text of [told, choices]) assert.doesNotMatch(text, /[\p{Cc}\p{Cf}]/u);
});

test("bad input is answered by a sentence", async (t) => {
  const page = await opened(t);
  await page.fill("#body", BODY);
  await holds(page, "verdict", "Authentic");
  await page.locator(".options summary").click();
  for (const [field, wrong, right, sentence] of [
    ["#headers", "no headers", linesOf(headersOf(BODY)), "has no colon"],
    ["#headers", "{", linesOf(headersOf(BODY)), "begins like JSON"],
    ["#received-at", "soon", String(SENT_AT), "What is entered at “Received at” is no time."],
    ["#tolerance", "-1", "", "tolerance"],
    ["#tolerance", "x", "", "tolerance must be"],
    ["#prefix", " ", "", "prefix"],
    ["#payload-form", "jsonString", "", "signature_mismatch"],
    ["#secret", "", SECRET, "Enter the secret"],
    ["#secret", " ", SECRET, "secret_"],
    ["#body", "[".repeat(5000), BODY, "signature_mismatch"],
    ["#headers", "", linesOf(headersOf(BODY)), "missing_header"],
  ]) {
    const enter = (value) => (field === "#payload-form" ? page.selectOption(field, value) : page.fill(field, value));
    await enter(wrong);
    await holds(page, "verdict", sentence);
    await enter(right);
    await holds(page, "verdict", "Authentic");
  }
  await drop(page, "#capture", "x.bin", Buffer.from([0xff, 0xfe, 0, 1, 2]));
  await page.locator("#capture-note:visible").waitFor();
  await drop(page, "#capture", "empty", "");
  await holds(page, "capture-note", "It holds no request");
  await drop(page, "#capture", "body.json", BODY);
  await holds(page, "capture-note", "The form is as it was");
  await drop(page, "#capture", "x.har", '{"log":{"entries":[]}}');
  await holds(page, "capture-note", "It holds no request");
  await page.fill("#capture", " ");
  await page.locator("#capture-note").waitFor({ state: "hidden" });
  await holds(page, "verdict", "Authentic");
});
