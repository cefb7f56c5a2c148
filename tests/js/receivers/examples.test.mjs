// Every example, end to end: the packed package, the real framework, a real port, the same verdicts.
import { describe } from "node:test";

import { SERVERS } from "./servers.mjs";
import { verdicts } from "./verdicts.mjs";

const chosen = process.env.EXAMPLES?.split(",") ?? Object.keys(SERVERS);

describe("examples", { concurrency: 4 }, () => {
  for (const name of chosen) verdicts(name, SERVERS[name]);
});
