// Work that outlives the receiver: every example in JavaScript.
import { existsSync } from "node:fs";
import { describe, test } from "node:test";

import { takesItsPath } from "./lasting-path.mjs";
import { NODE24, WAYS } from "./lasting.mjs";

describe("lasting work", { concurrency: 2 }, () => {
  for (const [name, way] of Object.entries(WAYS)) {
    const skip = way.receiver[0] === NODE24 && !existsSync(NODE24) && "npm has no newer Node for this machine";
    test(name, { skip }, () => takesItsPath(way));
  }
});
