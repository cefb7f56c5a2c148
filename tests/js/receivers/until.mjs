// Waiting for what another process or a timer does, however busy the machine is.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

/** Resolves once it holds; what never does fails all the same. */
export async function until(holds) {
  for (const end = Date.now() + 60_000; !(await holds()); await pause(20)) assert.ok(Date.now() < end, `still not: ${holds}`);
}
