import * as library from "twenty-webhook/wasm";
import { fiveCases } from "./cases.mjs";

globalThis.fiveCases = fiveCases(library);
