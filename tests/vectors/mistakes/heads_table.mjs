// Mistakes with headers, with what is signed, with the time and with the method.
import { createServer } from "node:http";
import { once } from "node:events";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { NONCE, NOW, PAYLOAD, SECRET, SENT_AT, URL, headers, signature } from "./delivery.mjs";

const good = signature(`${SENT_AT}:${PAYLOAD}`);
const ISO = new Date(SENT_AT).toISOString();
const SECONDS = `${Math.floor(SENT_AT / 1000)}`;
const MINUTES = 60_000;

export async function headCases({ print, versions }) {
  const spelled = (name, tool, signed, ...causes) => ({ name, tool: versions[tool], headers: headers({ signed }), findings: causes.map((cause) => [cause, "proved"]) });
  const python = (how, text) => print("sh", `python3 -c 'import sys, hmac; sys.stdout.write(hmac.new(b"${SECRET}", sys.stdin.buffer.read(), "sha256").${how})'`, text).toString();
  const signedOver = (name, cause, text) => spelled(name, "Python", python("hexdigest()", text), cause);
  const timed = (name, cause, timestamp, more) => ({ name, tool: versions.Node, headers: headers({ timestamp }), findings: [[cause, "proved"]], ...more });
  const base64 = Buffer.from(good, "hex").toString("base64");
  return [
    ...(await received(versions)),
    ...lacking(versions),
    spelled("digest('base64')", "Node", base64, "signature_in_base64"),
    spelled("digest('base64url')", "Node", Buffer.from(good, "hex").toString("base64url"), "signature_in_base64"),
    spelled("hexdigest().upper()", "Python", python("hexdigest().upper()", `${SENT_AT}:${PAYLOAD}`), "signature_in_upper_case"),
    spelled("sha256= before the digits", "Node", `sha256=${good}`, "signature_has_prefix"),
    spelled("the form of Stripe", "Node", `t=${SENT_AT},v1=${good}`, "signature_has_prefix"),
    spelled("v1, before base64", "Node", `v1,${base64}`, "signature_has_prefix", "signature_in_base64"),
    spelled("Bearer before the digits", "Node", `Bearer ${good}`, "signature_has_prefix"),
    signedOver("the body alone", "signed_body_only", PAYLOAD),
    signedOver("a dot for the colon", "signed_with_dot", `${SENT_AT}.${PAYLOAD}`),
    signedOver("the timestamp in seconds", "signed_seconds", `${SECONDS}:${PAYLOAD}`),
    signedOver("the timestamp as a date", "signed_date", `${ISO}:${PAYLOAD}`),
    signedOver("the timestamp as Python's isoformat", "signed_date", `${ISO.replace("Z", "000+00:00")}:${PAYLOAD}`),
    signedOver("timestamp, nonce, body", "signed_nonce", `${SENT_AT}:${NONCE}:${PAYLOAD}`),
    signedOver("timestamp.nonce.body", "signed_nonce", `${SENT_AT}.${NONCE}.${PAYLOAD}`),
    signedOver("nonce, timestamp, body", "signed_nonce", `${NONCE}:${SENT_AT}:${PAYLOAD}`),
    signedOver("the body stringified once more", "signed_quoted_body", `${SENT_AT}:${JSON.stringify(PAYLOAD)}`),
    signedOver("the address and the body", "signed_url", `${URL}${PAYLOAD}`),
    signedOver("timestamp, address, body", "signed_url", `${SENT_AT}:${URL}:${PAYLOAD}`),
    timed("Math.floor(Date.now() / 1000)", "timestamp_in_seconds", SECONDS),
    timed("new Date().toISOString()", "timestamp_is_date", ISO),
    timed("a clock ten minutes behind", "sent_in_future", SENT_AT, { now: SENT_AT - 10 * MINUTES }),
    timed("a clock ten minutes ahead", "sent_too_long_ago", SENT_AT, { now: SENT_AT + 10 * MINUTES }),
    timed("a delivery saved three days ago", "saved_long_ago", SENT_AT, { now: SENT_AT + 3 * 24 * 60 * MINUTES }),
    timed("now as Python's time.time()", "now_in_seconds", SENT_AT, { now: Math.floor(NOW / 1000) }),
  ];
}

