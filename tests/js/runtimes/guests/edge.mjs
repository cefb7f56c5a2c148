// In Vercel's edge runtime.
import * as api from "twenty-webhook";
import * as diagnosing from "twenty-webhook/diagnose";

import { conform } from "../../conformance.mjs";
import { vectors } from "../../vectors.mjs";

addEventListener("fetch", (event) => {
  event.respondWith(Response.json(conform(api, vectors, { diagnosing, backend: "wasm" })));
});
