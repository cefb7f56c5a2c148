// Receivers against careful ones that are written by hand, in the same servers, in pairs, in one run:
// `node servers.mjs [--smoke] [--only name,name] [--pairs n] [--deliveries n] [--json file]`, with the variables that frameworks.mjs names.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";

import { platforms } from "./frameworks.mjs";
import { SECRET, checkAnswers, load } from "./load.mjs";

const { values: given } = parseArgs({
  options: { smoke: { type: "boolean" }, only: { type: "string" }, pairs: { type: "string", default: "5" }, deliveries: { type: "string", default: "10000" }, json: { type: "string" } },
});
const isSmoke = given.smoke;
// Deliveries are counted, not seconds, so that on a busy machine, too, what is measured has been compiled before.
const [PAIRS, CONNECTIONS, DELIVERIES] = isSmoke ? [1, 2, 20] : [Number(given.pairs), 50, Number(given.deliveries)];
// A store that is full refuses, so it holds more claims than any load makes.
const ENV = { ...process.env, SECRET, CLAIMS: "10000000" };

const rows = [];
for (const { frameworks, start } of chosen()) {
  for (const framework of frameworks) rows.push(row(framework, await pairs((side) => measure(() => start(framework, side, ENV)))));
}
if (isSmoke) console.log("every server handled every delivery once, and refused what is forged");
else print();
if (given.json) writeFileSync(given.json, `${JSON.stringify(rows, null, 2)}\n`);

function chosen() {
  const names = given.only?.split(",") ?? platforms.flatMap(({ frameworks }) => frameworks);
  const unknown = names.filter((name) => !platforms.some(({ frameworks }) => frameworks.includes(name)));
  if (unknown.length > 0) throw new Error(`there are no such frameworks: ${unknown.join(", ")}`);
  const wanted = platforms.map((platform) => ({ ...platform, frameworks: platform.frameworks.filter((name) => names.includes(name)) }));
  return wanted.filter(({ frameworks, needs }) => {
    if (frameworks.length > 0 && !ENV[needs]) console.log(`left out, because ${needs} is not set: ${frameworks.join(", ")}`);
    return ENV[needs];
  });
}

async function pairs(measured) {
  const found = [];
  for (let pair = 0; pair < PAIRS; pair += 1) found.push(isSmoke ? await sideBySide(measured) : await inTurns(measured, pair));
  return found;
}

/** What nothing is timed by takes half as long so. */
async function sideBySide(measured) {
  const [ours, theirs] = await Promise.all([measured("ours"), measured("theirs")]);
  return { ours, theirs };
}

/** What drifts meets both, if each is the first of every second pair. */
async function inTurns(measured, pair) {
  const found = {};
  for (const side of pair % 2 === 0 ? ["ours", "theirs"] : ["theirs", "ours"]) found[side] = await measured(side);
  return found;
}

async function measure(start) {
  const { url, stats, stop } = await start();
  try {
    await checkAnswers(url);
    if (!isSmoke) await load(url, CONNECTIONS, DELIVERIES);
    const before = await stats();
    const seconds = await load(url, CONNECTIONS, DELIVERIES);
    const after = await stats();
    const [handled, cpu] = [after.handled - before.handled, after.cpu - before.cpu];
    assert.equal(handled, DELIVERIES);
    return { perSecond: handled / seconds, cpuMicros: cpu / handled, cores: cpu / (seconds * 1e6) };
  } finally {
    await stop();
  }
}

/** Ratios above 1 say that ours does more in a second, and takes less time of a processor. */
function row(framework, found) {
  const of = (value) => median(found.map(value));
  return {
    framework,
    ours_per_second: of(({ ours }) => ours.perSecond),
    theirs_per_second: of(({ theirs }) => theirs.perSecond),
    per_second_ratio: of(({ ours, theirs }) => ours.perSecond / theirs.perSecond),
    ours_cpu_us: of(({ ours }) => ours.cpuMicros),
    theirs_cpu_us: of(({ theirs }) => theirs.cpuMicros),
    cpu_ratio: of(({ ours, theirs }) => theirs.cpuMicros / ours.cpuMicros),
    cores_busy: of(({ ours, theirs }) => Math.min(ours.cores, theirs.cores)),
  };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function print() {
  console.log(`${cpus()[0].model} (${cpus().length}), load ${loadavg()[0].toFixed(2)}; ratios above 1: ours is faster`);
  // A server that leaves a core idle was given no more than the load could send: there only the processor time tells.
  const columns = {
    "ours/s": (row) => row.ours_per_second.toFixed(0),
    "by hand/s": (row) => row.theirs_per_second.toFixed(0),
    ratio: (row) => row.per_second_ratio.toFixed(2),
    "ours, processor µs": (row) => row.ours_cpu_us.toFixed(1),
    "by hand, processor µs": (row) => row.theirs_cpu_us.toFixed(1),
    "ratio of processor time": (row) => row.cpu_ratio.toFixed(2),
    "cores busy": (row) => row.cores_busy.toFixed(2),
  };
  const titles = Object.keys(columns);
  console.log(["framework".padEnd(10), ...titles].join("  "));
  for (const row of rows) {
    const cells = titles.map((title) => columns[title](row).padStart(title.length));
    console.log([row.framework.padEnd(10), ...cells].join("  "));
  }
}
