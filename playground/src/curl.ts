/** A request as a command of curl, for a shell of Unix. */
import type { Test } from "./brain/brain.ts";

export function curlOf(url: string, { headers, body }: Test): string {
  const lines = headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return [`curl -i -X POST ${quoted(url)}`, ...lines, `--data-raw ${quoted(body)}`].join(" \\\n  ");
}

/** Between single quotes nothing is special but a single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
