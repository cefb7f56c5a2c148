// Clients that leave in the middle of a body, and clients that go on sending one that was refused, under real servers.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";

import { open } from "./processes.mjs";
import { guest } from "./runtimes.mjs";
import { onTheWire, signed } from "./sender.mjs";
import { until } from "./until.mjs";

const SERVERS = [
  ...["node", "express", "koa", "fastify", "hono", "fetch"].map((adapter) => ["Node", adapter]),
  ...["hono", "fetch"].flatMap((adapter) => [["Deno", adapter], ["Bun", adapter]]),
];
const body = JSON.stringify({ eventName: "person.created", record: { id: "7", text: "a".repeat(300_000) } });

/** The head of a delivery whose body comes in chunks, or with its length. */
function head(isChunked, headers = signed(body), length = body.length) {
  const framing = isChunked ? { "Transfer-Encoding": "chunked" } : { "Content-Length": length };
  const lines = Object.entries({ Host: "localhost", ...framing, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST / HTTP/1.1\r\n${lines.join("")}\r\n`;
}

const piece = (isChunked, text) => (isChunked ? `${text.length.toString(16)}\r\n${text}\r\n` : text);

function connected(port, options = {}) {
  const socket = net.connect({ port, host: "127.0.0.1", ...options });
  const client = { socket, text: "", isClosed: false, error: undefined };
  socket.setEncoding("latin1").on("data", (text) => (client.text += text));
  socket.on("error", ({ code }) => (client.error = code));
  for (const event of ["error", "end", "close"]) socket.on(event, () => (client.isClosed = true));
  return client;
}

describe("a client that leaves in the middle of a body is told as one", { concurrency: 2 }, () => {
  for (const [runtime, adapter] of SERVERS) {
    for (const late of [[], ["late"]]) {
      test(`${runtime}, ${adapter}${late.length ? ", while its webhook is looked for" : ""}`, async () => {
        const server = await open(guest(runtime, adapter, ...late));
        try {
          for (const isChunked of [false, true]) {
            for (const leave of ["resetAndDestroy", "end"]) {
              for (const some of late.length ? [10] : [0, 10, 150_000]) {
                server.noise.length = 0;
                const { socket } = connected(server.port);
                socket.write(head(isChunked) + (some ? piece(isChunked, body.slice(0, some)) : ""));
                await pause(100);
                socket[leave]();
                const own = () => server.noise.filter((line) => line.startsWith("twenty-webhook: ")).join("\n");
                await until(() => own() !== "");
                assert.match(own(), /^twenty-webhook: body_timeout: The client went away before the body was complete/, `${isChunked} ${leave} ${some}`);
                socket.destroy();
              }
            }
          }
          const { socket } = connected(server.port);
          socket.write(onTheWire("/", body));
          await until(() => server.lines.length > 0);
          assert.deepEqual(server.lines, ["7"]);
          socket.destroy();
        } finally {
          await server.close();
        }
      });
    }
  }
});

// Deno's server goes on listening to such a client, whatever a handler does; Bun's and Hono's end it by themselves.
describe("a client that goes on sending what was refused is not listened to", { concurrency: 4 }, () => {
  for (const [runtime, adapter] of SERVERS.filter(([name]) => name !== "Deno")) {
    describe(`${runtime}, ${adapter}`, { concurrency: 8 }, () => {
      let server;
      before(async () => (server = await open(guest(runtime, adapter))));
      after(() => server?.close());

      for (const [what, headers, status] of [["unsigned", {}, 401], ["too slow", signed(body), 408]]) {
        for (const [size, isChunked, length] of [["a long one", false, body.length], ["a short one", false, 60_000], ["one of unknown length", true]]) {
          test(`${what}: ${size}`, async () => {
            const client = connected(server.port, { allowHalfOpen: true });
            client.socket.write(head(isChunked, headers, length));
            await until(() => {
              if (!client.isClosed) client.socket.write(piece(isChunked, "{}"));
              return client.isClosed;
            });
            // What is sent after the end resets the connection, and may take the answer along that was not read yet.
            if (client.text === "") assert.match(client.error, /^(ECONNRESET|EPIPE)$/);
            else assert.equal(client.text.slice(9, 12), String(status), client.text);
            client.socket.destroy();
          });
        }
      }

      test("and one that sends the rest of what was refused can ask again", async () => {
        const client = connected(server.port);
        client.socket.write(head(false, {}, 1_000) + "a".repeat(500));
        await until(() => client.text.includes("missing_header"));
        client.socket.write("a".repeat(500));
        client.socket.write(onTheWire("/", body));
        await until(() => client.text.includes("200 OK"));
        client.socket.destroy();
      });
    });
  }
});
