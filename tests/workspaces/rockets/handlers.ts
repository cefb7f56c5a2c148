// What the types of a workspace do for its handlers, and what must not compile. Never run.
import { Webhook, isEvent } from "twenty-webhook";
import type { Company, Records, StandardRecord, WebhookEvent } from "twenty-webhook";
import { receive } from "twenty-webhook/fetch";
import type { Address, AddressRecord, FileItem, Opportunity, Person, Rocket } from "./records.js";

/** Compiles only if both are the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <T extends true>(): T | undefined => undefined;

is<Same<Records["rocket"], Rocket>>();
is<Same<Records["person"], Person>>();
is<Same<Records["address"], AddressRecord>>();
is<Same<Records["company"], Company>>();
is<Same<Rocket["status"], "BUILT" | "LAUNCHED" | (string & {}) | undefined>>();
is<Same<Rocket["orbits"], ("LOW" | "HIGH" | (string & {}))[] | null | undefined>>();
is<Same<Rocket["builderId"], string | null | undefined>>();
is<Same<Rocket["payloadSatelliteId"], string | null | undefined>>();
is<Same<Rocket["motto"], string | undefined>>();
is<Same<Rocket["thrust"], number | string | null | undefined>>();
is<Same<Rocket["factory"], Address | null | undefined>>();
is<Same<Rocket["blueprints"], FileItem[] | null | undefined>>();
is<Same<Rocket["orbit"], unknown>>();
is<Same<Person["tier"], "GOLD" | "SILVER" | (string & {}) | null | undefined>>();
is<Same<Opportunity["stage"], "NEW" | "WON" | (string & {}) | undefined>>();
// Twenty's own field is an amount of money; this workspace has made it a text.
is<Same<Opportunity["amount"], any>>();

const webhook = new Webhook("a secret");

export const POST = receive(webhook, {
  "rocket.created": (event) => {
    is<Same<typeof event.record, Rocket>>();
    if (event.record.status === "LAUNCHED") event.record.price?.currencyCode?.toLowerCase();
    // @ts-expect-error It may be null.
    event.record.stageCount.toFixed();
    // @ts-expect-error A rocket has none.
    event.record.employees.toFixed();
  },
  "person.*": (event) => is<Same<typeof event.record.tier, Person["tier"]>>(),
  "company.updated": (event) => is<Same<typeof event.record, Company>>(),
  "*.deleted": (event) => {
    const rocket: Rocket | undefined = event.object === "rocket" ? event.record : undefined;
    const opportunity: Opportunity | undefined = event.name === "opportunity.deleted" ? event.record : undefined;
    return [rocket, opportunity, event.object === "balloon" && event.record.id.trim()];
  },
  "balloon.created": (event) => is<Same<typeof event.record, StandardRecord>>(),
});

export function isWon(event: WebhookEvent): boolean {
  return isEvent(event, "opportunity.updated") && event.record.stage === "WON";
}

export function motto(event: WebhookEvent): string | undefined {
  switch (event.name) {
    case "rocket.created":
    case "rocket.updated":
      return inOrbit(event.record) ? event.record.motto : event.record.status;
    case "person.created":
      return event.record.tier ?? undefined;
    case "balloon.created":
      return event.record.id;
    default:
      return undefined;
  }
}

const inOrbit = ({ status }: Rocket) => status === "LAUNCHED";
