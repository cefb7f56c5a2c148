// The example for axum, end to end.
import { verdicts } from "../verdicts.mjs";
import { example } from "./examples.mjs";

verdicts("axum", { start: example("example-axum"), can: ["stream"] });
