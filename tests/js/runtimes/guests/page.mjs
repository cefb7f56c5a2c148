// In a browser.
import * as api from "twenty-webhook";
import * as diagnosing from "twenty-webhook/diagnose";

import { conform } from "../../conformance.mjs";
import { vectors } from "../../vectors.mjs";

export const run = () => conform(api, vectors, { diagnosing, backend: "wasm" });
