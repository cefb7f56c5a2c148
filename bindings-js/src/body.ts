/** Everything a body may come in: shape only, no byte is looked at or copied. */
export type Body = string | ArrayBuffer | ArrayBufferView;

/** Text, or the bytes of a carrier as a plain view. `what` is the argument's name. */
export function readBody(body: unknown, what: string): string | Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return body;
  if (ArrayBuffer.isView(body)) {
    const view = body as Uint8Array<ArrayBuffer>;
    const isPlain = view.constructor === Uint8Array && view.byteLength > 0 && view.buffer instanceof ArrayBuffer;
    return isPlain ? view : viewOf(view, what);
  }
  if (isArrayBuffer(body)) return wholeOf(body, what);
  throw new TypeError(
    `${what} must be text or bytes (a string, Buffer, Uint8Array, ArrayBuffer or DataView), not ${kindOf(body)}: pass ` +
      "the raw body of the request as it was received, before anything parses it",
  );
}

/** By the views' own getters, which a subclass or an own property cannot stand in for. */
function viewOf(view: ArrayBufferView, what: string): Uint8Array<ArrayBuffer> {
  const get = typedArrayName(view) === undefined ? dataView : typedArray;
  let buffer: unknown, offset: number, length: number;
  try {
    [buffer, offset, length] = [get.buffer(view), get.byteOffset(view), get.byteLength(view)];
  } catch (cause) {
    throw new TypeError(`${what} is a view of a buffer that is gone`, { cause });
  }
  if (!isArrayBuffer(buffer)) {
    throw new TypeError(`${what} must not be in a SharedArrayBuffer, which may change while it is verified: copy it first`);
  }
  if (length === 0) wholeOf(buffer, what);
  return new Uint8Array(buffer, offset, length);
}

/** Fails for a detached buffer, which otherwise looks like an empty one. */
function wholeOf(buffer: ArrayBuffer, what: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(buffer);
  } catch (cause) {
    throw new TypeError(`${what} is a detached buffer: its bytes have been transferred away`, { cause });
  }
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

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : typeof value === "undefined" ? "undefined" : `a ${typeof value}`;
}

function getter(prototype: object, name: string | symbol): (value: unknown) => never {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get as () => never;
  return (value) => Reflect.apply(get, value, []);
}

function viewGetters(prototype: object) {
  return {
    buffer: getter(prototype, "buffer"),
    byteOffset: getter(prototype, "byteOffset"),
    byteLength: getter(prototype, "byteLength"),
  };
}

/** `undefined` for what is no typed array. */
const typedArrayName = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag);
const arrayBufferLength = getter(ArrayBuffer.prototype, "byteLength");
const dataView = viewGetters(DataView.prototype);
const typedArray = viewGetters(Object.getPrototypeOf(Uint8Array.prototype) as object);
