/** What tests of an application with receivers use. */
export { type ReplayStoreCase, type ReplayStoreSuiteOptions, testReplayStore } from "./testing/replay-store.js";
