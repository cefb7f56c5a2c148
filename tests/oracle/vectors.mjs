// Writes every file of test vectors: node tests/oracle/vectors.mjs OUTDIR
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canonicalFile } from "./files/canonical.mjs";
import { configFile } from "./files/config.mjs";
import { deliveriesFile } from "./files/deliveries.mjs";
import { eventsFile } from "./files/events.mjs";
import { numbersFile } from "./files/numbers.mjs";
import { patternsFile } from "./files/patterns.mjs";
import { receiverFile } from "./files/receiver.mjs";
import { signFile } from "./files/sign.mjs";
import { verifyFile } from "./files/verify.mjs";
import { vectorFileText } from "./shared/vector_file.mjs";

const FILES = {
  verify: verifyFile,
  sign: signFile,
  config: configFile,
  canonical: canonicalFile,
  numbers: numbersFile,
  events: eventsFile,
  patterns: patternsFile,
  deliveries: deliveriesFile,
  receiver: receiverFile,
};

const [outputDirectory] = process.argv.slice(2);
if (outputDirectory === undefined) {
  console.error("usage: node tests/oracle/vectors.mjs OUTDIR");
  process.exit(2);
}

mkdirSync(outputDirectory, { recursive: true });
for (const [name, makeFile] of Object.entries(FILES)) {
  const file = makeFile();
  const text = vectorFileText(name, file);
  writeFileSync(join(outputDirectory, `${name}.json`), text);
  console.log(`${name}.json: ${file.testGroups.flatMap((group) => group.tests).length} tests, ${text.length} bytes`);
}
