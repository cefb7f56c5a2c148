// Verifies with a native module; its secrets are hidden from valgrind by the addon that is named.
const { strictEqual } = require("node:assert");
const { createHash, createHmac } = require("node:crypto");

const [native, addon] = process.argv.slice(2).map((file) => {
  const loaded = { exports: {} };
  process.dlopen(loaded, file);
  return loaded.exports;
});
const SECRETS = [0, 1, 2].map((number) => createHash("sha256").update(Buffer.of(number)).digest("hex"));
SECRETS.push(`${"longer than a block ".repeat(5)}.`);
const NOW = 1735066639761;
const TIMESTAMP = String(NOW);
const BODY = Buffer.from('{"a":1}');
const END = 4;

/** Its inside: at its ends a copied line end is looked for. */
function hidden(secret) {
  const text = Buffer.from(secret);
  addon.hide(text.subarray(END, text.length - END));
  return text;
}

/** A number, or an object that says why it is refused. */
function verdict(webhook, signature) {
  return native.verify(webhook, BODY, false, TIMESTAMP, signature, undefined, NOW);
}

const webhook = native.open(SECRETS.map(hidden));
addon.sayMade();
for (const secret of SECRETS) {
  const genuine = createHmac("sha256", secret).update(`${TIMESTAMP}:${BODY}`).digest("hex");
  strictEqual(typeof verdict(webhook, genuine), "number");
  for (const place of [0, 32, 63]) {
    const digit = genuine[place] === "0" ? "1" : "0";
    strictEqual(verdict(webhook, genuine.slice(0, place) + digit + genuine.slice(place + 1)).code, "signature_mismatch");
  }
}
