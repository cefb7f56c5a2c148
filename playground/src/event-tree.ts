/** The event of a body as a tree. A branch is made when it is opened, because records can be large. */
import type { Verdict } from "./brain/brain.ts";
import { byId, make } from "./dom.ts";
import { visibleWord } from "./visible.ts";

export function showEvent({ event, kind }: Verdict, isEmpty: boolean): void {
  const note = kind === "authentic" ? "The event of this delivery." : "This is what the body claims. It is not authenticated.";
  const isRead = event.kind !== "unknown" || event.payload !== null;
  const place = byId("event", HTMLElement);
  if (isEmpty || !isRead) return place.replaceChildren(make("p", {}, isEmpty ? "The body is empty." : "The body is not JSON, so there is no event to show."));
  const known = Object.entries(event).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  place.replaceChildren(make("p", {}, note), branches(known, OPENED, false));
}

function branches(members: readonly (readonly [string, unknown])[], opened: readonly string[], isUrl: boolean): HTMLUListElement {
  const list = make("ul", { class: "tree" });
  for (const [name, value] of members.slice(0, MOST_MEMBERS)) list.append(make("li", {}, branch(name, value, opened.includes(name), isUrl)));
  const left = members.length - MOST_MEMBERS;
  if (left > 0) list.append(make("li", {}, `${left.toLocaleString("en")} more`));
  return list;
}

/** As the command line shows it: nothing of a secret, which a webhook's own events hold, and no query of a receiver's address. */
function branch(name: string, value: unknown, isOpen: boolean, isOfUrl: boolean): HTMLElement {
  const key = make("span", { class: "key" }, visibleWord(name));
  const lower = name.toLowerCase();
  if (lower === "secret") return make("span", {}, key, ": ", leaf("..."));
  const isUrl = isOfUrl || lower === "targeturl";
  if (typeof value !== "object" || value === null) return make("span", {}, key, ": ", leaf(isUrl ? withoutQuery(value) : value));
  const members = Object.entries(value);
  if (members.length === 0) return make("span", {}, key, ": ", Array.isArray(value) ? "[]" : "{}");
  const what = Array.isArray(value) ? "items" : "fields";
  const details = make("details", {}, make("summary", {}, key, make("span", { class: "count" }, ` ${members.length.toLocaleString("en")} ${members.length === 1 ? what.slice(0, -1) : what}`)));
  const grow = () => {
    if (details.childElementCount === 1) details.append(branches(members, [], isUrl));
  };
  if (isOpen) grow();
  details.open = isOpen;
  details.addEventListener("toggle", grow);
  return details;
}

function leaf(value: unknown): HTMLElement {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  const isLong = text.length > MOST_CHARACTERS;
  const shown = visibleWord(isLong ? text.slice(0, MOST_CHARACTERS) : text);
  if (isLong) shown.append(`… (${text.length.toLocaleString("en")} characters)`);
  return make("span", { class: typeof value === "string" ? "text" : "literal" }, shown);
}

/** In the query receivers keep tokens. */
function withoutQuery(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\?.*/s, "?...") : value;
}

const OPENED = ["record", "properties", "payload"];
const MOST_MEMBERS = 200;
const MOST_CHARACTERS = 500;
