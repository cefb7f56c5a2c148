import * as library from "twenty-webhook/diagnose";
import { fiveCases } from "./cases.mjs";

globalThis.fiveCases = fiveCases(library);
