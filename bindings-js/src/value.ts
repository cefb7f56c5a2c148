/**
 * The canonical text of a parsed value. The engine's own JSON.stringify is its definition, but for what has no text at
 * all, which is refused.
 *
 * @throws {TypeError} for undefined, functions and symbols, a BigInt anywhere, cycles, and what the value's own code throws.
 * @throws {RangeError} for nesting beyond the engine's stack.
 */
export function canonicalizeValue(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    if (isStackOverflow(cause)) throw cause;
    throw new TypeError("the value could not be printed as JSON", { cause });
  }
  if (text === undefined) throw new TypeError(`a value of type ${typeof value} has no JSON text`);
  return text;
}

/** It may be a proxy that was thrown, which instanceof asks. */
function isStackOverflow(thrown: unknown): boolean {
  try {
    return thrown instanceof RangeError;
  } catch {
    return false;
  }
}
