/** The text that is signed, and the signature that was sent beside the one that is expected. */
import type { Verdict } from "./brain/brain.ts";
import { byId, make } from "./dom.ts";
import { visible } from "./visible.ts";

export function showSigned({ signed, fingerprint }: Verdict, hasSecret: boolean): void {
  const place = byId("signed", HTMLElement);
  if ("reason" in signed) return place.replaceChildren(make("p", {}, `Nothing can be signed. ${signed.reason}`));
  const { timestamp, separator, payload, given, expected } = signed;
  const text = make("pre", { tabindex: "0", role: "region", "aria-label": "The text that is signed" });
  text.append(part("timestamp", timestamp ?? "(no timestamp)"), part("separator", separator), part("payload", payload));
  const legend = make("p", { class: "legend" }, part("timestamp", "timestamp"), " ", part("separator", "separator"), " ", part("payload", "payload"));
  place.replaceChildren(text, legend, hasSecret ? signatures(given, expected, fingerprint) : make("p", {}, "Enter the secret to see the signature that is expected."));
}

function part(name: string, text: string | Uint8Array): HTMLElement {
  const span = make("span", { class: name });
  span.append(visible(text));
  return span;
}

function signatures(given: string | undefined, expected: string | { readonly reason: string }, fingerprint: string): HTMLElement {
  const list = make("dl", { class: "signatures" });
  const add = (term: string, said: Node | string, how = "") => list.append(make("div", {}, make("dt", {}, term), make("dd", { class: how }, said)));
  add("Signature that was sent", given === undefined ? "There is none." : code(given));
  add("Signature that is expected", typeof expected === "string" ? code(expected) : `There is none. ${expected.reason}`);
  const isSame = given === expected;
  if (given !== undefined && typeof expected === "string") add("They are", isSame ? "the same" : "different", isSame ? "good" : "bad");
  add("Fingerprint of the secret", code(fingerprint));
  return list;
}

function code(text: string): HTMLElement {
  const element = make("code");
  element.append(visible(text));
  return element;
}
