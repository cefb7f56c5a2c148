// Answers each framed payload with the framed canonical text of its normalised event.
import { utf8 } from "./shared/bytes.mjs";
import { normalizedEvent } from "./shared/event_table.mjs";
import { answerFrames } from "./shared/frames.mjs";

await answerFrames((payload) => utf8(JSON.stringify(normalizedEvent(payload))));
