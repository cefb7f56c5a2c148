// In workerd: the vectors run inside the handler, where no code may be generated any more.
import * as api from "twenty-webhook";
import * as diagnosing from "twenty-webhook/diagnose";

import { conform } from "../../conformance.mjs";
import { vectors } from "../../vectors.mjs";

export default {
  fetch() {
    return Response.json({ ...conform(api, vectors, { diagnosing, backend: "wasm" }), hasBuffer: typeof Buffer === "function" });
  },
};
