// Work that outlives the receiver: every example in Python, which PYTHON runs.
import { describe, test } from "node:test";

import { takesItsPath } from "../lasting-path.mjs";
import { WAYS_IN_PYTHON } from "../lasting.mjs";

describe("lasting work in Python", { concurrency: 2 }, () => {
  for (const [name, way] of Object.entries(WAYS_IN_PYTHON)) test(name, () => takesItsPath(way));
});
