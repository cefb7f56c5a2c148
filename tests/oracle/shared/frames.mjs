// Frames on standard input and output: a little-endian u32 length, then that many bytes.
import { once } from "node:events";

const LENGTH_BYTES = 4;

// Answers every frame of standard input with the frame `answer` makes of it, until the end of input.
export async function answerFrames(answer) {
  let pending = Buffer.alloc(0);
  for await (const chunk of process.stdin) {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const { frames, rest } = takeFrames(pending);
    pending = rest;
    if (frames.length > 0) await write(Buffer.concat(frames.flatMap((frame) => toFrame(answer(frame)))));
  }
  if (pending.length > 0) throw new Error(`input ends inside a frame: ${pending.length} bytes left`);
}

export async function write(data) {
  if (!process.stdout.write(data)) await once(process.stdout, "drain");
}

export function takeFrames(data) {
  const frames = [];
  let start = 0;
  while (data.length - start >= LENGTH_BYTES) {
    const end = start + LENGTH_BYTES + data.readUInt32LE(start);
    if (end > data.length) break;
    frames.push(data.subarray(start + LENGTH_BYTES, end));
    start = end;
  }
  return { frames, rest: data.subarray(start) };
}

export function toFrame(body) {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(body.length);
  return [length, body];
}
