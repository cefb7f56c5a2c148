// What the engine's own JSON.parse and JSON.stringify say of a text, and the two stated differences from them.
export const DEPTH_LIMIT = 1024;

const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

// { code: null, text } with the canonical text, or { code } with the first offence's.
export function judgeJson(input) {
  const text = decodeUtf8(input);
  if (text === null) return { code: "payload_not_utf8" };
  const parsed = parseJson(text);
  const bracket = firstBracketBeyond(text, DEPTH_LIMIT);
  if (bracket !== null && isValueExpectedAt(text, bracket)) return { code: "payload_too_deep" };
  if (parsed === undefined) return { code: "payload_not_json" };
  return { code: null, text: JSON.stringify(parsed) };
}

export function decodeUtf8(input) {
  try {
    return DECODER.decode(input);
  } catch {
    return null;
  }
}

// The parsed value, or undefined (which no JSON text stands for) when the engine refuses.
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// The first opening bracket that nests deeper than `limit`: its position, and what would close those open before it.
export function firstBracketBeyond(text, limit) {
  if (text.length <= limit) return null;
  const closers = [];
  let inString = false;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (inString) {
      if (character === "\\") position += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === "[" || character === "{") {
      if (closers.length === limit) return { position, closers: closers.reverse().join("") };
      closers.push(character === "[" ? "]" : "}");
    } else if (character === "]" || character === "}") {
      closers.pop();
    }
  }
  return null;
}

// An empty array stands in for the offending bracket: unlike a number, it cannot merge with a number before it.
function isValueExpectedAt(text, { position, closers }) {
  return parseJson(`${text.slice(0, position)}[]${closers}`) !== undefined;
}
