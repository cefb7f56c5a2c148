/** The module's instance that runs, and its memory. A module has one in a process. */
import type { Failure } from "../engine.js";
import * as glue from "../generated/module.js";
import { type Latin1, latin1In } from "./latin1.js";

let exports_: glue.InitOutput;
/** How many were started before the one that runs. */
export let instance = 0;
let isFaulty = false;

export function start(module: WebAssembly.Module): void {
  // The glue takes what is no instance of its own realm's class for bytes, and Next hands over another realm's to the edge.
  if (!(module instanceof WebAssembly.Module) && Object.prototype.toString.call(module) === "[object WebAssembly.Module]") {
    Object.setPrototypeOf(module, WebAssembly.Module.prototype);
  }
  exports_ = glue.initSync({ module });
}

/** What the module refuses comes as a thrown array; anything else that is thrown means that it is broken. */
export function call<T>(action: () => T): T | Failure {
  if (isFaulty) {
    glue.__wbg_reset_state();
    exports_ = (glue.initSync as () => glue.InitOutput)(); // the running one
    instance += 1;
    isFaulty = false;
  }
  try {
    return action();
  } catch (error) {
    if (Array.isArray(error)) return failure(error as FailureParts);
    isFaulty = true;
    throw error;
  }
}

export type FailureParts = [code: string, status: number | undefined, message: string, offset: number | undefined];

export function failure([code, status, message, offset]: FailureParts): Failure {
  return { code, status, message, offset };
}

let memory: Uint8Array<ArrayBuffer> = new Uint8Array();
/** Of the memory as `view` gave it last, where the platform has it. */
export let latin1: Latin1 | undefined;

/** Growing moves the memory. */
export function view(): Uint8Array<ArrayBuffer> {
  const { buffer } = exports_.memory as WebAssembly.Memory & { buffer: ArrayBuffer };
  if (memory.buffer !== buffer) [memory, latin1] = [new Uint8Array(buffer), latin1In(buffer)];
  return memory;
}