function lacking(versions) {
  const without = (...words) => headers().filter(([name]) => !words.some((word) => name.endsWith(word)));
  const more = (name, header) => [...without("Timestamp", "Signature", "Nonce"), [name, header]];
  const test = (name, list, ...findings) => ({ name, tool: versions.hand, headers: list, findings });
  return [
    test("no secret is set in Twenty", without("Timestamp", "Signature", "Nonce"), ["no_signature_headers", "likely"]),
    test("an allow-list without the timestamp", without("Timestamp"), ["signature_header_missing", "likely"]),
    test("an allow-list without the signature", without("Signature"), ["signature_header_missing", "likely"]),
    test("a signature that was cut off", headers({ signed: good.slice(0, 40) }), ["signature_malformed", "likely"]),
    test("a timestamp with its unit", headers({ timestamp: `${SENT_AT}ms` }), ["timestamp_malformed", "proved"]),
    test("another prefix", headers({ prefix: "X-Acme-Webhook-" }), ["other_prefix", "proved"]),
    test("the names of CGI", headers().map(([name, value]) => [name.startsWith("X-") ? `HTTP_${name.toUpperCase().replaceAll("-", "_")}` : name, value]), ["headers_named_by_cgi", "proved"]),
    test("a delivery of Stripe's", more("Stripe-Signature", `t=${SECONDS},v1=${good}`), ["other_provider", "likely"]),
    test("a delivery of GitHub's", more("X-Hub-Signature-256", `sha256=${good}`), ["other_provider", "likely"]),
    test("a proxy that joins repeated headers", headers({ signed: `${good}, ${good}` }), ["header_repeated", "proved"]),
    test("a proxy that repeats headers", [...headers(), ["x-twenty-webhook-timestamp", `${SENT_AT}`]], ["header_repeated", "proved"]),
  ];
}

// What a server on the loopback gets of curl, and of a client that follows a redirect.
async function received(versions) {
  const got = [];
  const server = createServer((request, response) => {
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      if (request.url === "/moved") response.writeHead(302, { location: "/" });
      else got.push({ method: request.method, headers: pairs(request.rawHeaders), body: Buffer.concat(pieces) });
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${server.address().port}`;
  const signed = headers().flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const curl = (input, ...options) => {
    const running = promisify(execFile)("curl", ["--silent", ...options, address]);
    running.child.stdin.end(input);
    return running;
  };
  await curl(PAYLOAD, "--data-binary", "@-");
  await curl(`${PAYLOAD}\n`, ...signed.map((one) => one.replace(good, signature(`${SENT_AT}:${PAYLOAD}\n`))), "--data", "@-");
  await curl(PAYLOAD, ...signed, "-H", "Content-Type: application/x-www-form-urlencoded", "--data-urlencode", "payload@-");
  await fetch(`${address}/moved`, { method: "POST", headers: headers(), body: PAYLOAD });
  server.closeAllConnections();
  server.close();
  const [unsigned, shortened, form, moved] = got;
  const address_free = ({ method, headers: list, body }) => ({ method, body, headers: list.filter(([name]) => name.toLowerCase() !== "host") });
  return [
    { name: "curl without signature headers", tool: versions.curl, ...address_free(unsigned), findings: [["test_tool", "likely"]] },
    { name: "curl --data of a file that ends in a line end", tool: versions.curl, ...address_free(shortened), signed: `${PAYLOAD}\n`, findings: [["body_line_end_taken", "proved"]] },
    { name: "curl --data-urlencode", tool: versions.curl, ...address_free(form), findings: [["body_form_encoded", "proved"]] },
    { name: "a POST that a 302 made a GET", tool: `fetch of ${versions.Node}`, ...address_free(moved), findings: [["redirected", "likely"]] },
  ];
}

function pairs(raw) {
  return Array.from({ length: raw.length / 2 }, (_, at) => [raw[2 * at], raw[2 * at + 1]]);
}
