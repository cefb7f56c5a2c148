// What runs the vectors sees what is wrong: a green line of the matrix means something.
import assert from "node:assert/strict";
import { test } from "node:test";

import { conform, report } from "./conformance.mjs";
import { api, backend, diagnosing } from "./installed.mjs";
import { vectors } from "./vectors.mjs";

test("a test that is wrong is seen", () => {
  const [group] = vectors.verify.testGroups;
  const wrong = { ...group, tests: [{ ...group.tests[0], id: "0".repeat(64) }, ...group.tests.slice(1)] };
  const changed = { ...vectors, verify: { ...vectors.verify, testGroups: [wrong, ...vectors.verify.testGroups.slice(1)] } };
  const { failures } = conform(api, changed, { diagnosing, backend });
  assert.ok(failures.length > 5 && failures.every((failure) => failure.startsWith("verify 1 ")), failures.join("\n"));
  assert.throws(() => report("x", { failures }), /verify 1 /);
});

test("the other backend is seen", () => {
  const other = backend === "wasm" ? "native" : "wasm";
  assert.deepEqual(conform(api, vectors, { diagnosing, backend: other }).failures, Array(2).fill(`the backend is ${backend}, not ${other}`));
});

test("tests that are left out are seen", () => {
  const fewer = { ...vectors, patterns: { ...vectors.patterns, testGroups: [] } };
  const { numberOfTests } = vectors.patterns;
  assert.deepEqual(conform(api, fewer, { diagnosing, backend }).failures, [`number of tests of patterns: 0 instead of ${numberOfTests}`]);
});

test("an answer other than the vector's is seen, whichever file it is in", () => {
  for (const [method, file, wrong] of [
    ["canonicalize", "canonical", () => "{}"],
    ["canonicalize", "numbers", () => "{}"],
    ["isEvent", "patterns", (...given) => !api.isEvent(...given)],
    ["deliveryIdOf", "events", () => "0".repeat(64)],
  ]) {
    const { failures } = conform({ ...api, [method]: wrong }, vectors, { diagnosing, backend });
    const tests = new Set(failures.filter((failure) => failure.startsWith(`${file} `)).map((failure) => failure.split(" (")[0]));
    assert.ok(tests.size >= vectors[file].numberOfTests - 10, `${file}: ${tests.size}`);
  }
});

test("a diagnosis that finds nothing is seen, and one that blames what is innocent", () => {
  const told = (findings) => ({ verdict: null, findings });
  class Webhook extends diagnosing.Webhook {
    diagnose = () => told([{ code: "other_secret", certainty: "likely", cause: "A secret.", remedy: "Look." }]);
  }
  const { failures } = conform(api, vectors, { diagnosing: { ...diagnosing, diagnose: () => told([]), Webhook }, backend });
  const tests = new Set(failures.map((failure) => failure.split(" (")[0]));
  for (const file of ["diagnose", "verify", "sign", "deliveries"]) {
    const seen = [...tests].filter((name) => name.startsWith(`${file} `));
    const least = vectors[file].testGroups.flatMap(({ tests }) => tests).filter(({ code }) => !code).length;
    assert.ok(seen.length >= least, `${file}: ${seen.length} of ${least}`);
  }
});
