// Whether the times of the npm package tell two kinds of forged signatures apart, through its JavaScript, in either engine. As dudect
// does (Reparaz, Balasch, Verbauwhede 2016), but in pairs: both kinds one after the other, by turns first, so that what else the machine
// does is in both. The control has two kinds that are one, in the same minutes; what stops early must be told apart.
//
// |t| is the largest of those over all pairs and over the quicker part of them. How often chance alone makes it as large is counted:
// in a pair, either kind may as well have been the other. What the pairs show is the difference of one call that would reach the limit.
import { createHmac, randomInt } from "node:crypto";
import process from "node:process";

const PAIRS = Number(process.argv[2] ?? 20_000);
const WARM_UP = 2_000;
const CALLS = 8;
const KEPT = [1, 0.99, 0.95, 0.9, 0.75, 0.5];
const PERMUTATIONS = 1_000;
/** As dudect has it: there is a leak, for all that chance can do. */
const LIMIT = 4.5;

const NOW = 1_735_066_639_761;
const BODY = Buffer.from('{"a":1}');
const SECRET = "3f8a1c5d9e7b2046a8c3e1f59d7b60244e8f1a6c3d5b79e0f2a4c6e8b0d1f357";
const GENUINE = createHmac("sha256", SECRET).update(`${NOW}:${BODY}`).digest("hex");
const [FIRST, LAST] = [0, GENUINE.length - 1];

let failed = false;
for (const engine of ["native", "wasm"]) {
  const { Webhook, backend } = await import(engine === "wasm" ? "twenty-webhook/wasm" : "twenty-webhook");
  if (backend !== engine) throw new Error(`the package runs ${backend}, not ${engine}`);
  const webhook = new Webhook(SECRET);
  const verify = (signature) => {
    try {
      webhook.verify(BODY, { "x-twenty-webhook-timestamp": String(NOW), "x-twenty-webhook-signature": signature }, { now: NOW });
    } catch (error) {
      if (error.code === "signature_mismatch") return;
      throw error;
    }
    throw new Error("a forged signature was taken");
  };
  const [control, found, leak] = measured([
    ["the same digit (control)", verify, FIRST, FIRST],
    ["the first digit or the last", verify, FIRST, LAST],
    ["the same, compared digit by digit", stopsEarly, FIRST, LAST],
  ]);
  for (const { name, t, chance, seen } of [control, found, leak]) {
    const told = `|t| = ${t.toFixed(2)}, as large by chance in ${(100 * chance).toFixed(1)} % of cases`;
    console.log(`${engine}: ${name}: ${told}; ${PAIRS} pairs show ${seen.toFixed(1)} ns`);
  }
  failed ||= control.t > LIMIT || found.t > LIMIT || leak.t < LIMIT;
}
process.exitCode = failed ? 1 : 0;

function stopsEarly(signature) {
  let at = 0;
  while (at < GENUINE.length && signature.charCodeAt(at) === GENUINE.charCodeAt(at)) at += 1;
  return at;
}

/** All of them by turns. */
function measured(subjects) {
  const times = subjects.map(() => [new Float64Array(PAIRS), new Float64Array(PAIRS)]);
  for (let pair = -WARM_UP; pair < PAIRS; pair += 1) {
    for (const [index, [, call, ...places]] of subjects.entries()) {
      const second = randomInt(2);
      for (const kind of [second ^ 1, second]) {
        // Made anew for each, as a request's are: where a string lies has its own effect on the time.
        const forged = Array.from({ length: CALLS }, () => flipped(places[kind]));
        const started = process.hrtime.bigint();
        for (const signature of forged) call(signature);
        const time = Number(process.hrtime.bigint() - started);
        if (pair >= 0) times[index][kind][pair] = time;
      }
    }
  }
  return subjects.map(([name], index) => ({ name, ...statistics(...times[index]) }));
}

function flipped(place) {
  const digits = Buffer.from(GENUINE);
  digits[place] = digits[place] === 0x30 ? 0x31 : 0x30;
  return digits.latin1Slice();
}

function statistics(one, other) {
  const slower = one.map((time, pair) => Math.max(time, other[pair]));
  const order = [...slower.keys()].sort((a, b) => slower[a] - slower[b]);
  const differences = Float64Array.from(order, (pair) => one[pair] - other[pair]);
  const { t, seen } = largest(differences, () => 1);
  let asLarge = 0;
  for (let turn = 0; turn < PERMUTATIONS; turn += 1) {
    if (largest(differences, () => (Math.random() < 0.5 ? 1 : -1)).t >= t) asLarge += 1;
  }
  return { t, seen, chance: asLarge / PERMUTATIONS };
}

/** Of Student's t over each quicker part of the pairs, which are in order. */
function largest(differences, sign) {
  let [sum, squares, t, seen, next] = [0, 0, 0, Infinity, KEPT.length - 1];
  for (let count = 1; count <= differences.length; count += 1) {
    const difference = sign() * differences[count - 1];
    sum += difference;
    squares += difference * difference;
    if (count !== Math.floor(KEPT[next] * differences.length)) continue;
    const error = Math.sqrt((squares - (sum * sum) / count) / (count - 1) / count);
    t = Math.max(t, Math.abs(sum / count) / error);
    seen = Math.min(seen, (LIMIT * error) / CALLS);
    next -= 1;
  }
  return { t, seen };
}
