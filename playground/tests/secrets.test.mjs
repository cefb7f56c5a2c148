// Secrets: what the page takes for one, and where it shows one.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";

import { drop, finds, holds, launch, open } from "./browser.mjs";
import { BODY, SECRET, SENT_AT, headersOf, linesOf } from "./deliveries.mjs";

let browser;
before(async () => ({ browser } = await launch()));
after(() => browser.close());

const VALUES = ["old secret", "new secret", "diff secret", "deep secret", "token-1", "token-2", "token-3"];

test("the event of a webhook that changed showed its secret", async (t) => {
  const [before, after, diff, deep, first, second, third] = VALUES;
  const properties = { before: { secret: before, targetUrl: `https://a.example/hook?token=${second}` }, after: { Secret: after, note: "secret" }, diff: { secret: { before: diff }, targeturl: { after: [`https://b.example/?${third}`] } } };
  const metadata = { targetUrl: `https://a.example/hook?token=${first}`, eventName: "metadata.webhook.updated", workspaceId: "a", webhookId: "b", eventDate: "2026-11-28T09:00:00.000Z", event: { type: "updated", metadataName: "webhook", recordId: "r", properties } };
  const record = { ...JSON.parse(BODY), targetUrl: `https://a.example/hook?${first}`, record: { id: "7", list: [{ secret: [deep] }], secret: null } };
  const page = await open(t, browser);
  for (const [event, shown] of [
    [metadata, ['secret: "..."', 'Secret: "..."', 'targetUrl: "https://a.example/hook?..."', '0: "https://b.example/?..."', 'note: "secret"']],
    [record, ['secret: "..."', 'targetUrl: "https://a.example/hook?..."']],
    [{ own: record }, ['secret: "..."', 'targetUrl: "https://a.example/hook?..."']],
  ]) {
    await page.fill("#body", JSON.stringify(event));
    await holds(page, "event", 'https://a.example/hook?...');
    await unfold(page);
    const told = await page.locator("#event").innerText();
    for (const line of shown) assert.ok(told.includes(line), `${line}: ${told}`);
    for (const value of VALUES) assert.ok(!told.includes(value), `${value}: ${told}`);
  }
});

test("a secret dropped as a file was printed as no request", async (t) => {
  const page = await open(t, browser);
  await page.fill("#headers", linesOf(headersOf(BODY)));
  await page.fill("#body", BODY);
  await page.fill("#received-at", String(SENT_AT));
  await drop(page, "#secret", "secret.txt", `${SECRET}\r\n`);
  await finds(page, "secret_has_blanks");
  await holds(page, "signed", createHmac("sha256", `${SECRET}\r\n`).update("twenty-webhook/fingerprint/1").digest("hex").slice(0, 8));
  assert.equal(await page.locator("#capture-note").isVisible(), false);
  await paste(page, "#secret", "secret.txt", SECRET);
  await holds(page, "verdict", "Authentic");
  await drop(page, "#secret", "secret.txt", Buffer.from(SECRET, "utf16le"));
  await finds(page, "secret_has_invisible_characters");
  await page.fill("#secret", SECRET);
  await holds(page, "verdict", "Authentic");
  await page.locator(".options summary").click();
  await page.fill("#headers", linesOf(headersOf(BODY, "another secret")));
  await drop(page, "#other-secrets", "secrets.txt", "one\nanother secret\n");
  await holds(page, "findings", "secret_of_another");
});

test("a secret dropped beside its field was quoted", async (t) => {
  const page = await open(t, browser);
  for (const put of [drop, paste]) {
    for (const text of [SECRET, `${SECRET}\n`, `${SECRET}\r\n`]) {
      await put(page, "#capture", "secret.txt", text);
      await holds(page, "capture-note", "It holds no request. The form is as it was.");
    }
  }
  await page.fill("#capture", SECRET);
  await holds(page, "capture-note", "It holds no request. The form is as it was.");
  await drop(page, "#headers", ".env", `PORT=3000\nSECRET=${SECRET}\n`);
  await holds(page, "capture-note", "has no colon");
  await page.fill("#capture", "");
  assert.ok(!(await page.locator("body").innerText()).includes(SECRET));
});

test("Enter added a line end to the secret", async (t) => {
  const page = await open(t, browser);
  await page.fill("#headers", linesOf(headersOf(BODY)));
  await page.fill("#body", BODY);
  await page.fill("#received-at", String(SENT_AT));
  await page.fill("#secret", "");
  await page.locator("#secret").pressSequentially(SECRET);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Enter");
  await holds(page, "verdict", "Authentic");
  assert.equal(await page.inputValue("#secret"), SECRET);
  await page.fill("#secret", "");
  await page.evaluate((text) => navigator.clipboard.writeText(text), `${SECRET}\n`);
  await page.focus("#secret");
  await page.keyboard.press("Control+V");
  await finds(page, "secret_has_blanks");
});

test("the other secrets stayed hidden", async (t) => {
  const page = await open(t, browser);
  const masked = () => page.locator("textarea.masked").evaluateAll((fields) => fields.map(({ id }) => id));
  assert.deepEqual(await masked(), ["secret", "other-secrets"]);
  await page.check("#show-secret");
  assert.deepEqual(await masked(), []);
  await page.uncheck("#show-secret");
  assert.deepEqual(await masked(), ["secret", "other-secrets"]);
});

/** Opens every branch, as far down as there are any. */
async function unfold(page) {
  const closed = page.locator("#event details:not([open]) > summary");
  while ((await closed.count()) > 0) {
    const details = await page.locator("#event details").count();
    await closed.first().click();
    await page.locator("#event details[open]:not(:has(> ul))").waitFor({ state: "detached" }); // A branch grows once it is open.
    assert.ok(details < 100);
  }
  await page.locator("#event details:not(:has(> ul))").waitFor({ state: "detached" });
}

async function paste(page, target, name, content) {
  await page.locator(target).evaluate((element, [name, octets]) => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([Uint8Array.from(octets)], name));
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, [name, [...Buffer.from(content)]]);
}
