/** A property of the object itself, never of what every object inherits, where a fault of another package could put a value. */
export function own<T extends object, Name extends keyof T>(object: T, name: Name): T[Name] | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
