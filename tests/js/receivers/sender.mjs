// Sends deliveries as Twenty does, by its published algorithm and its HTTP client, and as nobody should.
import { createHmac, randomBytes } from "node:crypto";
import http from "node:http";
import net from "node:net";

import axios from "axios";

export const SECRET = "a-secret-of-receivers";

/** The three headers, of Node's own HMAC. */
export function signed(body, { secret = SECRET, timestamp = Date.now() } = {}) {
  const signature = createHmac("sha256", secret).update(`${timestamp}:`).update(body).digest("hex");
  return {
    "X-Twenty-Webhook-Signature": signature,
    "X-Twenty-Webhook-Timestamp": String(timestamp),
    "X-Twenty-Webhook-Nonce": randomBytes(16).toString("hex"),
  };
}

/** A client that sends bodies as they are, and takes every answer for one. */
const client = axios.create({
  // A connection that has been idle may be closed by the server just when the next request is on its way.
  httpAgent: new http.Agent({ keepAlive: false }),
  maxRedirects: 0,
  validateStatus: () => true,
  transformRequest: (body) => body,
  transformResponse: (text) => text,
  maxBodyLength: Infinity,
  proxy: false,
});

/** Posts a body as the product does; what the answer says, in words. */
export async function post(url, body, headers = signed(body), options = {}) {
  const response = await client.post(url, body, { headers: { "Content-Type": "application/json", ...headers }, ...options });
  return words(response.status, response.data, response.headers);
}

/** What a redirect makes of a delivery. */
export async function get(url, headers) {
  const response = await client.get(url, { headers });
  return words(response.status, response.data, response.headers);
}

/** Status and what came of it; anything but the documented answers shows. */
export function words(status, text, headers = {}) {
  let said;
  try {
    const { outcome, code, ...others } = JSON.parse(text);
    said = outcome ?? code;
    if (Object.keys(others).length > 0) said = text;
  } catch {
    said = JSON.stringify(text);
  }
  return `${status} ${said}${headers.allow ? ` (allow ${headers.allow})` : ""}`;
}

/** One request whose body comes as `write` gives it; resolves with the answer, or with how the connection ended. */
export function request(url, headers, write, method = "POST") {
  return new Promise((resolve) => {
    const sent = http.request(url, { method, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => (text += piece));
      response.on("end", () => resolve(words(response.statusCode, text, response.headers)));
      response.on("error", (error) => resolve(error.code));
    });
    sent.on("error", (error) => resolve(error.code));
    write(sent);
  });
}

/** Writes bytes to a connection and collects what comes back, until the other side ends it or `enough` is so. */
export function converse(port, bytes, enough = () => false) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, "127.0.0.1");
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (piece) => {
      text += piece;
      if (enough(text)) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(text));
    socket.write(bytes);
  });
}

/** A request as it is on the wire. */
export function onTheWire(path, body, headers = signed(body)) {
  const lines = Object.entries({ Host: "localhost", "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body), ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}
