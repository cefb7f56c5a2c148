// The two sides of a comparison, checked before anything is timed: the speed of a wrong answer is no figure.
import { awaited, synchronous } from "./harness.mjs";
import { tampered } from "./senders.mjs";

/**
 * An operation takes a delivery and returns what it found, or a promise of it: `true`, or an event's name. What it refuses
 * it throws or answers with false.
 */
export async function sideOf(name, { operation, isAwaited = false }, request, expected) {
  const found = await operation(request);
  if (found !== expected) throw new Error(`${name} must accept the genuine delivery: ${found}, not ${expected}`);
  if (await accepts(operation, tampered(request))) throw new Error(`${name} must refuse a tampered delivery`);
  return isAwaited ? awaited(() => operation(request)) : synchronous(() => operation(request));
}

async function accepts(operation, request) {
  try {
    return await operation(request);
  } catch {
    return false;
  }
}

/** Ours, of a webhook. The event is read from the payload when it is first asked for. */
export const ourOperations = (webhook) => ({
  verify: ({ body, headers }) => webhook.verify(body, headers).secretIndex === 0,
  event: ({ body, headers }) => webhook.verify(body, headers).event.name,
});
