import node from "@astrojs/node";
import { defineConfig, envField } from "astro/config";

export default defineConfig({
  output: "server",
  adapter: node({ mode: "standalone" }),
  env: { schema: { TWENTY_WEBHOOK_SECRET: envField.string({ context: "server", access: "secret" }) } },
});
