import type { DiagnosingEngine, Text } from "../engine.js";
import * as glue from "../generated/diagnose.js";
import { inbox, room, write, writeAt } from "../wasm/inbox.js";
import { type WasmWebhook, wasmEngine } from "../wasm/instance.js";
import { call, view } from "../wasm/running.js";

/** The engine of the larger module: in scripts that import this, all of `wasm/` speaks to it. */
export function diagnosingWasm(module: WebAssembly.Module): DiagnosingEngine {
  return {
    ...wasmEngine(module),
    diagnoseBy: (webhook, { body, others, illFormed, headers, now, method, url }) =>
      call(() => {
        const handle = (webhook as WasmWebhook).live() as glue.Webhook;
        return sent(others, body, (bytes) => handle.diagnose(lengths(others), bytes, illFormed, headers, now, method, url));
      }) as string,
    diagnose: (secrets, settings, { body, others, illFormed, headers, now, method, url }) =>
      call(() =>
        sent([...secrets, ...others], body, (bytes) =>
          glue.diagnose(lengths(secrets), ...settings, lengths(others), bytes, illFormed, headers, now, method, url),
        ),
      ),
    readRequests: (text) => call(() => glue.readRequests(write(text))),
    signedParts: ([, , headerPrefix, payloadForm], { body, illFormed, headers }) =>
      call(() => glue.signedParts(headerPrefix, payloadForm, write(body), illFormed, headers)),
    fingerprint: (secret) => call(() => sent([secret], "", () => glue.fingerprint(secret.length))) as string,
  };
}

/** Writes secrets and a body, calls, and leaves no secret in the module's memory for a later fault to show. */
function sent<T>(secrets: Uint8Array[], body: Text, ask: (bodyBytes: number) => T): T {
  const start = inbox(secrets.reduce((sum, secret) => sum + room(secret), room(body)));
  let at = start;
  for (const secret of secrets) at += writeAt(at, secret);
  try {
    return ask(writeAt(at, body));
  } finally {
    view().fill(0, start, at);
  }
}

function lengths(secrets: Uint8Array[]): Int32Array {
  return Int32Array.from(secrets, room);
}
