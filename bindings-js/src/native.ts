import type { Engine, EngineWebhook, Failure } from "./engine.js";
import { version } from "./generated/version.js";

/** The module of one platform's package, as napi-rs makes it. */
interface NativeModule extends Engine {
  open(...settings: Parameters<Engine["open"]>): EngineWebhook | Failure;
}

/**
 * The native engine, if a package for this platform is installed and of this version. A bundle may not know where it is, so
 * getting at `require` may fail, too.
 */
export function nativeEngine(getRequire: () => (name: string) => unknown): Engine | undefined {
  for (const suffix of suffixes()) {
    try {
      const engine = getRequire()(`twenty-webhook-${process.platform}-${process.arch}${suffix}`) as NativeModule;
      if (engine.version() === version) return engine;
    } catch {
      // Not installed, or made for another C library: the next one, or WebAssembly.
    }
  }
  return undefined;
}

/** What follows the platform and the architecture in a package's name. Of the C libraries npm installs the right one. */
function suffixes(): string[] {
  if (process.platform === "linux") return ["-gnu", "-musl"];
  return process.platform === "win32" ? ["-msvc"] : [""];
}
