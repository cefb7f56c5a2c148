/** What is the same whichever engine runs. */
export { WebhookError, WebhookVerificationError, codes } from "./errors.js";
export type { Code, ConfigurationCode, ReceiverCode, Status, VerificationCode } from "./errors.js";
export { canonicalizeValue } from "./canonicalize-value.js";
export type { RedisClient } from "./replay/redis.js";
export type { SqlClient, SqlReplayStore, SqlReplayStoreOptions } from "./replay/sql.js";
export type { MemoryReplayStoreOptions } from "./replay/memory.js";
export type { RequestLike } from "./receiver/stream.js";
export type { ReplayStore } from "./replay/store.js";
export type { Body } from "./body.js";
export type { DeliveryClass, DeliveryObject } from "./delivery.js";
export type { Backend } from "./engine.js";
export type { HeaderValue, HeadersLike } from "./headers.js";
export type { PayloadForm, Secret, SignOptions, VerifyOptions, VerifyRequestOptions, WebhookOptions } from "./options.js";
export type * from "./events.js";
export type * from "./records.js";
