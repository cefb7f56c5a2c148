// Prints the body on standard input as a program in Node mangles it: node bodies.mjs HOW.
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const body = readFileSync(0);
const text = body.toString();
const payload = () => JSON.parse(text);

// A string that grows by each piece that comes, as `data += chunk` does: a letter that lies in two pieces is lost.
function pieces(size) {
  let grown = "";
  for (let at = 0; at < body.length; at += size) grown += body.subarray(at, at + size);
  return grown;
}

const MISTAKES = {
  version: () => process.version.slice(1),
  stringify: () => JSON.stringify(payload()),
  "indented 2": () => JSON.stringify(payload(), null, 2),
  "indented 4": () => JSON.stringify(payload(), null, 4),
  "indented tab": () => JSON.stringify(payload(), null, "\t"),
  "stringified twice": () => JSON.stringify(text),
  buffer: () => JSON.stringify(body),
  "object as text": () => `${payload()}`,
  pieces: () => pieces(7),
  "as Latin-1": () => Buffer.from(text, "latin1"),
  "from Latin-1": () => body.toString("latin1"),
  "utf-16": () => Buffer.from(text, "utf16le"),
  "byte order mark": () => `\ufeff${text}`,
  deflate: () => deflateSync(body),
  base64url: () => body.toString("base64url"),
  form: () => new URLSearchParams({ payload: text }).toString(),
  "form of a name": () => new URLSearchParams([[text, ""]]).toString(),
};

process.stdout.write(MISTAKES[process.argv[2]]());
