// Browsers: BROWSERS names them. A page runs the vectors and sends back what came of it, so no driver is needed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { browser, visit } from "./browsers.mjs";
import { bundle, folder, record } from "./support.mjs";

const SELF = "default-src 'none'; connect-src 'self'; script-src 'self'";
const PAGES = { "/allowed": `${SELF} 'wasm-unsafe-eval'`, "/refused": SELF };

let server, script;
const waiting = new Map();

before(async () => {
  const outfile = join(folder("browser"), "page.js");
  await bundle("page.mjs", { outfile, platform: "browser" });
  script = readFileSync(outfile);
  server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
after(() => {
  server.closeAllConnections();
  server.close();
});

for (const name of (process.env.BROWSERS ?? "chromium").split(",")) {
  test(name, async (t) => {
    const found = browser(name);
    const allowed = await open(found, "/allowed");
    record(t, `${found.version}, CSP with 'wasm-unsafe-eval'`, allowed.result ?? assert.fail(allowed.error));
    const refused = await open(found, "/refused");
    assert.match(refused.error ?? "it works", /^twenty-webhook may not compile WebAssembly here: in a browser allow 'wasm-unsafe-eval'/);
    t.diagnostic(`${found.version}, CSP without it: ${refused.error}`);
  });
}

function open(found, page) {
  const sent = new Promise((resolve) => waiting.set(page, resolve));
  return visit(found, `http://127.0.0.1:${server.address().port}${page}`, sent);
}

function answer(request, response) {
  const { pathname } = new URL(request.url, "http://127.0.0.1");
  const send = (type, body, headers = {}) => response.writeHead(200, { "content-type": type, ...headers }).end(body);
  if (request.method === "POST") {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      waiting.get(pathname)?.(JSON.parse(Buffer.concat(pieces).toString()));
      send("text/plain", "");
    });
  } else if (pathname === "/page.js") send("text/javascript", script);
  else if (pathname === "/start.js") send("text/javascript", START);
  else if (PAGES[pathname]) {
    const page = '<!doctype html><meta charset="utf-8"><script type="module" src="/start.js"></script>';
    send("text/html", page, { "content-security-policy": PAGES[pathname] });
  } else response.writeHead(404).end();
}

const START = `
const send = (what) => fetch(location.pathname, { method: "POST", body: JSON.stringify(what) });
import("/page.js").then(({ run }) => send({ result: run() })).catch((error) => send({ error: String(error.message) }));
`;
