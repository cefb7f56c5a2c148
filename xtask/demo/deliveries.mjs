// Prints the deliveries of the vectors, made anew, and one that the Python of this machine prints again: deliveries.mjs PYTHON
import { execFileSync } from "node:child_process";
import { deliveriesFile } from "../../tests/oracle/files/deliveries.mjs";

// Nothing but ASCII comes out, so no encoding can interfere.
const PRINT_ANEW = "import json, sys; print(json.dumps(json.load(sys.stdin.buffer)), end='')";

const deliveries = deliveriesFile().testGroups.flatMap((group) => group.tests);
const genuine = deliveries.find(({ code }) => !code);
const printedAnew = execFileSync(process.argv[2], ["-c", PRINT_ANEW], { input: Buffer.from(genuine.bodyHex, "hex") });
deliveries.push({
  name: "re-serialised-by-this-python",
  headers: genuine.headers,
  bodyHex: printedAnew.toString("hex"),
  now: genuine.now,
  secretHex: genuine.secretHex,
  code: "signature_mismatch",
});
console.log(JSON.stringify(deliveries));
