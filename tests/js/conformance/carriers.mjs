// The same headers and the same body in every form in which somebody may hand them over.
import { fromHex, latin1, utf8 } from "./values.mjs";

/** Forms of the headers of a test by name; every one of them must come to the same verdict. */
export function headerForms(headers) {
  const raw = headers.map(({ nameHex, valueHex }) => [latin1(fromHex(nameHex)), fromHex(valueHex)]);
  const pairs = raw.map(([name, value]) => [name, latin1(value)]);
  const { Headers: held, ...forms } = formsOf(pairs);
  // What decodes headers as UTF-8 shows other texts.
  const decoded = raw.map(([name, value]) => [name, utf8(value)]);
  if (decoded.every(([, value]) => value !== undefined)) forms.decoded = decoded;
  return held ? { ...forms, Headers: held } : forms;
}

/** The same of pairs of texts. */
export function formsOf(pairs) {
  const held = asHeaders(pairs);
  return { pairs, generator: generatorOf(pairs), ...groupedForms(pairs), ...(held && { Headers: held }) };
}

function* generatorOf(pairs) {
  yield* pairs;
}

/** One entry a name. */
function groupedForms(pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  const single = [...values].map(([name, list]) => [name, list.length === 1 ? list[0] : list]);
  const lowerCase = new Map();
  for (const [name, value] of pairs) lowerCase.set(name.toLowerCase(), [...(lowerCase.get(name.toLowerCase()) ?? []), value]);
  return {
    object: Object.fromEntries(single),
    lists: Object.fromEntries(values),
    map: new Map(single),
    node: Object.fromEntries([...lowerCase].map(([name, list]) => [name, list.join(", ")])),
    bare: Object.assign(Object.create(null), Object.fromEntries(single), { "x-absent": undefined }),
  };
}

/** `undefined` where they cannot be held as they are: it trims values, and refuses some. */
function asHeaders(pairs) {
  const headers = new Headers();
  try {
    for (const [name, value] of pairs) headers.append(name, value);
  } catch {
    return undefined;
  }
  const isWhole = pairs.every(([name]) => {
    const values = pairs.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    return headers.get(name) === values.join(", ");
  });
  return isWhole ? headers : undefined;
}

/** Carriers of the bytes of a body, by name. */
export function bodyForms(bytes) {
  const shifted = new Uint8Array(bytes.length + 5);
  shifted.set(bytes, 3);
  const whole = Uint8Array.from(bytes);
  const forms = {
    array: whole,
    subarray: shifted.subarray(3, 3 + bytes.length),
    buffer: whole.buffer,
    view: new DataView(shifted.buffer, 3, bytes.length),
    clamped: Uint8ClampedArray.from(bytes),
  };
  if (typeof Buffer === "function") forms.Buffer = Buffer.from(bytes);
  return forms;
}
