// Stands between a receiver and its store, and takes its time.
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Passes everything on to a port, in order, `delayMs` later in each direction. */
export async function proxyOf(port) {
  const sockets = new Set();
  const proxy = { delayMs: 0, port: 0, close };
  const server = net.createServer((near) => {
    const far = net.connect(port, "127.0.0.1");
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      let passed = Promise.resolve();
      const afterwards = (step) => (passed = passed.then(() => pause(proxy.delayMs)).then(step));
      from.on("data", (piece) => afterwards(() => to.write(piece)));
      from.on("error", () => {});
      from.on("close", () => sockets.delete(from) && to.destroy());
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  proxy.port = server.address().port;
  return proxy;

  async function close() {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }
}
