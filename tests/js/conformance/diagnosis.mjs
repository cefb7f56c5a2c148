// Why deliveries are refused: what real tools make of genuine ones, and genuine ones, of which nothing is said.
import { bodyForms, formsOf, headerForms } from "./carriers.mjs";
import { bytesOf, fromBase64, fromHex, utf8, wtf8 } from "./values.mjs";
import { webhookOf } from "./webhooks.mjs";

/** A case of `tests/vectors/diagnose.json`, read. What it leaves out is the group's payload. */
export function caseOf(test, { payloadBase64 }) {
  const { secretsBase64, othersBase64, secretBase64, signedBase64, bodyBase64, method, url, headers, findings } = test;
  return {
    secrets: secretsBase64.map(fromBase64),
    secret: fromBase64(secretBase64),
    signed: fromBase64(signedBase64 ?? payloadBase64),
    body: fromBase64(bodyBase64 ?? payloadBase64),
    headers,
    findings,
    options: { now: Number(test.now), method, url, otherSecrets: othersBase64.map(fromBase64) },
  };
}

/** Exactly what is wrong with it, however it is handed over. */
export function mistakeTest(api, test, tools, group) {
  const { secrets, body, headers, findings, options } = caseOf(test, group);
  const expected = summary(findings.map(({ cause, certainty }) => ({ code: cause, certainty })));
  const expectFindings = (what, diagnose) => {
    const { value, error } = tools.attempt(diagnose);
    if (error) return tools.fail(`${what}: ${error.stack}`);
    tools.expect(what, summary(value.findings), expected);
    tools.expect(`${what}: is refused`, typeof value.verdict, "string");
    for (const { cause, remedy } of value.findings) tools.expect(`${what}: is told`, /^\S.*\.$/.test(cause) && /^\S.*\.$/.test(remedy), true);
  };
  for (const [name, form] of Object.entries(formsOf(headers))) expectFindings(name, () => api.diagnose(secrets, body, form, options));
  for (const [name, carrier] of Object.entries(bodyForms(body))) expectFindings(name, () => api.diagnose(secrets, carrier, headers, { ...options, now: new Date(options.now) }));
  const [text, texts] = [wtf8(body), secrets.map(utf8)];
  if (text !== undefined && texts.every((secret) => secret !== undefined)) expectFindings("text", () => api.diagnose(texts, text, headers, options));
  const made = webhookOfSecrets(api, secrets);
  if (made) expectFindings("webhook", () => made.diagnose(body, headers, options));
}

/** `undefined` where no webhook takes them. */
function webhookOfSecrets(api, secrets) {
  try {
    return new api.Webhook(secrets);
  } catch (error) {
    if (error instanceof api.WebhookError) return undefined;
    throw error;
  }
}

/** Nothing is wrong, with and without the nonce; and, of the verdict's own vectors, with what is refused something is. */
export function verdictTest(api, test, tools, group) {
  const { pairs } = headerForms(test.headers);
  expectVerdict(api, test, tools, webhookOf(api, group), bytesOf(test, "body"), pairs, Number(test.now));
}

export function deliveredTest(api, test, tools) {
  const webhook = new api.Webhook(wtf8(fromHex(test.secretHex)));
  expectVerdict(api, test, tools, webhook, bytesOf(test, "body"), headerForms(test.headers).pairs, Number(test.now));
}

export function signedTest(api, test, tools, group) {
  if (test.code === null) expectVerdict(api, test, tools, webhookOf(api, group), bytesOf(test, "payload"), test.headers, Number(test.timestamp));
}

function expectVerdict(api, { code }, tools, webhook, body, headers, now) {
  for (const given of code === null ? [headers, headers.filter(([name]) => !/nonce$/i.test(name))] : [headers]) {
    const { value, error } = tools.attempt(() => webhook.diagnose(body, given, { now }));
    if (error) {
      tools.fail(`diagnose: ${error.stack}`);
    } else {
      tools.expect("diagnose: verdict", value.verdict, code);
      tools.expect("diagnose: has findings", value.findings.length > 0, code !== null);
    }
  }
}

/** In any order: what is proved comes first. */
export function summary(findings) {
  return findings.map(({ code, certainty }) => `${code} (${certainty})`).sort().join(", ");
}
