// Transcripts of receivers: what a host tells the machine, and what it must be answered. The sentences are written here by hand.
import { diagnosed, requests } from "../cases/receiver_requests.mjs";
import { hex } from "../shared/bytes.mjs";
import { SECRET, SENT_AT } from "../shared/delivery.mjs";
import {
  acceptedAndHandle, also, COMPANY, ended, facts, failed, failedLate, FIND, handle, handled, METADATA, NOTHING, notice, PERSON, refusal, release, shown, signed, slow, test, UNAVAILABLE, unavailable, UNKNOWN, unknownIgnored, unreleased, unsettled, upToBody, upToClaim,
} from "../shared/receiver_turns.mjs";
import { vectorFile } from "../shared/vector_file.mjs";

const NOTES = {
  Head: "Refused before there is a webhook.",
  Webhook: "The function that finds the webhook of a request.",
  Headers: "Refused by the webhook before the body is read.",
  Body: "What is said of the body.",
  Route: "Of several routes that match, the first as written is taken.",
  Claim: "What the replay store answers.",
  Late: "What the replay store answers when nobody waits for it any longer.",
  Handler: "How the handler ends.",
  Background: "The answer is sent before the handler is called.",
  Release: "A claim is given back where the event was not handled.",
  Fault: "The host itself fails.",
  Diagnosis: "A receiver that diagnoses adds what it finds to the line of the log. Its webhook must be able to.",
  Name: "A webhook with a name: no other one's claims are its own.",
};

const [SENT_FIRST, SENT_AGAIN] = ["05:00", "05:03"].map(
  (time) => `{"eventName":"person.updated","eventDate":"2026-11-28T${time}:00.000Z","record":{"id":"7","updatedAt":"2026-11-28T04:59:58.123Z"}}`,
);
const ROUTES = ["person.created", "person.*", "metadata.*.*", "person.deleted"];

export function receiverFile() {
  return vectorFile(NOTES, [
    group({}, [...requests(), ...routes(), ...claims(), ...handlers(), ...faults()]),
    group({ onStoreFailure: "handle" }, lateClaims()),
    group({ background: true }, background()),
    group({ background: true, onStoreFailure: "handle" }, backgroundWithoutClaims()),
    group({ hasStore: false }, withoutStore()),
    group({ routes: null }, everyRoute()),
    group({ routes: ["unknown", "*.*"], namespace: "crm-1", ttlMillis: 610_000.25 }, unknownRoute()),
    group({ toleranceMillis: 43_200_000 }, shortTtl()),
    group({ diagnose: true }, diagnosed()),
    group({ webhookName: "acme" }, named("acme")),
    group({ webhookName: "Müller: 1\u202e" }, named("Müller: 1\u202e")),
  ]);
}

function group(overrides, tests) {
  const receiver = { routes: ROUTES, hasStore: true, background: false, onStoreFailure: "refuse", diagnose: false, namespace: "twenty-webhook", ttlMillis: null, ...overrides };
  const { toleranceMillis = null, webhookName = null, ...rest } = receiver;
  return { options: { secretHex: hex(SECRET), webhookName, toleranceMillis, now: SENT_AT, receiver: rest }, tests };
}

function routes() {
  const taken = (comment, body, route) => test("Route", comment, [...upToClaim(body), [{ claim: "granted", token: "t" }, handle(route)], [{ handler: "done" }, handled(body)]]);
  return [
    taken("the first of two that match", PERSON, 0),
    taken("a wildcard", '{"eventName":"person.updated","record":{"id":"7"}}', 1),
    taken("one that a wildcard above hides is never taken", '{"eventName":"person.deleted","record":{"id":"7"}}', 1),
    taken("a metadata event", METADATA, 2),
    test("Route", "an event of no route", [...upToBody(COMPANY), [{ bodyHex: hex(COMPANY) }, ended("ignored", 200, "debug", `ignored [${facts(COMPANY)}]`)]]),
    test("Route", "an unknown shape of no route", [...upToBody(UNKNOWN), [{ bodyHex: hex(UNKNOWN) }, unknownIgnored(UNKNOWN)]]),
    taken("a name and an id that would break the line", '{"eventName":"person.a\\nb","record":{"id":"\\u0000\\u202e\\u2028\\ud83e\\udd80\\\\"}}', 1),
    taken("a long name", `{"eventName":"person.${"a".repeat(100)}","record":{"id":"7"}}`, 1),
  ];
}

