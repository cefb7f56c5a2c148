/** What tests of an application with receivers use. */
export { type SignedDelivery, signedDelivery, signedRequest } from "./testing/delivery.js";
export { type ReplayStoreCase, type ReplayStoreSuiteOptions, testReplayStore } from "./testing/replay-store.js";
export { type MetadataOperation, type MetadataPayload, type RecordPayload, type SampleName, type SamplePayload, sample } from "./testing/sample.js";
