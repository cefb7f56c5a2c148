import type { Engine } from "../engine.js";
import { base64 } from "../generated/module.base64.js";
import { wasmEngine } from "./instance.js";

/** The engine of the module that is part of the script: for runtimes that compile synchronously. */
export function inlineEngine(): Engine {
  return inlined(wasmEngine);
}

export function inlined<E extends Engine>(engineOf: (module: WebAssembly.Module) => E): E {
  try {
    // A Content-Security-Policy refuses the module in most browsers, in WebKit its instance.
    return engineOf(new WebAssembly.Module(moduleBytes()));
  } catch (cause) {
    throw new Error(
      "twenty-webhook may not compile WebAssembly here: in a browser allow 'wasm-unsafe-eval' in the " +
        "Content-Security-Policy, on an edge platform let the bundler resolve the export condition \"workerd\" " +
        '(Cloudflare) or "edge-light" (Vercel)',
      { cause },
    );
  }
}

/** By what the host has: `atob`, which all have, takes several times as long in Node. */
function moduleBytes(): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (fromBase64) return Reflect.apply(fromBase64, Uint8Array, [base64]);
  const buffer = (globalThis as { Buffer?: typeof Buffer }).Buffer?.from(base64, "base64");
  return buffer ?? Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
