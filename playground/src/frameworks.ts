/** The code of a receiver, which is that of the examples: the build reads them. */
import { copies } from "./copying.ts";
import { byId, make, say } from "./dom.ts";

declare const EXAMPLES: readonly { readonly framework: string; readonly file: string; readonly code: string }[];

export function startFrameworks(): void {
  const [choice, code] = [byId("framework", HTMLSelectElement), byId("framework-code", HTMLElement)];
  choice.append(...EXAMPLES.map(({ framework }, place) => make("option", { value: String(place) }, framework)));
  const show = () => {
    const example = EXAMPLES[Number(choice.value)];
    if (!example) return;
    code.textContent = example.code;
    byId("framework-file", HTMLElement).textContent = example.file;
    say(byId("framework-copied", HTMLElement), "");
  };
  choice.addEventListener("input", show);
  show();
  copies(byId("framework-copy", HTMLButtonElement), byId("framework-copied", HTMLElement), () => code.textContent ?? "", code);
}