function claims() {
  const without = (comment, told, cause) => test("Claim", comment, [...upToClaim(PERSON), [{ claim: told.answer, ...told.with }, unavailable(cause)]]);
  const odd = (answer) => `the store answered ${answer}: it must give a non-empty text where it grants a claim, and nothing (null, None) where another holds it`;
  const noted = (cause) => ({ ...NOTHING, notices: [{ ...unavailable(cause).notices[0], outcome: null }] });
  return [
    test("Claim", "a change of a record", [...upToClaim(SENT_FIRST), [{ claim: "granted", token: "t" }, handle(1)], [{ handler: "done" }, handled(SENT_FIRST)]]),
    test("Claim", "the same change with another date has the same key", [...upToClaim(SENT_AGAIN), [{ claim: "held" }, ended("duplicate", 200, "debug", `duplicate [${facts(SENT_AGAIN)}]`)]]),
    test("Claim", "another holds it", [...upToClaim(PERSON), [{ claim: "held" }, ended("duplicate", 200, "debug", `duplicate [${facts(PERSON)}]`)]]),
    without("the store fails", { answer: "failed", with: { cause: "ECONNREFUSED" } }, "ECONNREFUSED"),
    without("the store's answer is neither", { answer: "odd", with: { answer: "true" } }, odd("true")),
    without("the store's word for a grant is empty", { answer: "granted", with: { token: "" } }, odd("empty text")),
    test("Late", "the store fails when nobody waits for it any longer", [...upToClaim(PERSON), [{ claim: "late" }, unavailable("no answer within 1 s")],
      [{ claim: "failed", cause: "ECONNREFUSED" }, failedLate(PERSON, "ECONNREFUSED")]]),
    test("Late", "another holds what was refused", [...upToClaim(PERSON), [{ claim: "late" }, unavailable("no answer within 1 s")], [{ claim: "held" }, NOTHING]]),
    test("Late", "what was refused gets an answer that is neither", [...upToClaim(PERSON), [{ claim: "late" }, unavailable("no answer within 1 s")],
      [{ claim: "odd", answer: "true" }, noted(odd("true"))]]),
    test("Late", "what was refused is granted with an empty word", [...upToClaim(PERSON), [{ claim: "late" }, unavailable("no answer within 1 s")],
      [{ claim: "granted", token: "" }, noted(odd("empty text"))]]),
    test("Late", "what was refused is granted, and given back", [...upToClaim(PERSON), [{ claim: "late" }, unavailable("no answer within 1 s")],
      [{ claim: "granted", token: "late" }, release(PERSON, "late")], [{ release: "done" }, NOTHING]]),
    test("Late", "what was refused is granted, and cannot be given back", [...upToClaim(PERSON), [{ claim: "late" }, unavailable("no answer within 1 s")],
      [{ claim: "granted", token: "late" }, release(PERSON, "late")], [{ release: "failed", cause: "gone" }, { notices: [unreleased(PERSON, "gone")], answer: null, next: null }]]),
    test("Late", "the store never says whether it granted what was refused", [...upToClaim(PERSON), [{ claim: "late" }, unavailable("no answer within 1 s")],
      [{ claim: "abandoned" }, { notices: [unsettled(PERSON)], answer: null, next: null }]]),
  ];
}

function handlers() {
  const granted = [...upToClaim(PERSON), [{ claim: "granted", token: "t1" }, handle(0)]];
  return [
    test("Handler", "does its work", [...granted, [{ handler: "done" }, handled(PERSON)]]),
    test("Handler", "is slow, and does its work", [...granted, [{ handler: "slow" }, slow(PERSON)], [{ handler: "done" }, handled(PERSON)]]),
    test("Release", "the handler fails", [...granted, [{ handler: "failed", cause: "Error: no" }, release(PERSON, "t1")], [{ release: "done" }, failed(PERSON, "Error: no")]]),
    test("Release", "the handler fails without a word", [...granted, [{ handler: "failed" }, release(PERSON, "t1")], [{ release: "done" }, failed(PERSON)]]),
    test("Release", "the handler is slow and fails", [...granted, [{ handler: "slow" }, slow(PERSON)], [{ handler: "failed", cause: "late" }, release(PERSON, "t1")], [{ release: "done" }, failed(PERSON, "late")]]),
    test("Release", "the handler fails, and the claim cannot be given back", [...granted, [{ handler: "failed", cause: "Error: no" }, release(PERSON, "t1")],
      [{ release: "failed", cause: "no answer within 1 s" }, also(failed(PERSON, "Error: no"), unreleased(PERSON, "no answer within 1 s"))]]),
  ];
}

