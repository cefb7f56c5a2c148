// Makes the page: build.mjs APP PAGE, where APP has the sources in playground/ and the package installed beside them.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { build } from "esbuild";

/** Whole programs, which the tests of their packages run. */
const EXAMPLES = {
  Express: "bindings-js/examples/express5/server.js",
  Fastify: "bindings-js/examples/fastify/server.js",
  Hono: "bindings-js/examples/hono/server.js",
  "Next.js": "bindings-js/examples/nextjs/app/webhooks/twenty/route.js",
  "Cloudflare Workers": "bindings-js/examples/workers/src/index.js",
  FastAPI: "bindings-python/examples/fastapi/app.py",
  Flask: "bindings-python/examples/flask/app.py",
  Django: "bindings-python/examples/django/mysite/urls.py",
  axum: "axum/examples/axum/src/main.rs",
};

const [app, page] = process.argv.slice(2);
const source = (file) => readFileSync(join(app, "playground/src", file), "utf8");
const { version } = createRequire(join(app, "playground/"))("twenty-webhook/package.json");
const style = source("page.css");
const script = await bundled();
const values = { policy: policy(), style, version, script };
writeFileSync(page, source("page.html").replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]));

/** For each browser of which the package's other tests have one, some years back. */
async function bundled() {
  const examples = Object.entries(EXAMPLES).map(([framework, file]) => ({ framework, file: file.split("/").slice(3).join("/"), code: readFileSync(new URL(`../${file}`, import.meta.url), "utf8") }));
  const { outputFiles } = await build({
    entryPoints: [join(app, "playground/src/main.ts")],
    bundle: true,
    write: false,
    minify: true,
    charset: "utf8",
    platform: "browser",
    format: "iife",
    target: "es2022",
    define: { EXAMPLES: JSON.stringify(examples) },
  });
  const text = outputFiles[0].text;
  // In a script these would end it, or begin what HTML takes for a comment.
  if (/<\/script|<!--/i.test(text)) throw new Error("the script cannot be inlined");
  return text;
}

/** A meta element cannot forbid frames. `blob:` is the worker, which is this script once more. */
function policy() {
  const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)} 'wasm-unsafe-eval'`,
    `style-src ${hash(style)}`,
    "worker-src blob:",
    "img-src data:",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join("; ");
}
