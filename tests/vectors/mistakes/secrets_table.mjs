// Mistakes with secrets: what is configured where Twenty shows another. Shells print what shells change.
import { PAYLOAD, SECRET } from "./delivery.mjs";

const OTHER = "b1946ac92492d2347c6235b4d2611184f3e1c0a59d7b60244e8f1a6c3d5b79e0";
const DOLLARS = "Tw3nty$ecret&more";
const JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIyMDIwMjAyMC0xYzI1In0.Rm9yIHRlc3RzIG9ubHksIG5vdCBhIHJlYWwgb25l";

// [cause, tool, what runs in a shell; the secret is $S, or $D with a dollar sign]
const BY_SHELLS = [
  ["secret_has_blanks", "sh", 'echo "$S"'],
  ["secret_has_blanks", "sed", "echo \"$S\" | sed 's/$/\\r/'"],
  ["secret_has_blanks", "sh", 'printf " %s" "$S"'],
  ["secret_has_blanks", "sh", 'printf "%s\\t" "$S"'],
  ["secret_is_quoted", "sh", `printf %s "'$S'"`],
  ["secret_is_quoted", "sh", 'printf %s "\\"$S\\""'],
  ["secret_has_invisible_characters", "sh", 'printf "\\357\\273\\277%s" "$S"'],
  ["secret_has_prefix", "bash", `bash -c 'TWENTY_WEBHOOK_SECRET=$0; export TWENTY_WEBHOOK_SECRET; env | grep ^TWENTY' "$S" | tr -d '\\n'`],
  ["secret_has_prefix", "bash", `bash -c 'export TWENTY_WEBHOOK_SECRET=$0; export -p' "$S" | grep TWENTY_WEBHOOK | tr -d '\\n'`],
  ["secret_in_base64", "base64", 'printf %s "$S" | base64 --wrap=0'],
  ["secret_in_base64", "base64", 'printf %s "$(echo "$S" | base64)"'],
  ["secret_in_hex", "od", "printf %s \"$S\" | od -An -v -tx1 | tr -d ' \\n'"],
  ["secret_in_other_case", "tr", 'printf %s "$S" | tr a-z A-Z'],
  ["secret_decoded_from_base64", "base64", 'printf %s "$S" | base64 --decode'],
];
const OF_DOLLARS = [
  ["secret_is_escaped", "bash", `bash -c 'printf %q "$0"' "$D"`],
  ["secret_is_escaped", "sed", `printf %s "$D" | sed 's/\\$/$$/g'`],
];

// By the rules of files and forms that no program here reads: [cause, name, what is configured].
const BY_HAND = [
  ["secret_has_prefix", "a line of YAML", `secret: ${SECRET}`],
  ["secret_has_prefix", "the prefix of Svix and of Standard Webhooks", `whsec_${SECRET}`],
  ["secret_has_prefix", "the prefix of GitHub's signatures", `sha256=${SECRET}`],
  ["secret_has_prefix", "an Authorization header", `Bearer ${SECRET}`],
  ["secret_is_quoted", "quotes of a word processor", `\u201c${SECRET}\u201d`],
  ["secret_is_quoted", "quotes that docker --env-file keeps", `"${SECRET}"`],
  ["secret_has_invisible_characters", "a zero-width space at the end", `${SECRET}\u200b`],
  ["secret_has_invisible_characters", "a soft hyphen inside", `${SECRET.slice(0, 32)}\u00ad${SECRET.slice(32)}`],
];
const NOT_SECRETS = [
  ["secret_is_placeholder", "a placeholder", "your-webhook-secret"],
  ["secret_is_placeholder", "a placeholder in brackets", "<secret>"],
  ["secret_is_placeholder", "a word of docker-compose files", "changeme"],
  ["secret_is_api_key", "an API key", JWT],
  ["secret_is_id", "the id of a webhook", "7d1f5c0a-2b3e-4a5d-9c8f-1e2d3c4b5a69"],
  ["other_secret", "another secret", OTHER],
];

export function secretCases({ print, versions }) {
  const shell = (command, secret) => print("sh", `S='${secret}'; D='${secret}'; export S D; ${command}`);
  const ofShell = (secret) => ([cause, tool, command]) => ({
    name: command,
    tool: versions[tool],
    secret,
    configured: [shell(command, secret)],
    findings: [[cause, "proved"]],
  });
  const simple = (certainty) => ([cause, name, configured]) => ({
    name,
    tool: versions.hand,
    configured: [configured],
    findings: [[cause, certainty]],
  });
  const python = (how) => print("sh", `python3 -c 'import sys; sys.stdout.buffer.write(${how})'`);
  const proved = (name, tool, configured, cause) => ({ name, tool: versions[tool], configured: [configured], findings: [[cause, "proved"]] });
  const missing = (name, tool, configured) => ({ ...proved(name, tool, configured), findings: [["secret_is_literal", "likely"]] });
  const lost = "sh -c of a line with the secret in double quotes";
  return [
    ...BY_SHELLS.map(ofShell(SECRET)),
    ...OF_DOLLARS.map(ofShell(DOLLARS)),
    ...BY_HAND.map(simple("proved")),
    ...NOT_SECRETS.map(simple("likely")),
    missing("`${process.env.UNSET}`", "Node", `${process.env.UNSET_BY_INTENT}`),
    missing("`${null}`", "Node", `${null}`),
    missing("str(os.environ.get('UNSET'))", "Python", python('str(__import__("os").environ.get("UNSET")).encode()')),
    missing("an unset variable in double quotes", "sh", shell('printf %s "$UNSET"', SECRET)),
    proved("Buffer.from(secret, 'hex')", "Node", Buffer.from(SECRET, "hex"), "secret_decoded_from_hex"),
    proved("Buffer.from(secret, 'base64')", "Node", Buffer.from(SECRET, "base64"), "secret_decoded_from_base64"),
    proved("bytes.fromhex", "Python", python(`bytes.fromhex("${SECRET}")`), "secret_decoded_from_hex"),
    proved("base64.b64encode", "Python", python(`__import__("base64").b64encode(b"${SECRET}")`), "secret_in_base64"),
    proved("data of a Secret, as kubectl -o jsonpath prints it", "base64", shell('printf %s "$S" | base64 --wrap=0', SECRET), "secret_in_base64"),
    proved("Buffer.toString('hex')", "Node", Buffer.from(SECRET).toString("hex"), "secret_in_hex"),
    { ...proved(lost, "sh", print("sh", `printf %s "${DOLLARS}"`), "other_secret"), secret: DOLLARS, findings: [["other_secret", "likely"]] },
    { ...proved("the secret of another webhook", "hand", OTHER, "secret_of_another"), others: [SECRET] },
  ].map((one) => ({ body: PAYLOAD, signed: PAYLOAD, ...one }));
}
