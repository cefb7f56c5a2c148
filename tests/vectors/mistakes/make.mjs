// Writes tests/vectors/diagnose.json: node tests/vectors/mistakes/make.mjs DOTNET, with the folder of .NET Core 3.1 that
// `pip install --target T dotnetcore2` makes (T/dotnetcore2/bin), and of Debian: ruby ruby-activesupport php-cli golang-go
// default-jdk-headless libjackson2-databind-java libgoogle-gson-java mono-mcs mono-runtime libmono-system-web-extensions4.0-cil
// libnewtonsoft-json5.0-cil jq curl.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bodyCases } from "./bodies_table.mjs";
import { NOW, PAYLOAD, SECRET, SENT_AT, URL, headers, signature } from "./delivery.mjs";
import { headCases } from "./heads_table.mjs";
import { secretCases } from "./secrets_table.mjs";
import { makeTools } from "./tools.mjs";

const [dotnet] = process.argv.slice(2);
if (dotnet === undefined) {
  console.error("usage: node tests/vectors/mistakes/make.mjs DOTNET");
  process.exit(2);
}

const directory = mkdtempSync(join(tmpdir(), "mistakes-"));
const tools = makeTools(dotnet, directory);
const groups = { bodies: bodyCases(tools), secrets: secretCases(tools), heads: await headCases(tools) };
rmSync(directory, { recursive: true });

let tcId = 0;
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
// What is the payload is left out.
const unlessPayload = (bytes) => (Buffer.from(bytes).equals(Buffer.from(PAYLOAD)) ? undefined : base64(bytes));
const testGroups = Object.entries(groups).map(([kind, cases]) => ({ kind, payloadBase64: base64(PAYLOAD), tests: cases.map(test) }));
const file = {
  schema: "twenty-webhook/diagnose-v1",
  generator: { script: "tests/vectors/mistakes/make.mjs", node: process.version },
  numberOfTests: tcId,
  testGroups,
};
const lines = testGroups.map(({ tests, ...options }) => `${JSON.stringify(options).slice(0, -1)},"tests":[\n${tests.map((one) => JSON.stringify(one)).join(",\n")}\n]}`);
const { testGroups: _, ...head } = file;
writeFileSync(
  join(import.meta.dirname, "..", "diagnose.json"),
  `${JSON.stringify(head).slice(0, -1)},"testGroups":[\n${lines.join(",\n")}\n]}\n`,
);
console.log(`diagnose.json: ${tcId} tests`);

function test({ name, tool, body = PAYLOAD, signed = PAYLOAD, secret = SECRET, configured = [SECRET], others = [], now = NOW, method = "POST", ...more }) {
  tcId += 1;
  const timestamped = headers({ signed: signature(`${SENT_AT}:${signed}`, secret) });
  return {
    tcId,
    name,
    tool,
    // What is configured, what others there are, what Twenty signed with, and what it signed.
    secretsBase64: configured.map(base64),
    othersBase64: others.map(base64),
    secretBase64: base64(secret),
    signedBase64: unlessPayload(signed),
    headers: more.headers ?? timestamped,
    bodyBase64: unlessPayload(body),
    method,
    url: URL,
    now: `${now}`,
    findings: more.findings.map(([cause, certainty]) => ({ cause, certainty })),
  };
}
