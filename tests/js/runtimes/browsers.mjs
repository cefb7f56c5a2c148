// The browsers, and how each opens a page without a person.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHROMIUM_FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

/** Commands that may start it, the first that is there; and what follows, where `profile` is an empty folder. */
const BROWSERS = {
  chromium: {
    commands: () => [["chromium"], ["chromium-browser"], ["google-chrome"]],
    arguments: (profile, url) => [...CHROMIUM_FLAGS.split(" "), `--user-data-dir=${profile}`, url],
  },
  firefox: {
    commands: () => [["firefox-esr"], ["firefox"]],
    arguments: (profile, url) => ["--headless", "--no-remote", "--profile", profile, url],
  },
  // WebKitGTK's own small browser, which wants a display: a virtual one will do.
  webkit: {
    commands: () => miniBrowsers().map((program) => ["xvfb-run", "--auto-servernum", program]),
    arguments: (_, url) => ["--private", url],
    environment: { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", LIBGL_ALWAYS_SOFTWARE: "1" },
  },
};

/** Where Debian puts it: beside the library, not on the search path. */
function miniBrowsers(libraries = "/usr/lib") {
  if (!existsSync(libraries)) return [];
  const triples = readdirSync(libraries).filter((name) => name.includes("-linux-"));
  return triples.flatMap((triple) =>
    ["webkit2gtk-4.1", "webkit2gtk-4.0", "webkitgtk-6.0"]
      .map((name) => join(libraries, triple, name, "MiniBrowser"))
      .filter((program) => existsSync(program)),
  );
}

/** A browser of this machine, by its own name and version. */
export function browser(name) {
  for (const [program, ...words] of BROWSERS[name].commands()) {
    const { status, stdout } = spawnSync(program, [...words, "--version"], { encoding: "utf8" });
    if (status === 0) return { ...BROWSERS[name], program, words, version: stdout.match(/[A-Za-z][\w ]*? [\d.]+/)[0] };
  }
  return assert.fail(`${name} is not installed`);
}

/** Opens a page in a process of its own until `sent` is there, and then ends it. */
export async function visit({ program, words, arguments: given, environment }, url, sent) {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  // A group of its own, so that whatever it starts ends with it. Its home is the profile: nothing of the user's is read.
  const env = { ...process.env, HOME: profile, XDG_RUNTIME_DIR: profile, ...environment };
  const child = spawn(program, [...words, ...given(profile, url)], { stdio: ["ignore", "ignore", "pipe"], detached: true, env });
  let complaints = "";
  child.stderr.on("data", (piece) => (complaints += piece));
  const ended = new Promise((resolve) => child.on("close", resolve));
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${url} sent nothing: ${complaints}`)), PATIENCE_MILLIS);
  });
  try {
    return await Promise.race([sent, tooLate]);
  } finally {
    clearTimeout(timer);
    if (child.exitCode === null) process.kill(-child.pid);
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

const PATIENCE_MILLIS = 60_000;
