// Sends deliveries over HTTP/2.
import { setTimeout as pause } from "node:timers/promises";

import { words } from "./sender.mjs";

/** One stream of a client: what is said, and how it ends. */
export async function ask(client, headers, write) {
  const stream = client.request({ ":method": "POST", ":path": "/", ...headers });
  let [status, text] = [undefined, ""];
  stream.on("response", (received) => (status = received[":status"]));
  stream.setEncoding("utf8").on("data", (piece) => (text += piece)).on("error", () => {});
  const closed = new Promise((resolve) => stream.on("close", resolve));
  write(stream);
  await Promise.race([closed, pause(3_000, undefined, { ref: false })]);
  return { said: status && words(status, text), isClosed: stream.closed, code: stream.rstCode };
}

/** Writes without end, until the stream is closed or sixteen megabytes are taken; how much was. */
export function pour(stream) {
  const piece = Buffer.alloc(65_536, "a");
  const poured = { bytes: 0 };
  const more = (error) => {
    if (error || stream.destroyed || poured.bytes > 1 << 24) return;
    poured.bytes += piece.length;
    stream.write(piece, more);
  };
  more();
  return poured;
}
