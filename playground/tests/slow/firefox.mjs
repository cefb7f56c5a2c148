// Firefox by WebDriver BiDi, which it speaks itself: playwright-core wants a newer one than Debian's.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { browser as installed } from "../../../tests/js/runtimes/browsers.mjs";

/** What it asks of a page is called with the page; `heard` has the events that it was told of. */
export async function launch() {
  const { program, arguments: given, version } = installed("firefox");
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const env = { ...process.env, HOME: profile, XDG_RUNTIME_DIR: profile };
  const child = spawn(program, [...given(profile, "about:blank"), "--remote-debugging-port=0"], { stdio: ["ignore", "ignore", "pipe"], detached: true, env });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const address = await addressOf(child);
  const socket = new WebSocket(`${address}/session`);
  await new Promise((resolve, reject) => Object.assign(socket, { onopen: resolve, onerror: () => reject(new Error(`no answer at ${address}`)) }));
  const heard = [];
  const waiting = new Map();
  socket.onmessage = ({ data }) => {
    const { id, method, params, result, error, message } = JSON.parse(data);
    if (id === undefined) heard.push({ method, params });
    else if (error) waiting.get(id).reject(new Error(`${error}: ${message}`));
    else waiting.get(id).resolve(result);
  };
  let asked = 0;
  const ask = (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set((asked += 1), { resolve, reject });
      socket.send(JSON.stringify({ id: asked, method, params }));
    });
  await ask("session.new", { capabilities: {} });
  const close = async () => {
    socket.close();
    if (child.exitCode === null) process.kill(-child.pid);
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  };
  return { version, heard, ask, close };
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.on("close", () => reject(new Error(`Firefox ended: ${said}`)));
    child.stderr.on("data", (piece) => {
      said += piece;
      const [address] = /ws:\/\/[\d.]+:\d+/.exec(said) ?? [];
      if (address) resolve(address);
    });
  });
}
