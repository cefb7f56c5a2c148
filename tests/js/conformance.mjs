// Every vector through the package's public interface, in any runtime: nothing here is Node's.
import { deliveredTest, mistakeTest, signedTest, verdictTest } from "./conformance/diagnosis.mjs";
import { canonicalTest, deliveryTest, eventTest, patternTest } from "./conformance/payloads.mjs";
import { configTest, signTest, verifyTest } from "./conformance/webhooks.mjs";

/** How each file's tests are run. */
const RUNNERS = {
  verify: verifyTest,
  sign: signTest,
  config: configTest,
  canonical: canonicalTest,
  numbers: canonicalTest,
  events: eventTest,
  patterns: patternTest,
  deliveries: deliveryTest,
};

/** The same by the entry that can diagnose. */
const DIAGNOSING_RUNNERS = { diagnose: mistakeTest, verify: verdictTest, sign: signedTest, deliveries: deliveredTest };

/**
 * How many tests of a file JavaScript can only answer in another way, by the flag that says so. What it answers instead is
 * checked where they are run.
 */
const EXCEPTIONS = {
  verify: { BeyondDate: 2 }, // The third of that flag is the last instant that a Date holds.
  sign: { BeyondDouble: 3 },
  config: { ReplayTtl: 12 }, // The adapters have it.
};

/**
 * Runs all vectors. `api` is the package as its users import it, `diagnosing` the same of its entry that can diagnose, `backend`
 * what must be running.
 *
 * @returns the number of tests and of calls, the exceptions, and what failed, a line each.
 */
export function conform(api, vectors, { diagnosing, backend }) {
  const result = { backend: api.backend, version: api.version, tests: 0, calls: 0, exceptions: 0, headersHeld: 0, failures: [] };
  for (const entry of [api, diagnosing]) if (entry.backend !== backend) result.failures.push(`the backend is ${entry.backend}, not ${backend}`);
  for (const file of new Set([...Object.keys(RUNNERS), ...Object.keys(DIAGNOSING_RUNNERS)])) {
    const exceptions = {};
    let tests = 0;
    for (const group of vectors[file].testGroups) {
      for (const test of group.tests) {
        tests += 1;
        const tools = toolsFor(result, `${file} ${test.tcId} (${test.comment})`, exceptions, test.flags);
        try {
          RUNNERS[file]?.(api, test, tools, group);
          DIAGNOSING_RUNNERS[file]?.(diagnosing, test, tools, group);
        } catch (error) {
          tools.fail(`the test itself failed: ${error?.stack ?? error}`);
        }
      }
    }
    result.tests += tests;
    expectSame(result, `number of tests of ${file}`, tests, vectors[file].numberOfTests);
    expectSame(result, `exceptions of ${file}`, JSON.stringify(exceptions), JSON.stringify(EXCEPTIONS[file] ?? {}));
  }
  // As many as a runtime whose Headers hold the least can show.
  if (result.headersHeld < FEWEST_HELD) result.failures.push(`only ${result.headersHeld} tests went through Headers`);
  return result;
}

/** What a run has to say, on one line; throws if it failed. */
export function report(runtime, { backend, version, tests, exceptions, calls, failures }) {
  const line = `${runtime}: ${backend}, ${tests - exceptions} vectors and ${exceptions} exceptions in ${calls} calls of ${version}`;
  if (failures.length === 0) return line;
  throw new Error(`${line}; ${failures.length} failures:\n${failures.slice(0, SHOWN).join("\n")}`);
}

const FEWEST_HELD = 370;
const SHOWN = 20;

/** What a test does with what it finds. */
function toolsFor(result, name, exceptions, flags) {
  const fail = (message) => result.failures.push(`${name}: ${message}`);
  return {
    fail,
    expect(what, found, expected) {
      if (found !== expected) fail(`${what}: ${short(found)} instead of ${short(expected)}`);
    },
    /** The outcome of a call: what it returns or throws. */
    attempt(action) {
      result.calls += 1;
      try {
        return { value: action() };
      } catch (error) {
        return { error };
      }
    },
    /** This test is one that only the flag justifies to answer in another way. */
    except(flag) {
      if (!flags.includes(flag)) fail(`is no exception: it is not flagged ${flag}`);
      exceptions[flag] = (exceptions[flag] ?? 0) + 1;
      result.exceptions += 1;
    },
    heldByHeaders() {
      result.headersHeld += 1;
    },
  };
}

function expectSame(result, what, found, expected) {
  if (found !== expected) result.failures.push(`${what}: ${found} instead of ${expected}`);
}

function short(value) {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
