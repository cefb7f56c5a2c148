/**
 * The canonical text of a parsed value. The engine's own JSON.stringify is its definition, but for what has no text at
 * all, which is refused.
 *
 * @throws {TypeError} for undefined, functions and symbols, a BigInt anywhere, and cycles.
 */
export function canonicalizeValue(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`a value of type ${typeof value} has no JSON text`);
  return text;
}
