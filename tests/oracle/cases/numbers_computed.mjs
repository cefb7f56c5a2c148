// Numbers made by rule: powers, ties with all their digits, and seeded random ones.
import { decimalOf } from "../shared/near_half.mjs";
import { SeededRandom } from "../shared/random.mjs";
import { undoneTexts } from "../shared/undone.mjs";

const SEED = 0x7477656e7479;
const SMALLEST_EXPONENT = -1074;

export function computedNumbers() {
  const random = new SeededRandom(SEED);
  return [
    ...powersOfTen(),
    ...nearPowers(),
    ...longTexts(random),
    ...undone(),
    ...ties(random),
    ...randomDoubles(random),
    ...randomDecimals(random),
    ...recordFields(random),
  ];
}

function powersOfTen() {
  const exponents = Array.from({ length: 641 }, (_, index) => index - 330);
  const chosen = exponents.filter((exponent) => exponent % 7 === 0 || Math.abs(exponent) <= 24 || exponent < -318 || exponent > 304);
  const plain = (exponent) => (exponent < 0 ? `0.${"0".repeat(-exponent - 1)}1` : `1${"0".repeat(exponent)}`);
  return [
    ...chosen.map((exponent) => ["PowerOfTen", `1e${exponent}`]),
    ...exponents.filter((exponent) => Math.abs(exponent) <= 25).map((exponent) => ["PowerOfTen", plain(exponent)]),
    ...[-330, -324, -323, -308, 100, 308, 309].map((exponent) => ["PowerOfTen", plain(exponent)]),
  ];
}

function nearPowers() {
  const around = (center) => [-1n, 1n].map((step) => ["Integer", (center + step).toString()]);
  const tens = Array.from({ length: 8 }, (_, index) => 10n ** BigInt(15 + index));
  const twos = [52n, 53n, 54n, 55n, 62n, 63n, 64n, 65n, 100n].map((exponent) => 2n ** exponent);
  return [...tens, ...twos].flatMap(around);
}

function longTexts(random) {
  const digits = `1${random.digits(799)}`;
  return [
    ["ManyDigits", digits, "800 digits, beyond the range"],
    ["ManyDigits", digits.slice(0, 309), "309 digits, within the range"],
    ["ManyDigits", `0.${digits}`, "800 decimals"],
    ["ManyDigits", `${digits}e-800`, "800 digits and an exponent that undoes them"],
    ["ManyDigits", `0.${"0".repeat(799)}1e800`, "800 decimals and an exponent that undoes them"],
    ["ManyDigits", `1${"0".repeat(800)}e-800`, "one followed by 800 zeros, undone"],
    ["ManyDigits", `1.${"0".repeat(800)}`, "one with 800 decimals of zero"],
    ["ManyDigits", `1.${"0".repeat(800)}1`, "one with 800 zeros before the last decimal"],
    ["ManyDigits", "9".repeat(308), "308 nines"],
    ["ManyDigits", "9".repeat(309), "309 nines"],
  ];
}

// Small ones only: the differential runs have those of megabytes.
function undone() {
  return [310, 800].flatMap(undoneTexts).map((text) => ["Undone", text]);
}

// A value half-way between a double and the next, and one step of its last digit to both sides.
function ties(random) {
  const cases = [
    tieAbove(0n, SMALLEST_EXPONENT, "half of the smallest subnormal"),
    tieAbove(1n, SMALLEST_EXPONENT, "one and a half of the smallest subnormal"),
    tieAbove(2n ** 52n - 1n, SMALLEST_EXPONENT, "the largest subnormal and a half step"),
    tieAbove(2n ** 53n - 1n, 971, "the largest double and a half step"),
    tieAbove(2n ** 53n - 2n, 971, "the largest double less a half step"),
    tieAbove(2n ** 52n, -52, "one and a half step"),
    tieAbove(2n ** 53n - 1n, -53, "one less a half step"),
    tieAbove(2n ** 52n + 1n, 0, "a half above an odd significand"),
    tieAbove(2n ** 52n, 1, "one above an even significand"),
  ];
  for (let count = 0; count < 12; count += 1) {
    const significand = 2n ** 52n + (random.bits64() % 2n ** 52n);
    cases.push(tieAbove(significand, random.below(240) - 170, "random"));
  }
  return cases.flat();
}

function tieAbove(significand, exponent, name) {
  const { digits, scale } = decimalOf(2n * significand + 1n, exponent - 1);
  const text = (value) => (scale === 0 ? value.toString() : `${value}e-${scale}`);
  return [
    ["Tie", text(digits), `exact tie: ${name}`],
    ["Tie", text(digits * 10n + 1n).replace(/e-(\d+)$/, (_, old) => `e-${Number(old) + 1}`) + (scale === 0 ? "e-1" : ""), `just above the tie: ${name}`],
    ["Tie", text(digits - 1n), `just below the tie: ${name}`],
  ];
}

function randomDoubles(random) {
  const cases = [];
  for (let count = 0; count < 60; count += 1) {
    const value = random.finiteDouble();
    cases.push(["RandomDouble", value.toExponential(16 + (count % 5))]);
    if (count % 2 === 0) cases.push(["RandomDouble", value.toString()]);
  }
  return cases;
}

function randomDecimals(random) {
  const cases = [];
  for (let count = 0; count < 60; count += 1) {
    const digits = `${1 + random.below(9)}${random.digits(14 + (count % 3))}`;
    const forms = [digits, `${digits[0]}.${digits.slice(1)}`, `0.${digits}`, `${digits}e${random.below(300) - 170}`, `-${digits.slice(0, 8)}.${digits.slice(8)}`];
    cases.push(["RandomDecimal", forms[count % forms.length]]);
  }
  return cases;
}

function recordFields(random) {
  const cases = [];
  for (let count = 0; count < 12; count += 1) {
    cases.push(["Field", `${1 + random.below(999_999_999)}${random.digits(2)}0000`]);
    cases.push(["Field", `${random.below(180) - 90}.${random.digits(7)}`]);
  }
  return cases;
}
