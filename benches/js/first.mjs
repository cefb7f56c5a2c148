// From the first import to the first verdict, in processes that have just begun.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { median } from "./harness.mjs";
import { SECRET, STANDARD_SECRET, delivery } from "./senders.mjs";

const BYTES = 360;
const PROCESSES = 21;

export function first({ installed, bodies, isSmoke }, report) {
  const text = JSON.parse(readFileSync(bodies, "utf8"))[BYTES];
  const times = Object.fromEntries(Object.keys(PROGRAMS).map((name) => [name, []]));
  // In turns, so that what drifts meets all of them.
  for (let index = 0; index < (isSmoke ? 1 : PROCESSES); index += 1) {
    for (const [name, program] of Object.entries(PROGRAMS)) times[name].push(run(program, text, installed));
  }
  const rows = [];
  for (const [backend, ours] of Object.entries(OURS)) {
    for (const peer of Object.keys(PROGRAMS).filter((name) => !Object.values(OURS).includes(name))) {
      const timing = isSmoke ? {} : timingOf(times[ours], times[peer]);
      rows.push({ case: `import to first verdict, ${backend}`, bytes: BYTES, peer, ...timing });
    }
  }
  report.add(`Node ${process.version}`, rows);
}

const timingOf = (ours, peer) => ({
  peer_ns: median(peer),
  ours_ns: median(ours),
  ratio: median(peer.map((time, index) => time / ours[index])),
});

/** The nanoseconds that one process took. */
function run({ sender, isOurs, code }, text, installed) {
  const { headers } = delivery(sender, Buffer.from(text));
  const given = JSON.stringify({ text, headers, SECRET, STANDARD_SECRET });
  const cwd = isOurs ? installed : fileURLToPath(new URL(".", import.meta.url));
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", timed(code), given], { cwd }));
}

const timed = (code) => `
  const { text, headers, SECRET, STANDARD_SECRET } = JSON.parse(process.argv[1]);
  const body = Buffer.from(text);
  const start = performance.now();
  ${code}
  const elapsed = performance.now() - start;
  if (verdict !== true) throw new Error("the genuine delivery is accepted");
  console.log(elapsed * 1e6);`;

const ourCode = (entry) => `
  const { Webhook } = await import("${entry}");
  const verdict = new Webhook(SECRET).verify(body, headers).secretIndex === 0;`;

const OURS = { native: "twenty-webhook", wasm: "twenty-webhook/wasm" };

const PROGRAMS = {
  [OURS.native]: { sender: "twenty", isOurs: true, code: ourCode(OURS.native) },
  [OURS.wasm]: { sender: "twenty", isOurs: true, code: ourCode(OURS.wasm) },
  "node:crypto, as little as possible": {
    sender: "twenty",
    code: `
      const { createHmac, timingSafeEqual } = await import("node:crypto");
      const timestamp = headers["x-twenty-webhook-timestamp"];
      const expected = createHmac("sha256", SECRET).update(timestamp + ":").update(body).digest();
      const verdict = timingSafeEqual(expected, Buffer.from(headers["x-twenty-webhook-signature"], "hex"));`,
  },
  standardwebhooks: {
    sender: "standard",
    code: `
      const { Webhook } = await import("standardwebhooks");
      const verdict = new Webhook(STANDARD_SECRET).verify(body, headers) !== undefined;`,
  },
  svix: {
    sender: "svix",
    code: `
      const { Webhook } = await import("svix");
      const verdict = new Webhook(STANDARD_SECRET).verify(body, headers) === undefined;`,
  },
  stripe: {
    sender: "stripe",
    code: `
      const { default: Stripe } = await import("stripe");
      const verdict = Stripe.webhooks.constructEvent(body, headers["stripe-signature"], SECRET) !== undefined;`,
  },
  "@octokit/webhooks-methods": {
    sender: "github",
    code: `
      const { verify } = await import("@octokit/webhooks-methods");
      const verdict = await verify(SECRET, body.toString(), headers["x-hub-signature-256"]);`,
  },
};
