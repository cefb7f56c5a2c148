// What examples and documents have where they are deployed, and the compiler cannot know.
declare namespace NodeJS {
  interface ProcessEnv {
    TWENTY_WEBHOOK_SECRET: string;
    DATABASE_URL: string;
    REDIS_URL: string;
    SECRETS_FILE: string;
  }
}
