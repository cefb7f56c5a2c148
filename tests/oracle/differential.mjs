// Answers each framed JSON text with a framed verdict.
import { answerFrames } from "./shared/frames.mjs";
import { verdictOn } from "./shared/verdict.mjs";

await answerFrames(verdictOn);
