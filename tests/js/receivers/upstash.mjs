// Stands for Upstash's server.
import { createServer } from "node:http";

/** It takes commands as JSON, in one array or in an array of them, and passes them on to a Redis. */
export async function restOf(client) {
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const piece of request.setEncoding("utf8")) text += piece;
    const isBase64 = request.headers["upstash-encoding"] === "base64";
    const encoded = (value) => (isBase64 && typeof value === "string" && value !== "OK" ? Buffer.from(value).toString("base64") : value);
    const run = async (command) => {
      try {
        return { result: encoded(await client.sendCommand(command.map(String))) };
      } catch ({ message }) {
        return { error: message };
      }
    };
    const commands = JSON.parse(text);
    const isPipeline = Array.isArray(commands[0]);
    const results = await Promise.all((isPipeline ? commands : [commands]).map(run));
    response.setHeader("content-type", "application/json").end(JSON.stringify(isPipeline ? results : results[0]));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => (server.closeAllConnections(), server.close()) };
}
