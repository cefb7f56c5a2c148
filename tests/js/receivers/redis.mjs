// A real redis-server, for one test.
import { mkdtempSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { database } from "./database.mjs";
import { freePort } from "./processes.mjs";

export async function redisServer(...settings) {
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "redis-"));
  const parameters = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--loglevel", "warning", ...settings];
  return database({ port, folder, program: "redis-server", parameters, url: (at) => `redis://127.0.0.1:${at}`, answers });
}

/** It listens before it has read what it kept. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.on("data", (data) => resolve(String(data).startsWith("+PONG")) || socket.destroy()).on("error", () => resolve(false));
  });
}
