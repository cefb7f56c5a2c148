// Publishes the tarballs of a folder that npm lacks: npm.mjs VERSION FOLDER [--dry-run]. Those of platforms come first, so that
// nobody installs a package before what it loads is there.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [version, folder, ...more] = process.argv.slice(2);
const platforms = Object.keys(JSON.parse(readFileSync(new URL("../../bindings-node/platforms.json", import.meta.url), "utf8")));
const packages = ["twenty-webhook", "twenty-webhook-cli"];
const names = [...packages.flatMap((name) => platforms.map((platform) => `${name}-${platform}`)), ...packages];

const missing = names.filter((name) => !existsSync(tarball(name)));
if (missing.length > 0) {
  console.error(`a release has these, too: ${missing.join(", ")}`);
  if (!more.includes("--dry-run")) process.exit(1);
}
for (const name of names) {
  if (missing.includes(name)) continue;
  if (isPublished(name)) console.log(`npm has ${name} ${version}`);
  else execFileSync("npm", ["publish", "--access", "public", "--loglevel=error", tarball(name), ...more], { stdio: "inherit" });
}

function tarball(name) {
  return join(folder, `${name}-${version}.tgz`);
}

function isPublished(name) {
  return spawnSync("npm", ["view", `${name}@${version}`, "version"], { encoding: "utf8" }).stdout.trim() === version;
}