function faults() {
  const internal = (outcome, body, cause) => ended(outcome, 500, "error",
    `internal: An internal fault of this library: please report it. (${cause})${body === undefined ? "" : ` [${facts(body)}]`}`, { code: "internal" });
  return [
    test("Fault", "while the body is read", [...upToBody(PERSON), [{ fault: "a bug" }, internal("refused", undefined, "a bug")]]),
    test("Fault", "while a claim is asked for, which is granted and given back", [...upToClaim(PERSON), [{ fault: "a bug" }, internal("refused", PERSON, "a bug")],
      [{ claim: "granted", token: "late" }, release(PERSON, "late")], [{ release: "done" }, NOTHING]]),
    test("Fault", "while a claim is asked for, which never settles", [...upToClaim(PERSON), [{ fault: "a bug" }, internal("refused", PERSON, "a bug")],
      [{ claim: "abandoned" }, { notices: [unsettled(PERSON)], answer: null, next: null }]]),
    test("Fault", "while the handler runs", [...upToClaim(PERSON), [{ claim: "granted", token: "t" }, handle(0)], [{ fault: "a bug" }, release(PERSON, "t")], [{ release: "done" }, internal("failed", PERSON, "a bug")]]),
  ];
}

function lateClaims() {
  const unclaimed = also(handle(0), notice("error", null, "replay_store_unavailable", `${UNAVAILABLE} (no answer within 1 s) [${facts(PERSON)}]`));
  const late = [...upToClaim(PERSON), [{ claim: "late" }, unclaimed]];
  const granted = [{ claim: "granted", token: "late" }, NOTHING];
  return [
    test("Claim", "the store fails, and the event is handled all the same", [...upToClaim(PERSON),
      [{ claim: "failed", cause: "down" }, also(handle(0), notice("error", null, "replay_store_unavailable", `${UNAVAILABLE} (down) [${facts(PERSON)}]`))], [{ handler: "done" }, handled(PERSON)]]),
    test("Late", "granted while the handler runs, it is kept", [...late, granted, [{ handler: "done" }, handled(PERSON)]]),
    test("Late", "granted while the handler runs, it is given back if that fails", [...late, granted,
      [{ handler: "failed", cause: "no" }, release(PERSON, "late")], [{ release: "done" }, failed(PERSON, "no")]]),
    test("Late", "granted after the handler did its work, it is kept", [...late, [{ handler: "done" }, handled(PERSON)], granted]),
    test("Late", "granted after the handler failed, it is given back", [...late, [{ handler: "failed", cause: "no" }, failed(PERSON, "no")],
      [{ claim: "granted", token: "late" }, release(PERSON, "late")], [{ release: "done" }, NOTHING]]),
    test("Late", "never settled, after the handler did its work", [...late, [{ handler: "done" }, handled(PERSON)], [{ claim: "abandoned" }, NOTHING]]),
    test("Late", "never settled, after the handler failed", [...late, [{ handler: "failed", cause: "no" }, failed(PERSON, "no")],
      [{ claim: "abandoned" }, { notices: [unsettled(PERSON)], answer: null, next: null }]]),
    test("Late", "given up while the handler runs, which does its work", [...late, [{ handler: "slow" }, slow(PERSON)], [{ claim: "abandoned" }, NOTHING], [{ handler: "done" }, handled(PERSON)]]),
    test("Late", "given up while the handler runs, which fails", [...late, [{ handler: "slow" }, slow(PERSON)], [{ claim: "abandoned" }, NOTHING],
      [{ handler: "failed", cause: "no" }, also(failed(PERSON, "no"), unsettled(PERSON))]]),
    test("Late", "failed while the handler runs", [...late, [{ claim: "failed", cause: "down" }, failedLate(PERSON, "down")], [{ handler: "done" }, handled(PERSON)]]),
    test("Late", "held by another after all", [...late, [{ claim: "held" }, NOTHING], [{ handler: "done" }, handled(PERSON)]]),
  ];
}

