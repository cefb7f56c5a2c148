// Verifies the deliveries of a file with the npm package, and prints a verdict for each.
import { readFileSync } from "node:fs";

const [entry, backend, file] = process.argv.slice(2);
const { Webhook, WebhookVerificationError, backend: running } = await import(entry);
if (running !== backend) throw new Error(`${entry} runs ${running}, not ${backend}`);

const bytes = (hex) => Buffer.from(hex, "hex");

function verify({ secretHex, headers, bodyHex, now }) {
  const pairs = headers.map(({ nameHex, valueHex }) => [nameHex, valueHex].map((hex) => bytes(hex).toString("latin1")));
  try {
    const { event } = new Webhook(bytes(secretHex)).verify(bytes(bodyHex), pairs, { now: Number(now) });
    return { kind: event.kind, eventName: event.name };
  } catch (error) {
    if (error instanceof WebhookVerificationError) return { code: error.code };
    throw error;
  }
}

console.log(JSON.stringify(JSON.parse(readFileSync(file, "utf8")).map(verify)));
