// Requests per second with the receiver against the same server without it, in pairs, in one run:
// `node servers.mjs [--smoke] [--only name,name]`, with the variables that frameworks.mjs names.
import assert from "node:assert/strict";
import { parseArgs } from "node:util";

import { platforms } from "./frameworks.mjs";
import { SECRET, checkAnswer, load } from "./load.mjs";

const { smoke: isSmoke, only } = parseArgs({ options: { smoke: { type: "boolean" }, only: { type: "string" } } }).values;
const [PAIRS, SECONDS, CONNECTIONS] = isSmoke ? [1, 1, 2] : [7, 4, 50];
// A store that is full refuses, so it holds more claims than any load makes.
const ENV = { ...process.env, SECRET, CLAIMS: "10000000" };

const rows = [];
for (const { frameworks, start } of chosen()) {
  for (const framework of frameworks) rows.push(row(framework, await pairs((way) => measure(() => start(framework, way, ENV)))));
}
if (isSmoke) console.log("every server handled every delivery");
else print(rows);

function chosen() {
  const names = only?.split(",") ?? platforms.flatMap(({ frameworks }) => frameworks);
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
  const [without, withIt] = await Promise.all([measured("without"), measured("with")]);
  return { without, with: withIt };
}

/** What drifts meets both, if each is the first of every second pair. */
async function inTurns(measured, pair) {
  const found = {};
  for (const way of pair % 2 === 0 ? ["with", "without"] : ["without", "with"]) found[way] = await measured(way);
  return found;
}

async function measure(start) {
  const { url, stats, stop } = await start();
  try {
    await checkAnswer(url);
    if (!isSmoke) await load(url, CONNECTIONS, 1);
    const before = await stats();
    const answered = await load(url, CONNECTIONS, SECONDS);
    const after = await stats();
    const [handled, cpu] = [after.handled - before.handled, after.cpu - before.cpu];
    assert.ok(handled >= answered, `${handled} handled of ${answered}`);
    return { perSecond: answered / SECONDS, cpuMicros: cpu / handled, cores: cpu / (SECONDS * 1e6) };
  } finally {
    await stop();
  }
}

function row(framework, found) {
  const of = (value) => median(found.map(value));
  const perSecond = ["without", "with"].map((way) => of((pair) => pair[way].perSecond));
  const ratio = of((pair) => pair.with.perSecond / pair.without.perSecond);
  const cpu = of((pair) => pair.without.cpuMicros / pair.with.cpuMicros);
  const cores = of((pair) => Math.min(pair.without.cores, pair.with.cores));
  return [framework, ...perSecond.map((number) => number.toFixed(0)), ...[ratio, cpu, cores].map((number) => number.toFixed(2))];
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function print(rows) {
  // A server that leaves a core idle was given no more than the load could send: there only the processor time tells.
  const titles = ["framework", "without/s", "with/s", "ratio", "processor time ratio", "cores busy"];
  for (const cells of [titles, ...rows]) {
    console.log(cells.map((cell, column) => (column ? cell.padStart(titles[column].length) : cell.padEnd(10))).join("  "));
  }
}
