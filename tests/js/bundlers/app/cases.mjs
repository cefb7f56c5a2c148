/** What a user's program does with the package: the same five cases in every bundle. */
export const fiveCases =
  ({ WebhookVerificationError, Webhook, backend, canonicalize }) =>
  ({ secret, body, headers, now }) => {
    const webhook = new Webhook(secret);
    const verdict = (...delivery) => {
      try {
        return webhook.verify(...delivery).event.name;
      } catch (error) {
        return error instanceof WebhookVerificationError ? `${error.code} ${error.status}` : String(error);
      }
    };
    return {
      backend,
      authentic: verdict(body, headers, { now }),
      tampered: verdict(`${body} `, headers, { now }),
      stale: verdict(body, headers, { now: now + 300_001 }),
      missing: verdict(body, {}, { now }),
      canonical: canonicalize('{"b":1.0,"1":"\\u00e9"}'),
    };
  };
