// Canonical text against V8 itself: generated numbers and documents, seeded, each as text and as bytes.
import assert from "node:assert/strict";
import { test } from "node:test";

import { nearHalf } from "../oracle/shared/near_half.mjs";
import { SeededRandom } from "../oracle/shared/random.mjs";
import { undoneTexts } from "../oracle/shared/undone.mjs";
import { broken, document, spellings } from "./documents.mjs";
import { api, backend } from "./installed.mjs";

const SEED = process.env.SEED ?? "20261123";
const DOUBLES = 200_000;
const DOCUMENTS = 6_000;
const NUMBERS_A_TEXT = 40;

function expectV8(text, as = (given) => given) {
  let expected;
  try {
    expected = JSON.stringify(JSON.parse(text));
  } catch {
    assert.throws(() => api.canonicalize(as(text)), { code: "payload_not_json" }, `seed ${SEED}: ${JSON.stringify(text)}`);
    return false;
  }
  if (api.canonicalize(as(text)) !== expected) assert.equal(api.canonicalize(as(text)), expected, `seed ${SEED}: ${JSON.stringify(text)}`);
  return true;
}

const bytes = (text) => Buffer.from(text);

test(`${DOUBLES} doubles in several spellings, ${backend}`, () => {
  const random = new SeededRandom(SEED);
  let numbers = 0;
  while (numbers < DOUBLES) {
    const texts = [];
    for (let count = 0; count < NUMBERS_A_TEXT; count += 1) texts.push(...spellings(random.finiteDouble(), random));
    numbers += NUMBERS_A_TEXT;
    assert.ok(expectV8(`[${texts.join(", ")}]`, numbers % 80 === 0 ? bytes : undefined), "a spelling is no number");
  }
});

test(`${DOCUMENTS} documents, and as many broken ones, ${backend}`, () => {
  const random = new SeededRandom(SEED);
  let refused = 0;
  for (let count = 0; count < DOCUMENTS; count += 1) {
    const text = document(random, 5);
    assert.ok(expectV8(text) && expectV8(text, bytes), text);
    const damaged = broken(text, random);
    if (!expectV8(damaged)) refused += 1;
    expectV8(damaged, bytes);
  }
  assert.ok(refused > DOCUMENTS / 2 && refused < DOCUMENTS, `${refused} were refused`);
});

test(`numbers near a half between two doubles, ${backend}`, () => {
  const random = new SeededRandom(SEED);
  for (let count = 0; count < 20_000; count += 1) expectV8(nearHalf(random));
});

// A parser whose exponents end somewhere once made null of a 1.
test(`zeros by the hundred thousand and an exponent that undoes them, ${backend}`, () => {
  for (const zeros of [65_536, 655_360, 700_000]) {
    for (const number of undoneTexts(zeros)) {
      // Not by assert, which would print a megabyte.
      const [found, expected] = [api.canonicalize(number), JSON.stringify(JSON.parse(number))];
      assert.ok(found === expected, `${found} is not ${expected}: ${zeros} zeros, ${number.replace(/0{20,}/g, "0...0")}`);
    }
  }
});
