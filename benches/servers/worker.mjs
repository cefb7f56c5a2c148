// A Worker with both receivers: `SIDE` says which is asked. Whoever asks measures its processor time, because no clock in here can.
import { Webhook, memoryReplayStore } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";

import { MAX_BODY_BYTES, accept, judgeHead, refused } from "./by-hand.mjs";

let handled = 0;
const handle = () => void (handled += 1);

const replayStore = memoryReplayStore({ maxEntries: Number(process.env.CLAIMS) });
const ours = receive(new Webhook(process.env.SECRET), { "person.*": handle }, { replayStore, logger: null });

let key;
async function theirs(request) {
  if (request.method !== "POST") return answer(refused(405, "method_not_allowed"));
  const { refusal, timestamp, signature } = judgeHead((name) => request.headers.get(name));
  if (refusal) return answer(refusal);
  if (!(Number(request.headers.get("content-length")) <= MAX_BODY_BYTES)) return answer(refused(413, "too_large"));
  const body = await request.text();
  const encoder = new TextEncoder();
  key ??= await crypto.subtle.importKey("raw", encoder.encode(process.env.SECRET), HMAC, false, ["verify"]);
  const sent = Uint8Array.from(signature.match(/../g), (digits) => parseInt(digits, 16));
  const isAuthentic = await crypto.subtle.verify("HMAC", key, sent, encoder.encode(`${timestamp}:${body}`));
  return answer(isAuthentic ? await accept(body, signature, handle) : refused(401, "signature_mismatch"));
}

const HMAC = { name: "HMAC", hash: "SHA-256" };
const answer = ({ status, content }) => Response.json(content, { status });

const sides = { ours, theirs };
export default {
  fetch: (request, env, context) => (request.url.endsWith("/stats") ? Response.json({ handled }) : sides[process.env.SIDE](request, env, context)),
};
