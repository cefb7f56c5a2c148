// The entry that forces WebAssembly has the same types, and shares those that users add to.
import * as wasm from "twenty-webhook/wasm";
import * as plain from "twenty-webhook";

const webhook: wasm.Webhook = new wasm.Webhook("s", { payloadForm: "raw" });
const delivery: wasm.Delivery = webhook.verify("", {});
if (wasm.isEvent(delivery.event, "person.created")) delivery.event.record.city?.trim();
const same: typeof plain.canonicalize = wasm.canonicalize;
const face: typeof plain = wasm;
[same, face];
// @ts-expect-error A parsed object is no body.
webhook.verify({}, {});
