import { bytes } from "../shared/bytes.mjs";
import { allThree, NONCE, verifyGroup } from "../shared/delivery.mjs";

export function headerGroups() {
  return [
    verifyGroup({}, [...withNonce([...missing(), ...spellings()]), ...repeated(), ...valuesAreNeverTrimmed("timestamp"), ...valuesAreNeverTrimmed("signature")]),
    verifyGroup({ headerPrefix: "X-Acme-Webhook-" }, withNonce(renamed())),
    verifyGroup({ headerPrefix: "x-lower-webhook-" }, [
      { comment: "a prefix in lower case finds names in title case", flags: ["Prefix"], headers: withNames(titleCase) },
    ]),
    verifyGroup({ headerPrefix: "-" }, [{ comment: "the shortest prefix", flags: ["Prefix"] }]),
    verifyGroup({ headerPrefix: `${"P".repeat(63)}-` }, [{ comment: "the longest prefix", flags: ["Prefix"] }]),
  ];
}

function withNonce(specs) {
  return specs.map((spec) => ({ nonce: NONCE, ...spec }));
}

function missing() {
  const test = (comment, headers) => ({ comment, flags: ["Header"], code: "missing_header", headers });
  return [
    test("no header at all", () => []),
    test("none of the three, as with no secret set in the product", () => [["Content-Type", "application/json"]]),
    test("no timestamp", (made) => allThree(made).slice(1)),
    test("no signature", (made) => [allThree(made)[0], allThree(made)[2]]),
    test("only the nonce", (made) => allThree(made).slice(2)),
    test("names without the prefix", withNames((name) => name.replace("X-Twenty-Webhook-", ""))),
    test("underscores in place of hyphens", withNames((name) => name.replaceAll("-", "_"))),
    test("a signature header of an invented name", ({ names, timestamp, signature }) => [
      [names.timestamp, timestamp],
      ["X-Twenty-Signature", signature],
    ]),
    test("names with a letter more", withNames((name) => `${name}s`)),
    test("names cut short", withNames((name) => name.slice(0, -1))),
    test("the prefix alone as name", withNames(() => "X-Twenty-Webhook-")),
  ];
}

function spellings() {
  const test = (comment, headers) => ({ comment, flags: ["Header"], headers });
  return [
    test("names in lower case", withNames((name) => name.toLowerCase())),
    test("names in upper case", withNames((name) => name.toUpperCase())),
    test("names in mixed case", withNames((name) => [...name].map((c, i) => (i % 2 ? c.toUpperCase() : c.toLowerCase())).join(""))),
    test("headers in another order", (made) => allThree(made).reverse()),
  ];
}

function repeated() {
  const test = (comment, headers) => ({ comment, flags: ["Repeated"], code: "repeated_header", headers });
  return ["timestamp", "signature"].flatMap((header) => [
    test(`${header} twice, same value`, (made) => [...allThree(made), [made.names[header], made[header]]]),
    test(`${header} twice, the second value empty`, (made) => [...allThree(made), [made.names[header], ""]]),
    test(`${header} twice, a wrong value first`, (made) => [[made.names[header], "0"], ...allThree(made)]),
    test(`${header} in two spellings`, (made) => [...allThree(made), [made.names[header].toLowerCase(), made[header]]]),
    test(`${header} three times`, (made) => [...allThree(made), ...Array(2).fill([made.names[header], made[header]])]),
    test(`${header} joined by a comma`, joined(header, (value) => `${value},${value}`)),
    test(`${header} joined by a comma and a space`, joined(header, (value) => `${value}, ${value}`)),
    test(`${header} with a comma after it`, joined(header, (value) => `${value},`)),
    test(`${header} with a comma before it`, joined(header, (value) => `,${value}`)),
    test(`${header} of a comma alone`, joined(header, () => ",")),
  ]);
}

function valuesAreNeverTrimmed(header) {
  const code = `malformed_${header}`;
  const test = (comment, change, flags = ["Header"]) => ({ comment: `${header} ${comment}`, flags, code, headers: joined(header, change) });
  return [
    test("empty", () => ""),
    test("of one space", () => " "),
    test("after a space", (value) => ` ${value}`),
    test("before a space", (value) => `${value} `),
    test("after a tab", (value) => `\t${value}`),
    test("before a tab", (value) => `${value}\t`),
    test("before a line feed", (value) => `${value}\n`, ["HostileBytes"]),
    test("before CR LF", (value) => `${value}\r\n`, ["HostileBytes"]),
    test("before NUL", (value) => `${value}\0`, ["HostileBytes"]),
    test("after NUL", (value) => `\0${value}`, ["HostileBytes"]),
    test("with an umlaut in UTF-8", (value) => `${value.slice(0, -1)}ä`, ["HostileBytes"]),
    test("with a byte that is not UTF-8", (value) => bytes(value.slice(0, -1), 0xe4), ["HostileBytes"]),
    test("with byte FF alone", () => [0xff], ["HostileBytes"]),
    test("in quotes", (value) => `"${value}"`),
  ];
}

function renamed() {
  return [
    { comment: "the configured prefix", flags: ["Prefix"] },
    { comment: "the configured prefix, names in lower case", flags: ["Prefix"], headers: withNames((name) => name.toLowerCase()) },
    {
      comment: "the default prefix where another is configured",
      flags: ["Prefix"],
      code: "missing_header",
      headers: withNames((name) => name.replace("Acme", "Twenty")),
    },
    {
      comment: "both prefixes, the default one with nonsense",
      flags: ["Prefix"],
      headers: (made) => [...allThree(made), ["X-Twenty-Webhook-Timestamp", "x"], ["X-Twenty-Webhook-Signature", "y"]],
    },
    {
      comment: "timestamp under the default prefix, signature under the configured one",
      flags: ["Prefix"],
      code: "missing_header",
      headers: ({ names, timestamp, signature }) => [
        ["X-Twenty-Webhook-Timestamp", timestamp],
        [names.signature, signature],
      ],
    },
  ];
}

function withNames(change) {
  return (made) => allThree(made).map(([name, value]) => [change(name), value]);
}

function titleCase(name) {
  return name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function joined(header, change) {
  return (made) => allThree({ ...made, [header]: change(made[header]) });
}
