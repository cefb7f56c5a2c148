// Answers each frame, which holds framed JSON texts, with the SHA-256 of what differential.mjs answers to them.
import { createHash } from "node:crypto";

import { answerFrames, takeFrames, toFrame } from "./shared/frames.mjs";
import { verdictOn } from "./shared/verdict.mjs";

await answerFrames((batch) => {
  const hash = createHash("sha256");
  for (const text of takeFrames(batch).frames) for (const part of toFrame(verdictOn(text))) hash.update(part);
  return hash.digest();
});
