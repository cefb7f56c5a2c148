// The server of a database on loopback, in a process and a folder of its own, for one test.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Starts one; it can be stopped, paused and started again on the same port and files. `answers` says whether it does, `url`
 * where a client finds what listens on a port.
 */
export async function database({ port, folder, program, parameters, settings = {}, url, answers }) {
  let child;
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  const server = {
    port,
    url: url(port),
    urlAt: url,
    /** What it printed is told if it does not answer; one that was killed may need a while until it can be started again. */
    async start() {
      const told = [];
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause(50)) {
        if (!child || ended()) {
          child = spawn(program, parameters, { stdio: ["ignore", "pipe", "pipe"], ...settings });
          for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => told.push(piece));
        }
        if (await answers(port)) return;
      }
      assert.fail(`${program} does not answer: ${told.join("")}`);
    },
    async kill() {
      const closed = new Promise((resolve) => child.once("exit", resolve));
      // With the processes of its connections, which would answer for a while.
      signal("SIGKILL");
      await closed;
    },
    pause: () => signal("SIGSTOP"),
    resume: () => signal("SIGCONT"),
    async close() {
      signal("SIGCONT");
      if (!ended()) await server.kill();
      rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    },
  };
  await server.start();
  return server;

  /** The processes that it has begun, too. */
  function signal(name) {
    if (ended()) return;
    const others = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").split(" ").filter(Boolean);
    for (const pid of [child.pid, ...others.map(Number)]) {
      try {
        process.kill(pid, name);
      } catch (error) {
        if (error.code !== "ESRCH") throw error; // It has ended meanwhile.
      }
    }
  }
}
