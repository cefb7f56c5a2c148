/** Everything a body may come in: shape only, no byte is looked at or copied. */
export type Body = string | ArrayBuffer | ArrayBufferView;

/** Text, or the bytes of a carrier as a plain view. `what` is the argument's name, `remedy` what to do about another value. */
export function readBody(body: unknown, what: string, remedy = PASS_RAW): string | Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return body;
  if (ArrayBuffer.isView(body)) {
    return viewOf(body, what);
  }
  if (isArrayBuffer(body)) return wholeOf(body, what);
  throw new TypeError(
    `${what} must be text or bytes (a string, Buffer, Uint8Array, ArrayBuffer or DataView), not ${kindOf(body)}${remedy}`,
  );
}

/** By the views' own getters, which a subclass or an own property cannot stand in for. */
function viewOf(view: ArrayBufferView, what: string): Uint8Array<ArrayBuffer> {
  const get = typedArrayName(view) === undefined ? dataView : typedArray;
  let buffer: unknown, offset: number, length: number;
  try {
    [buffer, offset, length] = [get.buffer(view), get.byteOffset(view), get.byteLength(view)];
    if (length === 0) get.validate(view);
  } catch (cause) {
    throw new TypeError(`${what} is a view of bytes that are gone: its buffer was detached or made smaller`, { cause });
  }
  if (!isArrayBuffer(buffer)) {
    throw new TypeError(`${what} must not be in a SharedArrayBuffer, which may change while it is verified: copy it first`);
  }
  return new Uint8Array(buffer, offset, length);
}

/** Fails for a detached buffer, which otherwise looks like an empty one. With a length, because without one a view grows with it. */
function wholeOf(buffer: ArrayBuffer, what: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(buffer, 0, arrayBufferLength(buffer));
  } catch (cause) {
    throw new TypeError(`${what} is a detached buffer: its bytes have been transferred away`, { cause });
  }
}

/** Bytes that nobody else has. Not by `slice`, of which a Buffer's shares them. */
export function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

/** Of any realm, and of nothing that only looks like one. */
function isArrayBuffer(value: unknown): value is ArrayBuffer {
  try {
    arrayBufferLength(value);
    return true;
  } catch {
    return false;
  }
}

/** Of any realm, a Buffer, too. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return typedArrayName(value) === "Uint8Array";
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : typeof value === "undefined" ? "undefined" : `a ${typeof value}`;
}

/** Of an answer that was not expected: the value itself where that is short, else its kind. */
export function shown(value: unknown): string {
  if (value === "") return "empty text";
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint" ? String(value) : kindOf(value);
}

/** Array.isArray, but for a proxy that has been revoked, for which that throws. */
function isArray(value: unknown): boolean {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}

const PASS_RAW = ": pass the raw body of the request as it was received, before anything parses it";

function getter(prototype: object, name: string | symbol): (value: unknown) => never {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get as () => never;
  return (value) => Reflect.apply(get, value, []);
}

/** `validate` throws where a view is empty because its bytes are gone. */
function viewGetters(prototype: object, validate: (view: unknown) => unknown) {
  return {
    validate,
    buffer: getter(prototype, "buffer"),
    byteOffset: getter(prototype, "byteOffset"),
    byteLength: getter(prototype, "byteLength"),
  };
}

/** `undefined` for what is no typed array. */
const typedArrayName = /* @__PURE__ */ getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag);
const arrayBufferLength = /* @__PURE__ */ getter(ArrayBuffer.prototype, "byteLength");
const keys = Uint8Array.prototype.keys;
const dataView = /* @__PURE__ */ viewGetters(DataView.prototype, () => undefined);
const typedArray = /* @__PURE__ */ viewGetters(Object.getPrototypeOf(Uint8Array.prototype) as object, (view) =>
  Reflect.apply(keys, view, []),
);
