// Timing two things against each other.
//
// A machine's speed drifts by more than the differences of interest. So the two run in turns, in batches of some
// milliseconds, each pair gives one ratio, and the median of the ratios stands: what slows a whole pair cancels out, what
// hits one batch is an outlier. Of several rounds the one with the least time in sum counts, which favours neither side.
//
// A side is a function that runs its operation so many times and resolves to the nanoseconds that took.

/** Nanoseconds per operation of both, and how many times as long the peer took; nothing where everything runs just once. */
export async function compare(ours, peer, isSmoke, scale = WITHIN) {
  if (isSmoke) {
    await ours(1);
    await peer(1);
    return {};
  }
  for (const side of [ours, peer]) await warmUp(side, scale);
  const batches = { ours: await batchOf(ours, scale), peer: await batchOf(peer, scale) };
  const rounds = [];
  for (let index = 0; index < scale.rounds; index += 1) rounds.push(await round(batches, scale.pairs));
  return rounds.reduce((best, one) => (sum(one) < sum(best) ? one : best));
}

/** A side whose operation is over when it returns. An operation's result is what it found, and never false or empty. */
export const synchronous = (run) => async (count) => {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) if (!run()) throw new Error(REFUSED);
  return (performance.now() - start) * NANOSECONDS;
};

/** A side whose operation is over when its promise is kept. */
export const awaited = (run) => async (count) => {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) if (!(await run())) throw new Error(REFUSED);
  return (performance.now() - start) * NANOSECONDS;
};

/**
 * In this process. A batch must be long enough to pay for its own garbage: the smallest bodies verified by hand leave a
 * collection every 20 ms, which the median of shorter batches would drop.
 */
export const WITHIN = { rounds: 3, pairs: 11, batchNs: 30e6, warmUpNs: 200e6 };

/** In another process, by requests whose own cost must not matter. */
export const REMOTE = { rounds: 3, pairs: 9, batchNs: 150e6, warmUpNs: 500e6 };

/** In this process, of operations that take a tenth of a second. */
export const SLOW = { rounds: 3, pairs: 5, batchNs: 1, warmUpNs: 1 };

const NANOSECONDS = 1e6;
const REFUSED = "an operation that was checked refused what it had accepted";

/** Until the compilers have done what they do. */
async function warmUp(side, { warmUpNs }) {
  let spent = 0;
  for (let count = 1; spent < warmUpNs; count *= 2) spent += await side(count);
}

async function round(batches, pairs) {
  const found = [];
  for (let index = 0; index < pairs; index += 1) {
    const pair = {};
    // Each goes first as often as the other: whoever comes second finds the caches of the first.
    for (const name of index % 2 === 0 ? ["ours", "peer"] : ["peer", "ours"]) pair[name] = await batches[name]();
    found.push(pair);
  }
  return {
    peer_ns: median(found.map(({ peer }) => peer)),
    ours_ns: median(found.map(({ ours }) => ours)),
    ratio: median(found.map(({ peer, ours }) => peer / ours)),
  };
}

/** Times as many operations as fill a batch, and gives the nanoseconds of one. */
async function batchOf(side, { batchNs }) {
  let count = 1;
  let elapsed = await side(count);
  while (elapsed * 2 < batchNs) {
    count *= 2;
    elapsed = await side(count);
  }
  count = Math.max(1, Math.round((batchNs / elapsed) * count));
  return async () => (await side(count)) / count;
}

export function median(figures) {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1];
}

const sum = ({ ours_ns, peer_ns }) => ours_ns + peer_ns;