function background() {
  const accepted = [...upToClaim(PERSON), [{ claim: "granted", token: "t" }, acceptedAndHandle(PERSON)]];
  const unanswered = (turn) => ({ ...turn, answer: null });
  return [
    test("Background", "the handler does its work", [...accepted, [{ handler: "done" }, unanswered(handled(PERSON))]]),
    test("Background", "the handler fails", [...accepted, [{ handler: "failed", cause: "no" }, release(PERSON, "t")], [{ release: "done" }, unanswered(failed(PERSON, "no"))]]),
    test("Background", "the handler fails, and the claim cannot be given back", [...accepted, [{ handler: "failed", cause: "no" }, release(PERSON, "t")],
      [{ release: "failed", cause: "down" }, also(unanswered(failed(PERSON, "no")), unreleased(PERSON, "down"))]]),
    test("Background", "a duplicate", [...upToClaim(PERSON), [{ claim: "held" }, ended("duplicate", 200, "debug", `duplicate [${facts(PERSON)}]`)]]),
    test("Background", "the store fails", [...upToClaim(PERSON), [{ claim: "failed", cause: "down" }, unavailable("down")]]),
  ];
}

function backgroundWithoutClaims() {
  const unclaimed = also(acceptedAndHandle(PERSON), notice("error", null, "replay_store_unavailable", `${UNAVAILABLE} (no answer within 1 s) [${facts(PERSON)}]`));
  return [
    test("Background", "a late claim of a handler that failed is given back", [...upToClaim(PERSON), [{ claim: "late" }, unclaimed],
      [{ handler: "failed", cause: "no" }, { ...failed(PERSON, "no"), answer: null }], [{ claim: "granted", token: "late" }, release(PERSON, "late")], [{ release: "done" }, NOTHING]]),
  ];
}

function withoutStore() {
  const read = [...upToBody(PERSON), [{ bodyHex: hex(PERSON) }, handle(0)]];
  return [
    test("Handler", "without a store it is called at once", [...read, [{ handler: "done" }, handled(PERSON)]]),
    test("Handler", "without a store there is nothing to give back", [...read, [{ handler: "failed", cause: "no" }, failed(PERSON, "no")]]),
  ];
}

function everyRoute() {
  return [PERSON, METADATA, UNKNOWN, ""].map((body) => test("Route", `one handler gets everything: ${body === "" ? "nothing" : body.slice(0, 24)}`,
    [...upToClaim(body), [{ claim: "granted", token: "t" }, handle(0)], [{ handler: "done" }, handled(body)]]));
}

function unknownRoute() {
  const options = { namespace: "crm-1", ttl: 610_001 };
  const taken = (comment, body, route) => test("Route", comment, [...upToClaim(body, options), [{ claim: "granted", token: "t" }, handle(route)], [{ handler: "done" }, handled(body)]]);
  return [taken("an unknown shape", UNKNOWN, 0), taken("a record event", PERSON, 1), taken("a metadata event", METADATA, 1), taken("workflowRun.updated", '{"eventName":"workflowRun.updated","record":{"id":"7"}}', 1)];
}

function shortTtl() {
  return [test("Webhook", "whose tolerance is too long for the claims of this receiver", [[{ head: { method: "POST" } }, FIND],
    [{ webhook: "found", headers: signed(PERSON) }, refusal("webhook_unavailable", "webhook_unavailable: The lifetime of a replay claim must be at least twice the tolerance and 10 seconds.")]])];
}

function named(name) {
  const claimed = upToClaim(PERSON, { name });
  return [
    test("Name", "a delivery is handled", [...claimed, [{ claim: "granted", token: "t" }, handle(0)], [{ handler: "done" }, handled(PERSON, { name })]]),
    test("Name", "the handler fails", [...claimed, [{ claim: "granted", token: "t" }, handle(0)], [{ handler: "failed" }, release(PERSON, "t", { name })], [{ release: "done" }, failed(PERSON, undefined, { name })]]),
    test("Name", "the body is not what was signed", [...upToBody(PERSON), [{ bodyHex: hex(PERSON.replace("7", "8")) }, refusal("signature_mismatch",
      `signature_mismatch: The signature does not belong to this body and secret: compare the secret, and pass the raw body as received, not a re-serialised one. [webhook ${shown(name)}]`)]]),
    test("Name", "the headers are missing", [[{ head: { method: "POST" } }, FIND], [{ webhook: "found", headers: [] }, refusal("missing_header",
      `missing_header: None of the X-Twenty-Webhook-* headers is there: the webhook has no secret set in Twenty, or a proxy drops them. [webhook ${shown(name)}]`)]]),
  ];
}
