// Reads little-endian doubles from standard input and writes JSON.stringify of each, one a line.
import { write } from "./shared/frames.mjs";

const DOUBLE_BYTES = 8;

let pending = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
  const whole = pending.length - (pending.length % DOUBLE_BYTES);
  const lines = [];
  for (let start = 0; start < whole; start += DOUBLE_BYTES) {
    lines.push(JSON.stringify(pending.readDoubleLE(start)), "\n");
  }
  pending = pending.subarray(whole);
  await write(lines.join(""));
}
if (pending.length > 0) throw new Error(`input ends inside a double: ${pending.length} bytes left`);
