// What a validator of JSON Schema makes of the schemas that `twenty-webhook types` wrote.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import Ajv from "ajv/dist/2020.js";

const json = (file) => JSON.parse(readFileSync(new URL(`../../workspaces/${file}`, import.meta.url), "utf8"));

/** Whether a record is one of an object, by its definition. */
const validator = (workspace, definition) => {
  // Otherwise it looks at what every object inherits, such as `constructor`.
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, ownProperties: true });
  ajv.addSchema(json(`${workspace}/schema.json`), "records");
  return ajv.getSchema(`records#/$defs/${definition}`);
};

test("a genuine record is taken, and a wrong one refused", () => {
  const rocket = validator("rockets", "Rocket");
  const genuine = json("rockets/record.json");
  assert.ok(rocket(genuine), JSON.stringify(rocket.errors));
  assert.ok(rocket({}), "a record destroyed before it was read");
  for (const wrong of [
    { motto: null }, { motto: 7 }, { isReusable: "yes" }, { stageCount: "3" }, { thrust: true }, { status: 1 }, { orbits: "LOW" }, { orbits: [1] }, { tags: [null] },
    { commander: "Ada" }, { commander: { firstName: 1 } }, { price: { amountMicros: [] } }, { hotlines: { additionalPhones: [{ number: 2 }] } },
    { blueprints: [null] }, { createdBy: null }, { builderId: 1 }, { ownedById: null }, { id: null },
  ]) {
    assert.equal(rocket({ ...genuine, ...wrong }), false, JSON.stringify(wrong));
  }
  assert.equal(rocket([]), false);
});

test("hostile names are properties", () => {
  const names = validator("hostile", "Class");
  const { edges } = json("hostile/metadata.json").data.objects.edges.find(({ node }) => node.nameSingular === "class").node.fields;
  const texts = edges.map(({ node }) => node).filter(({ type, name }) => type === "TEXT" && name !== "");
  assert.ok(texts.length > 70, texts.length);
  for (const { name } of texts) {
    const record = (value) => Object.fromEntries([[name, value]]);
    assert.equal(names(record("text")), true, JSON.stringify(name));
    // Ajv looks at no property of this name.
    if (name !== "__proto__") assert.equal(names(record(7)), false, JSON.stringify(name));
  }
});
