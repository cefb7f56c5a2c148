// Imports a bundle and prints what came of the five cases.
import { pathToFileURL } from "node:url";

const [bundle, input] = process.argv.slice(2);
await import(pathToFileURL(bundle));
console.log(JSON.stringify(fiveCases(JSON.parse(input))));
