// In a runtime of its own: Deno and Bun.
import * as api from "twenty-webhook";

import { conform } from "../../conformance.mjs";
import { vectors } from "../../vectors.mjs";

console.log(JSON.stringify(conform(api, vectors, { backend: "wasm" })));
