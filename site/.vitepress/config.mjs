// The site of the documentation; `cargo xtask site` writes its pages into PAGES and builds it into SITE.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vitepress";

export default defineConfig({
  title: "twenty-webhook",
  description: "Receive the webhooks of Twenty CRM in TypeScript, Python and Rust.",
  base: env.BASE || "/",
  srcDir: env.PAGES,
  outDir: env.SITE,
  cacheDir: join(env.PAGES, "../site-cache"),
  // The pages are in no folder below which packages are installed.
  vite: { resolve: { alias: { vue: fileURLToPath(new URL("../node_modules/vue", import.meta.url)) } } },
  markdown: { languageAlias: { "rust,no_run": "rust" } },
  // The references are put beside the pages once those are built.
  ignoreDeadLinks: [/^\/(rust|typescript|python)\//],
  themeConfig: {
    nav: [
      { text: "TypeScript", link: "/typescript/index.html", target: "_self" },
      { text: "Python", link: "/python/twenty_webhook.html", target: "_self" },
      { text: "Rust", link: "/rust/twenty_webhook/index.html", target: "_self" },
    ],
    sidebar: sidebar(),
    search: { provider: "local" },
    socialLinks: env.REPOSITORY ? [{ icon: "github", link: env.REPOSITORY }] : [],
  },
});

/** The groups and pages of llms.txt. */
function sidebar() {
  const [, ...groups] = readFileSync(join(env.PAGES, "llms.txt"), "utf8").split("\n## ");
  return groups.map((group) => ({
    text: group.split("\n")[0],
    items: Array.from(group.matchAll(/^- \[(.*?)\]\((.*?)\.md\)/gm), ([, text, page]) => ({ text, link: `/${page}` })),
  }));
}
