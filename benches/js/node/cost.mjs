// What a byte costs in a large body, against what it costs in a small one.
import { readFileSync } from "node:fs";

import { SLOW, compare, synchronous } from "../harness.mjs";
import { SECRET, delivery } from "../senders.mjs";
import { sideOf } from "../sides.mjs";

export async function measure({ Webhook }, { title, bodies, isSmoke }) {
  const webhook = new Webhook(SECRET, { maxBodyBytes: LARGE });
  const operation = ({ body, headers }) => webhook.verify(body, headers).secretIndex === 0;
  const text = JSON.parse(readFileSync(bodies, "utf8"))[200_000];
  const request = (bytes) => delivery("twenty", Buffer.alloc(bytes, text));

  const large = await sideOf("ours", { operation }, request(LARGE), true);
  const small = request(SMALL);
  await sideOf("ours", { operation }, small, true);
  const asManyBytes = synchronous(() => {
    for (let index = 0; index < LARGE / SMALL; index += 1) if (!operation(small)) return false;
    return true;
  });
  const timing = await compare(large, asManyBytes, isSmoke, SLOW);
  return [{ case: title, bytes: LARGE, peer: "ours at 64 kB, as many bytes", ...timing }];
}

const SMALL = 64_000;
const LARGE = 64_000_000;
