// The examples in Rust, as cargo built them.
import assert from "node:assert/strict";
import path from "node:path";

import { program } from "../processes.mjs";

const FOLDER = process.env.RUST_EXAMPLES;
assert.ok(FOLDER, "RUST_EXAMPLES names the folder of the built examples");

export const example = (name, settings) => () => program(path.join(FOLDER, name), settings);
