// The events of Lambda, as gateways and what stands before a function make them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { SECRET, signed, words } from "./sender.mjs";
import { installed } from "./support.mjs";

const { receive } = installed("twenty-webhook/lambda");
const body = JSON.stringify({ eventName: "person.created", record: { id: "7", text: "é ÿ" } });

for (const engine of ["twenty-webhook", "twenty-webhook/wasm"]) {
  const { Webhook } = installed(engine);
  const lines = [];
  const logger = { warn: (line) => lines.push(line), error: (line) => lines.push(line) };
  const handler = receive(new Webhook(SECRET), () => {}, { logger, replayStore: null });
  const ask = async (more) => {
    const { statusCode, body: text } = await handler({ httpMethod: "POST", headers: signed(body), body, isBase64Encoded: false, ...more }, {});
    return words(statusCode, text);
  };

  describe(`${engine}: headers`, () => {
    const upper = () => Object.fromEntries(Object.entries(signed(body)).map(([name, value]) => [name.toUpperCase(), value]));
    const arrays = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));

    test("of which a part has multiple values are all read", async () => {
      const [SIGNATURE, TIMESTAMP] = ["X-Twenty-Webhook-Signature", "X-Twenty-Webhook-Timestamp"];
      for (const multiValueHeaders of [{}, null, { Cookie: ["a=1"] }, { [SIGNATURE]: [] }, { [SIGNATURE.toLowerCase()]: null }, arrays(signed(body))]) {
        assert.equal(await ask({ multiValueHeaders }), "200 handled", JSON.stringify(multiValueHeaders));
      }
      const headers = signed(body);
      for (const name of [SIGNATURE, TIMESTAMP]) {
        const { [name]: value, ...others } = headers;
        assert.equal(await ask({ headers: others, multiValueHeaders: { [name.toLowerCase()]: [value] } }), "200 handled");
        assert.equal(await ask({ headers: { [name]: value }, multiValueHeaders: arrays(others) }), "200 handled");
      }
      assert.equal(await ask({ headers: null, multiValueHeaders: arrays(upper()) }), "200 handled");
      assert.equal(await ask({ headers: undefined, multiValueHeaders: upper() }), "200 handled");
    });

    test("that are repeated are seen, though `headers` has the last of them only", async () => {
      const headers = signed(body);
      for (const [name, value] of Object.entries(headers).slice(0, 2)) {
        assert.equal(await ask({ headers, multiValueHeaders: { [name.toLowerCase()]: [value, value] } }), "401 repeated_header");
      }
      const twice = { ...headers, "x-twenty-webhook-signature": headers["X-Twenty-Webhook-Signature"] };
      assert.equal(await ask({ headers: twice, multiValueHeaders: { Cookie: ["a=1"] } }), "401 repeated_header");
    });

    test("that are none are a mistake", async () => {
      for (const more of [{ headers: "text" }, { multiValueHeaders: "text" }, { multiValueHeaders: 7 }, { headers: 7, multiValueHeaders: {} }]) {
        assert.equal(await ask(more), "500 not_a_request", JSON.stringify(more));
      }
    });
  });

  describe(`${engine}: a body in base64`, () => {
    const encoded = Buffer.from(body).toString("base64");

    test("is decoded, whatever its variant", async () => {
      for (const text of [encoded, encoded.replace(/=+$/, ""), encoded.replace(/(.{20})/g, "$1\r\n"), Buffer.from(body).toString("base64url")]) {
        assert.equal(await ask({ isBase64Encoded: true, body: text }), "200 handled", text);
      }
    });

    test("that is none is a mistake with a name", async () => {
      lines.length = 0;
      for (const text of [body, "é", "=", "a", "ab=c", "a===", `${encoded}*`, "\ud800"]) {
        assert.equal(await ask({ isBase64Encoded: true, body: text }), "500 not_a_request", text);
        assert.match(lines.pop(), /^twenty-webhook: not_a_request: The event says that its body is base64, and it is not/);
      }
    });

    test("is said by true, and by nothing else", async () => {
      for (const isBase64Encoded of ["false", "true", 0, 1, {}]) {
        lines.length = 0;
        assert.equal(await ask({ isBase64Encoded }), "500 not_a_request");
        assert.match(lines[0], /isBase64Encoded is an? (string|number|object) instead of true or false/);
      }
      for (const isBase64Encoded of [undefined, null, false]) assert.equal(await ask({ isBase64Encoded }), "200 handled");
    });

    test("beyond the limit is not decoded", async () => {
      assert.equal(await ask({ isBase64Encoded: true, body: "*".repeat(4 << 20) }), "413 payload_too_large");
    });
  });
}
