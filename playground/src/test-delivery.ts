/** A signed test delivery: it fills the form, and is there as a command of curl. */
import type { Asker } from "./brain/asking.ts";
import { copies } from "./copying.ts";
import { curlOf } from "./curl.ts";
import { byId, make, say } from "./dom.ts";
import type { Form } from "./form.ts";

export function startTestDeliveries(asker: Asker, form: Form, filled: () => void): void {
  const [name, url] = [byId("test-event", HTMLInputElement), byId("test-url", HTMLInputElement)];
  const [note, command] = [byId("test-note", HTMLElement), byId("test-curl", HTMLTextAreaElement)];
  byId("test-events", HTMLDataListElement).append(...SUGGESTED.map((value) => make("option", { value })));
  byId("test", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.secret === "") {
      say(note, "Enter a secret first. The delivery is signed with it.");
      return form.focusSecret();
    }
    asker.forget();
    asker.ask("sign", name.value.trim(), url.value.trim(), form.secret, form.options).then(
      (test) => {
        form.fill({ ...test, method: "POST", url: url.value.trim() });
        command.value = curlOf(url.value.trim(), test);
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
  copies(byId("test-copy", HTMLButtonElement), byId("test-copied", HTMLElement), () => command.value, command);
}

const SUGGESTED = ["person.created", "person.updated", "company.created", "opportunity.updated", "task.created", "note.deleted", "metadata.objectMetadata.updated"];
