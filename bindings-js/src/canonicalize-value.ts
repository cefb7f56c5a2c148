/**
 * The canonical text of a parsed value. The engine's own JSON.stringify is its definition, but for what has no text at
 * all, which is refused.
 *
 * @throws {TypeError} for undefined, functions and symbols, a BigInt anywhere, cycles, nesting beyond the engine's stack, and
 * what the value's own code throws; `cause` is what the engine or that code threw.
 */
export function canonicalizeValue(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new TypeError("the value could not be printed as JSON", { cause });
  }
  if (text === undefined) throw new TypeError(`a value of type ${typeof value} has no JSON text`);
  return text;
}
