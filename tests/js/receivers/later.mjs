// Promises that a test settles, and time that a test lets pass.
import { mock } from "node:test";

/** A promise, and how to settle it. */
export function later() {
  const promise = {};
  promise.comes = new Promise((resolve, reject) => Object.assign(promise, { resolve, reject }));
  return promise;
}

/** Whether it has resolved once all that can happen by itself has. */
export async function isSettled(promise) {
  let is = false;
  void promise.then(() => (is = true));
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return is;
}

/** Runs it while timers ring only when `mock.timers.tick` says so. */
export async function withoutTime(run) {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    return await run((milliseconds) => mock.timers.tick(milliseconds));
  } finally {
    mock.timers.reset();
  }
}
