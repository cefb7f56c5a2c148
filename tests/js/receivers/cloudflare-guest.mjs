// Runs the public suite inside a worker, with a D1 and with the example of a Durable Object. It needs a newer Node than the
// tests do, because miniflare does.
import { Miniflare } from "miniflare";

const miniflare = new Miniflare({
  modules: true,
  modulesRoot: process.argv[2],
  scriptPath: `${process.argv[2]}/worker.js`,
  modulesRules: [{ type: "CompiledWasm", include: ["**/*.wasm"] }],
  compatibilityDate: "2025-09-01",
  bindings: { TWENTY_WEBHOOK_SECRET: "the secret of these tests" },
  d1Databases: ["DB"],
  durableObjects: { CLAIMS: { className: "Claim", useSQLite: true } },
});
try {
  const response = await miniflare.dispatchFetch("http://localhost/");
  console.log(await response.text());
} finally {
  await miniflare.dispose();
}
