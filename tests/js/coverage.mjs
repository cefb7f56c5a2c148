// What ran of the JavaScript, from the counts of V8 in a folder: module by module, as the compiler wrote them for the bundles.
import { CoverageReport } from "monocart-coverage-reports";

const [counts, modules] = process.argv.slice(2);
const report = new CoverageReport({
  outputDir: `${counts}-report`,
  reports: [["text", { skipFull: true, maxCols: 180 }]],
  entryFilter: ({ url }) => url.includes("/twenty-webhook/dist/"),
  sourceFilter: (path) => path.includes(`${modules}/`) && !path.includes("/generated/"),
  logging: "error",
});
await report.addFromDir(counts);
await report.generate();
