/** What a route does with a delivery. The time is the test's, so that a stale one can be sent. */
export async function receive({ Webhook, WebhookVerificationError, backend, canonicalize }, request) {
  const webhook = new Webhook("a-secret");
  const now = Number(request.headers.get("x-now"));
  try {
    const { event } = webhook.verify(await request.arrayBuffer(), request.headers, { now });
    return Response.json({ backend, name: event.name, canonical: canonicalize('{"b":1.0,"1":"\\u00e9"}') });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return Response.json({ backend, code: error.code }, { status: error.status });
  }
}
