// In a browser.
import * as api from "twenty-webhook";

import { conform } from "../../conformance.mjs";
import { vectors } from "../../vectors.mjs";

export const run = () => conform(api, vectors, { backend: "wasm" });
