// Verification, to the verdict alone or to the event, against one peer.
import { readFileSync } from "node:fs";

import { compare } from "../harness.mjs";
import { SECRET, delivery } from "../senders.mjs";
import { ourOperations, sideOf } from "../sides.mjs";
import { PEERS } from "./peers.mjs";

/** `what` is "verify" or "event". */
export async function measure({ Webhook }, { title, what, peer, sizes, bodies, isSmoke }) {
  const { sender, names, isAwaited, open } = PEERS[peer];
  const operations = { ours: ourOperations(new Webhook(SECRET)), peer: await open() };
  const texts = JSON.parse(readFileSync(bodies, "utf8"));
  const rows = [];
  for (const bytes of sizes) {
    const expected = what === "verify" ? true : JSON.parse(texts[bytes]).eventName;
    // Each has a copy of the body, and of this moment.
    const request = (from) => delivery(from, Buffer.from(texts[bytes]));
    const ours = await sideOf("ours", { operation: operations.ours[what] }, request("twenty"), expected);
    const theirs = await sideOf(peer, { operation: operations.peer[what], isAwaited }, request(sender), expected);
    rows.push({ case: title, bytes, peer: names[what], ...(await compare(ours, theirs, isSmoke)) });
  }
  return rows;
}
