// What tells one event from every other, by JSON.parse and a scanner that finds nothing but the members of the outermost object.
import { bytes, sha256Hex } from "./bytes.mjs";
import { normalizedEvent } from "./event_table.mjs";
import { decodeUtf8 } from "./json_text.mjs";

export function deliveryId(payload) {
  const { recordId, record, properties } = normalizedEvent(payload);
  const versions = [record, properties?.after, properties?.before].map((holder) => ownText(holder, "updatedAt"));
  if (!recordId || !versions.some((version) => version)) return sha256Hex(payload);
  const text = decodeUtf8(payload);
  const dates = membersOf(text).filter(({ name }) => name === "eventDate");
  if (dates.length !== 1) return sha256Hex(payload);
  const [{ start, end }] = dates;
  return sha256Hex(bytes(text.slice(0, start), text.slice(end)));
}

function ownText(holder, name) {
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, name)) return null;
  return typeof holder[name] === "string" ? holder[name] : null;
}

// Of a text that JSON.parse takes for an object: each member's name, and where its value starts and ends.
function membersOf(text) {
  const members = [];
  let depth = 0;
  let name = null;
  let start = null;
  for (const { token, index } of tokensOf(text)) {
    if (depth === 1 && start === null && name !== null && token !== ":") start = index;
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    else if (depth === 1 && name === null && token.startsWith('"')) name = JSON.parse(token);
    if (depth === 1 && start !== null) {
      members.push({ name, start, end: index + token.length });
      [name, start] = [null, null];
    }
  }
  return members;
}

function tokensOf(text) {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s"{}[\]:,]+/gs)].map(({ 0: token, index }) => ({ token, index }));
}
