/** Buttons that copy a text. */
import { say } from "./dom.ts";

export function copies(button: HTMLButtonElement, note: HTMLElement, text: () => string, source: HTMLElement): void {
  button.addEventListener("click", () => {
    const isCopied = navigator.clipboard ? navigator.clipboard.writeText(text()).then(() => true, () => false) : Promise.resolve(false);
    void isCopied.then((is) => {
      if (!is) select(source);
      say(note, is ? "Copied." : "The browser does not let the page copy. The text is selected: copy it with the keyboard.");
    });
  });
}

function select(source: HTMLElement): void {
  source.focus();
  if (source instanceof HTMLTextAreaElement) source.select();
  else getSelection()?.selectAllChildren(source);
}
