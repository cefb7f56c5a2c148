/** What happens when something changes: the verdict at once, then why. */
import { Asker, Forgotten } from "./brain/asking.ts";
import type { Delivery } from "./brain/brain.ts";
import { Capture } from "./capture.ts";
import { byId, say } from "./dom.ts";
import { showEvent } from "./event-tree.ts";
import { showFindings, showNoFindings, showVerdict } from "./findings.ts";
import { Form } from "./form.ts";
import { startFrameworks } from "./frameworks.ts";
import { showSigned } from "./signed-text.ts";
import { startTestDeliveries } from "./test-delivery.ts";

export function startPage(): void {
  const asker = new Asker(document.currentScript?.textContent ?? "");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    void check(asker, form.read());
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  };
  const form = new Form(soon, () => {
    look();
    byId("verdict", HTMLElement).scrollIntoView({ block: "nearest" });
  });
  new Capture(asker, form, look);
  startTestDeliveries(asker, form, look);
  startFrameworks();
  look();
}

async function check(asker: Asker, delivery: Delivery): Promise<void> {
  asker.forget();
  const hasSecret = delivery.secret.length > 0;
  const hasBody = delivery.body.length > 0;
  byId("details", HTMLElement).hidden = !hasBody && delivery.headers.trim() === "";
  showNoFindings("");
  const arrival = byId("received-at-note", HTMLElement);
  if (byId("details", HTMLElement).hidden) {
    say(arrival, "");
    return showVerdict("waiting", "Nothing to check yet", "Paste a request, or enter its headers and its body.");
  }
  try {
    const verdict = await asker.ask("judge", delivery);
    showSigned(verdict, hasSecret);
    showEvent(verdict, !hasBody);
    say(arrival, verdict.arrived === undefined ? "" : `${new Date(verdict.arrived).toUTCString()}.`);
    if (!hasSecret) return showVerdict("waiting", "The secret is missing", "Enter the secret of the webhook. It stays in this page, and is gone when you close it.");
    showVerdict(verdict.kind, HEADLINES[verdict.kind], verdict.sentence, verdict.code);
    if (verdict.kind === "authentic") return;
    showNoFindings("Looking for the reason…");
    showFindings(await asker.ask("diagnose", delivery));
  } catch (error) {
    if (error instanceof Forgotten) return;
    byId("details", HTMLElement).hidden = true;
    say(arrival, "");
    showNoFindings("");
    showVerdict("unusable", "It cannot be checked", (error as Error).message);
  }
}

const HEADLINES = { authentic: "Authentic", refused: "Refused", unusable: "It cannot be verified" };
/** After the last key. */
const PAUSE_MS = 300;
