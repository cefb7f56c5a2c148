// What runs the vectors sees what is wrong: a green line of the matrix means something.
import assert from "node:assert/strict";
import { test } from "node:test";

import { conform, report } from "./conformance.mjs";
import { api, backend } from "./installed.mjs";
import { vectors } from "./vectors.mjs";

test("a test that is wrong is seen", () => {
  const [group] = vectors.verify.testGroups;
  const wrong = { ...group, tests: [{ ...group.tests[0], id: "0".repeat(64) }, ...group.tests.slice(1)] };
  const changed = { ...vectors, verify: { ...vectors.verify, testGroups: [wrong, ...vectors.verify.testGroups.slice(1)] } };
  const { failures } = conform(api, changed, { backend });
  assert.ok(failures.length > 5 && failures.every((failure) => failure.startsWith("verify 1 ")), failures.join("\n"));
  assert.throws(() => report("x", { failures }), /verify 1 /);
});

test("the other backend is seen", () => {
  const other = backend === "wasm" ? "native" : "wasm";
  assert.deepEqual(conform(api, vectors, { backend: other }).failures, [`the backend is ${backend}, not ${other}`]);
});

test("tests that are left out are seen", () => {
  const fewer = { ...vectors, patterns: { ...vectors.patterns, testGroups: [] } };
  const { numberOfTests } = vectors.patterns;
  assert.deepEqual(conform(api, fewer, { backend }).failures, [`number of tests of patterns: 0 instead of ${numberOfTests}`]);
});

test("an answer other than the vector's is seen, whichever file it is in", () => {
  for (const [method, file, wrong] of [
    ["canonicalize", "canonical", () => "{}"],
    ["canonicalize", "numbers", () => "{}"],
    ["isEvent", "patterns", (...given) => !api.isEvent(...given)],
    ["deliveryIdOf", "events", () => "0".repeat(64)],
  ]) {
    const { failures } = conform({ ...api, [method]: wrong }, vectors, { backend });
    const tests = new Set(failures.filter((failure) => failure.startsWith(`${file} `)).map((failure) => failure.split(" (")[0]));
    assert.ok(tests.size >= vectors[file].numberOfTests - 10, `${file}: ${tests.size}`);
  }
});
