// In workerd: the vectors run inside the handler, where no code may be generated any more.
import * as api from "twenty-webhook";

import { conform } from "../../conformance.mjs";
import { vectors } from "../../vectors.mjs";

export default {
  fetch() {
    return Response.json({ ...conform(api, vectors, { backend: "wasm" }), hasBuffer: typeof Buffer === "function" });
  },
};
