import type { Engine } from "../engine.js";
import { base64 } from "../generated/base64.js";
import { wasmEngine } from "./engine.js";

/** The engine of the module that is part of the script: for runtimes that compile synchronously. */
export function inlineEngine(): Engine {
  try {
    // A Content-Security-Policy refuses the module in most browsers, in WebKit its instance.
    return wasmEngine(new WebAssembly.Module(moduleBytes()));
  } catch (cause) {
    throw new Error(
      "twenty-webhook may not compile WebAssembly here: in a browser allow 'wasm-unsafe-eval' in the " +
        "Content-Security-Policy, on an edge platform let the bundler resolve the export condition \"workerd\" " +
        '(Cloudflare) or "edge-light" (Vercel)',
      { cause },
    );
  }
}

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = characters.charCodeAt(at);
  return bytes;
}
