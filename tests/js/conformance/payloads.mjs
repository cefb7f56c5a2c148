// Canonical text, events and patterns, and whole deliveries.
import { bodyForms, headerForms } from "./carriers.mjs";
import { bytesOf, fromHex, utf8, wtf8 } from "./values.mjs";
import { expectCode } from "./webhooks.mjs";

export function canonicalTest(api, test, tools) {
  for (const [name, form] of Object.entries(textForms(bytesOf(test, "input")))) {
    const { value, error } = tools.attempt(() => api.canonicalize(form));
    if (error) {
      expectCode(api, tools, name, error, test.code, { isVerification: false });
      tools.expect(`${name}: offset`, error.offset, test.offset);
    } else {
      tools.expect(`${name}: code`, null, test.code);
      tools.expect(name, value, utf8(bytesOf(test, "output")));
    }
  }
}

export function eventTest(api, test, tools) {
  const payload = bytesOf(test, "payload");
  for (const { event, id } of deliveriesOf(api, payload, tools)) {
    // V8 prints it as it printed the expected one: the order of the fields is part of what is expected.
    tools.expect("event", JSON.stringify(event), utf8(fromHex(test.eventHex)));
    tools.expect("id", id, test.id);
  }
  for (const [name, form] of Object.entries(textForms(payload))) {
    tools.expect(`${name}: deliveryIdOf`, tools.attempt(() => api.deliveryIdOf(form)).value, test.id);
    tools.expect(`${name}: read`, JSON.stringify(api.readEvent(form)), utf8(fromHex(test.eventHex)));
  }
}

export function patternTest(api, test, tools) {
  for (const { event } of deliveriesOf(api, bytesOf(test, "payload"), tools)) {
    tools.expect(test.pattern, tools.attempt(() => api.isEvent(event, test.pattern)).value, test.matches);
  }
}

export function deliveryTest(api, test, tools) {
  const now = Number(test.now);
  const webhook = new api.Webhook(wtf8(fromHex(test.secretHex)));
  for (const [name, headers] of Object.entries(headerForms(test.headers))) {
    const { value, error } = tools.attempt(() => webhook.verify(bytesOf(test, "body"), headers, { now }));
    if (error) {
      expectCode(api, tools, name, error, test.code);
    } else {
      tools.expect(`${name}: code`, null, test.code);
      tools.expect(`${name}: kind`, value.event.kind, test.kind);
      tools.expect(`${name}: name`, value.event.name, test.eventName);
      const read = api.Delivery.fromJSON(JSON.parse(JSON.stringify(value)));
      tools.expect(`${name}: kept`, JSON.stringify([read, read.event]), JSON.stringify([value, value.event]));
    }
  }
}

/** Bytes in every carrier and, where there is one, as text, which may hold unpaired surrogates. */
function textForms(bytes) {
  const text = wtf8(bytes);
  return { ...bodyForms(bytes), ...(text === undefined ? {} : { text }) };
}

/** There are events of what was verified only, so the payload is signed first. */
function deliveriesOf(api, payload, tools) {
  const webhook = new api.Webhook("secret", { maxBodyBytes: Number.MAX_SAFE_INTEGER });
  return formsOf(payload).map((body) => {
    const { value, error } = tools.attempt(() => webhook.verify(body, webhook.sign(body)));
    if (error) tools.fail(error.stack);
    return value ?? {};
  });
}

/** Bytes, and the text if they are one. */
function formsOf(payload) {
  const text = utf8(payload);
  return [payload, ...(text === undefined ? [] : [text])];
}
