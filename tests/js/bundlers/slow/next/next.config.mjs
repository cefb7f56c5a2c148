import path from "node:path";

// The package under test is installed above this folder.
const root = path.join(import.meta.dirname, "../..");

export default { turbopack: { root }, outputFileTracingRoot: root };
