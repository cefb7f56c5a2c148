// Work that outlives the receiver: every example in JavaScript.
import { existsSync } from "node:fs";
import { describe, test } from "node:test";

import { takesItsPath } from "./lasting-path.mjs";
import { NODE24, WAYS } from "./lasting.mjs";
import { checksOut } from "./types.mjs";

describe("lasting work", { concurrency: 2 }, () => {
  for (const [name, way] of Object.entries(WAYS)) {
    const skip = way.receiver[0] === NODE24 && !existsSync(NODE24) && "npm has no newer Node for this machine";
    test(name, { skip }, () => takesItsPath(way));
  }

  test("the examples use the packages as their types say", () => checksOut("lasting-work", Object.values(WAYS).map(({ folder }) => folder)));
});
