// What Cloudflare gives the workers of examples and documents.
declare namespace Cloudflare {
  interface Env {
    TWENTY_WEBHOOK_SECRET: string;
    CLAIMS: DurableObjectNamespace;
    DB: D1Database;
  }
}
