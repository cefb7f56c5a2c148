/** A signed test delivery: it fills the form, and is there as a command of curl. */
import type { Asker } from "./brain/asking.ts";
import { copies } from "./copying.ts";
import { curlOf } from "./curl.ts";
import { byId, make, say } from "./dom.ts";
import type { Form } from "./form.ts";

export function startTestDeliveries(asker: Asker, form: Form, filled: () => void): void {
  const [name, url] = [byId("test-event", HTMLInputElement), byId("test-url", HTMLInputElement)];
  const [note, command] = [byId("test-note", HTMLElement), byId("test-curl", HTMLTextAreaElement)];
  const copied = byId("test-copied", HTMLElement);
  byId("test-events", HTMLDataListElement).append(...SUGGESTED.map((value) => make("option", { value })));
  byId("test", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const address = url.value.trim();
    byId("test-made", HTMLElement).hidden = true;
    command.value = "";
    say(copied, "");
    if (form.secret.length === 0) {
      say(note, "Enter a secret first. The delivery is signed with it.");
      return form.focusSecret();
    }
    if (!isOfHttp(address)) {
      say(note, "Enter an address that begins with http:// or https://.");
      return url.focus();
    }
    asker.forget();
    asker.ask("sign", name.value.trim(), address, form.secret, form.options).then(
      (test) => {
        form.fill({ ...test, method: "POST", url: address });
        command.value = curlOf(address, test);
        byId("test-made", HTMLElement).hidden = false;
        say(note, "The form holds the delivery. Send it soon: its timestamp is now.");
        filled();
      },
      (error: Error) => {
        say(note, error.message);
        filled();
      },
    );
  });
  copies(byId("test-copy", HTMLButtonElement), copied, () => command.value, command);
}

function isOfHttp(address: string): boolean {
  try {
    return /^https?:\/\/\S+$/i.test(address) && new URL(address).host !== "";
  } catch {
    return false;
  }
}

const SUGGESTED = ["person.created", "person.updated", "company.created", "opportunity.updated", "task.created", "note.deleted", "metadata.objectMetadata.updated"];
