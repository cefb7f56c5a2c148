// The page in Firefox: a verdict, the reason, a test delivery; and no request, nothing stored, no complaint.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { BODY, SECRET, SENT_AT, headersOf, linesOf } from "../deliveries.mjs";
import { launch } from "./firefox.mjs";

const PAGE = pathToFileURL(process.env.PAGE).href;

test("the page works in Firefox", async (t) => {
  const { version, heard, ask, close } = await launch();
  t.after(close);
  t.diagnostic(version);
  await ask("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
  const { contexts } = await ask("browsingContext.getTree");
  const { context } = contexts[0];
  await ask("browsingContext.navigate", { context, url: PAGE, wait: "complete" });
  const run = async (expression) => {
    const { result, exceptionDetails } = await ask("script.evaluate", { expression, target: { context }, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  };
  const fill = (values) => run(`for (const [id, value] of Object.entries(${JSON.stringify(values)})) { const field = document.getElementById(id); field.value = value; field.dispatchEvent(new Event("input")); }`);
  const holds = (id, text) =>
    run(`new Promise((resolve) => { const look = () => document.getElementById(${JSON.stringify(id)}).innerText.includes(${JSON.stringify(text)}) ? resolve("") : setTimeout(look, 50); look(); })`);

  await fill({ headers: linesOf(headersOf(BODY)), body: BODY, secret: SECRET, "received-at": String(SENT_AT) });
  await holds("verdict", "Authentic");
  await fill({ body: JSON.stringify(JSON.parse(BODY), null, 2) });
  await holds("findings", "body_indented");
  await fill({ secret: `"${SECRET}"` });
  await holds("findings", "secret_is_quoted");
  await fill({ secret: SECRET });
  await run('document.querySelector("#test button").click()');
  await holds("verdict", "Authentic");
  await fill({ capture: await run('document.getElementById("test-curl").value') });
  await holds("capture-note", "The form is filled");
  await holds("verdict", "Authentic");

  const requests = heard.filter(({ method }) => method === "network.beforeRequestSent").map(({ params }) => params.request.url);
  const complaints = heard.filter(({ method }) => method === "log.entryAdded").map(({ params }) => params.text);
  assert.deepEqual(requests.filter((url) => url !== PAGE && !/^(blob|data):/.test(url)), []);
  assert.deepEqual(complaints, []);
  assert.equal(await run("JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])"), '[0,0,""]');
});
