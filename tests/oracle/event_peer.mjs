// Answers each framed payload with a frame of the id of its delivery and the canonical text of its normalised event.
import { utf8 } from "./shared/bytes.mjs";
import { deliveryId } from "./shared/delivery_id.mjs";
import { normalizedEvent } from "./shared/event_table.mjs";
import { answerFrames } from "./shared/frames.mjs";

await answerFrames((payload) => utf8(deliveryId(payload) + JSON.stringify(normalizedEvent(payload))));
