import type { DiagnosingEngine } from "../engine.js";
import { inlined } from "../wasm/inlined.js";
import { diagnosingWasm } from "./wasm.js";

/** The engine of the module that is part of this script. */
export const inlineEngine = (): DiagnosingEngine => inlined(diagnosingWasm);
