/** The verdict and the findings. */
import type { Brain, Verdict } from "./brain/brain.ts";
import { byId, make, prose } from "./dom.ts";

type Diagnosis = ReturnType<Brain["diagnose"]>;

/** Told to screen readers when it changes. */
export function showVerdict(kind: Verdict["kind"] | "waiting", headline: string, sentence: string, code: string | null = null): void {
  const place = byId("verdict", HTMLElement);
  place.className = kind;
  const title = make("strong", {}, headline);
  place.replaceChildren(title, ...(code ? [" ", make("code", {}, code)] : []), make("p", {}, ...prose(sentence)));
}

export function showFindings({ findings, isComplete }: Diagnosis): void {
  const place = byId("findings", HTMLElement);
  const rest = isComplete ? "" : "The body is too large to try every pair of mistakes.";
  place.replaceChildren(
    make("p", {}, `${findings.length === 1 ? "One finding" : `${findings.length} findings`}. ${rest}`.trim()),
    make("ol", { class: "findings" }, ...findings.map(finding)),
  );
}

export function showNoFindings(sentence: string): void {
  byId("findings", HTMLElement).replaceChildren(...(sentence ? [make("p", {}, sentence)] : []));
}

function finding({ code, cause, remedy, certainty }: Diagnosis["findings"][number]): HTMLElement {
  return make(
    "li",
    { class: certainty },
    make("p", { class: "what" }, make("span", { class: "certainty" }, certainty), " ", make("code", {}, code)),
    make("p", {}, ...prose(cause)),
    make("p", { class: "remedy" }, make("strong", {}, "What to do: "), ...prose(remedy)),
  );
}
