// What axe-core finds, in light and in dark, on a desk and on a telephone; and that nothing is wider than the window.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import axe from "axe-core";

import { finds, holds, launch, open } from "./browser.mjs";
import { BODY, SECRET, SENT_AT, headersOf, linesOf } from "./deliveries.mjs";

let browser;
before(async () => ({ browser } = await launch()));
after(() => browser.close());

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    test(`${colorScheme}, ${width} px`, async (t) => {
      const page = await open(t, browser, { colorScheme, viewport: { width, height: 800 } });
      await passes(page, "empty");
      await page.fill("#headers", linesOf({ ...headersOf(BODY), "X-Long": "x".repeat(300) }));
      await page.fill("#body", JSON.stringify(JSON.parse(BODY), null, 2));
      await page.fill("#secret", `${SECRET}\n`);
      await page.fill("#received-at", String(SENT_AT));
      await finds(page, "secret_has_blanks", "body_indented");
      await page.click(".options summary");
      await page.locator("#event summary", { hasText: "name" }).click();
      await shoot(page, `findings-${colorScheme}-${width}`);
      await passes(page, "refused");
      await page.fill("#received-at", "soon");
      await holds(page, "verdict", "It cannot be checked");
      await passes(page, "not checked");
      await page.fill("#secret", SECRET);
      await page.click("text=Make a signed test delivery");
      await holds(page, "verdict", "Authentic");
      await page.click("#test-copy");
      await holds(page, "test-copied", "Copied.");
      await shoot(page, `authentic-${colorScheme}-${width}`);
      await passes(page, "authentic");
    });
  }
}

async function passes(page, what) {
  const { innerWidth, scrollWidth } = await page.evaluate(() => ({ innerWidth, scrollWidth: document.documentElement.scrollWidth }));
  assert.ok(scrollWidth <= innerWidth, `${what}: ${scrollWidth} px in a window of ${innerWidth}`);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`));
  assert.deepEqual(found, [], what);
}

/** Pictures for people, where they want some. */
async function shoot(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true });
}
