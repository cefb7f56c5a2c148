/** Elements: what is put into one as text stays text. */

/** The element of the page with this id. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`the page has no ${id}`);
}

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/** Shows a sentence, or nothing. */
export function say(element: HTMLElement, sentence: string): void {
  if (element.textContent !== sentence) element.textContent = sentence;
  element.hidden = sentence === "";
}

/** What has `code` between backticks. */
export function prose(sentence: string): (Node | string)[] {
  return sentence.split("`").map((piece, place) => (place % 2 === 1 ? make("code", {}, piece) : piece));
}
