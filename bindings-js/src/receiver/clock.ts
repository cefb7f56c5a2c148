import { instant } from "../option-values.js";
import { quietly } from "./guarded.js";

/** The time by a receiver's clock, in milliseconds since the Unix epoch. Throws if the clock fails or gives no time. */
export function timeBy(clock: (() => unknown) | undefined): number {
  // Through the global at each request, because tests replace it.
  if (!clock) return Date.now();
  const given = clock();
  try {
    const now = instant({ clock: given }, "clock");
    if (now === undefined) throw new TypeError("clock must be a Date or milliseconds since the Unix epoch, not undefined");
    return now;
  } catch (mistake) {
    quietly(() => given); // It may be a promise that rejects.
    throw mistake;
  }
}
