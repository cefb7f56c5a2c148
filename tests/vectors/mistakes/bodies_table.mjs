// Mistakes with bodies: the tool, what it is told, the cause that is to be found; what was signed, where not the payload.
import { PAYLOAD, SENT_AT, URL, WESTERN, WINDOWS, headers } from "./delivery.mjs";

const pretty = (indentation) => JSON.stringify(JSON.parse(PAYLOAD), null, indentation);
const crlf = (text) => text.replaceAll("\n", "\r\n");

// [cause, tool, what prints it, how, what is signed]
const PROVED = [
  ["body_indented", "Node", "Node", "indented 2"],
  ["body_indented", "Node", "Node", "indented 4"],
  ["body_indented", "Node", "Node", "indented tab"],
  ["body_printed_again", "Node", "Node", "stringify", pretty(2)],
  ["body_printed_again", "Node", "Node", "stringify", pretty(4)],
  ["body_printed_again", "Node", "Node", "stringify", pretty("\t")],
  ["body_quoted", "Node", "Node", "stringified twice"],
  ["body_is_printed_buffer", "Node", "Node", "buffer"],
  ["body_in_latin_1", "Node", "Node", "as Latin-1", WESTERN],
  ["body_decoded_as_latin_1", "Node", "Node", "from Latin-1"],
  ["body_in_utf_16", "Node", "Node", "utf-16"],
  ["body_has_byte_order_mark", "Node", "Node", "byte order mark"],
  ["body_compressed", "Node", "Node", "deflate"],
  ["body_in_base64", "Node", "Node", "base64url"],
  ["body_form_encoded", "Node", "Node", "form"],
  ["body_form_encoded", "Node", "Node", "form of a name"],
  ["body_printed_by_python", "Python", "Python", "dumps"],
  ["body_printed_by_python", "Python", "Python", "dumps letters"],
  ["body_printed_by_python", "Python", "Python", "dumps compact"],
  ["body_printed_again", "Python", "Python", "dumps compact letters"],
  ["body_indented", "Python", "Python", "dumps indented"],
  ["body_is_python_bytes", "Python", "Python", "bytes"],
  ["body_is_python_bytes", "Python", "Python", "bytes of apostrophes", PAYLOAD.replace("'", "")],
  ["body_is_python_dict", "Python", "Python", "dict"],
  ["body_normalized", "Python", "Python", "NFD"],
  ["body_normalized", "Python", "Python", "NFC", PAYLOAD.normalize("NFD")],
  ["body_in_utf_16", "Python", "Python", "utf-16"],
  ["body_printed_by_ruby", "Ruby", "Ruby", "generate"],
  ["body_printed_by_ruby", "Ruby", "Ruby", "generate ascii"],
  ["body_printed_by_ruby", "Ruby", "Ruby", "pretty"],
  ["body_printed_by_ruby", "ActiveSupport", "Ruby", "ActiveSupport"],
  ["body_printed_by_php", "PHP", "PHP", "encode"],
  ["body_printed_by_php", "PHP", "PHP", "encode array"],
  ["body_printed_by_php", "PHP", "PHP", "encode bare"],
  ["body_printed_by_php", "PHP", "PHP", "encode pretty"],
  ["body_printed_by_go", "Go", "Go", "raw message"],
  ["body_indented", "Go", "Go", "indent"],
  ["body_printed_by_java", "Jackson", "Java", "Jackson tree"],
  ["body_printed_by_java", "Jackson", "Java", "Jackson map"],
  ["body_printed_by_java", "Jackson", "Java", "Jackson ascii"],
  ["body_printed_by_java", "Jackson", "Java", "Jackson pretty"],
  ["body_printed_by_java", "Gson", "Java", "Gson with nulls"],
  ["body_printed_by_dot_net", "System.Text.Json", ".NET Core", "default"],
  ["body_printed_by_dot_net", "System.Text.Json", ".NET Core", "indented"],
  ["body_printed_by_dot_net", "System.Text.Json", ".NET Core", "relaxed"],
  ["body_printed_by_dot_net", "Newtonsoft", "Mono", "Newtonsoft"],
  ["body_printed_by_dot_net", "JavaScriptSerializer", "Mono", "JavaScriptSerializer"],
  ["body_indented", "jq", "sh", "jq ."],
  ["body_indented", "jq", "sh", "jq --tab ."],
  ["body_indented", "jq", "sh", "jq --ascii-output ."],
  ["body_printed_again", "jq", "sh", "jq --compact-output --join-output ."],
  ["body_printed_again", "jq", "sh", "jq --compact-output ."],
  ["body_compressed", "gzip", "sh", "gzip --no-name"],
  ["body_in_base64", "base64", "sh", "base64"],
  ["body_in_base64", "base64", "sh", "base64 --wrap=0"],
  ["body_in_latin_1", "iconv", "sh", "iconv -f UTF-8 -t ISO-8859-1", WESTERN],
  ["body_in_latin_1", "iconv", "sh", "iconv -f UTF-8 -t WINDOWS-1252", WINDOWS],
  ["body_in_utf_16", "iconv", "sh", "iconv -f UTF-8 -t UTF-16"],
  ["body_in_utf_16", "iconv", "sh", "iconv -f UTF-8 -t UTF-16BE"],
  ["body_decoded_as_latin_1", "iconv", "sh", "iconv -f ISO-8859-1 -t UTF-8"],
  ["body_decoded_as_latin_1", "iconv", "sh", "iconv -f WINDOWS-1252 -t UTF-8", WESTERN],
  ["body_line_end_added", "sh", "sh", "cat; echo"],
  ["body_line_ends_changed", "sed", "sh", "sed 's/$/\\r/'", `${pretty(2)}\n`],
  ["body_line_ends_changed", "tr", "sh", "tr -d '\\r'", crlf(`${pretty(2)}\n`)],
  ["body_line_end_taken", "sh", "sh", "printf %s \"$(cat)\"", `${PAYLOAD}\n`],
];

// What cannot be undone; the last columns are one more header and one more cause. Gson drops what is null. A question mark may have been typed, so that
// another secret is as likely.
const LIKELY = [
  ["body_printed_by_java", "Gson", "Java", "Gson tree"],
  ["body_printed_by_java", "Gson", "Java", "Gson map"],
  ["body_is_object_object", "Node", "Node", "object as text"],
  ["body_letters_lost", "Node", "Node", "pieces"],
  ["body_letters_lost", "Python", "Python", "ascii", undefined, "other_secret"],
  ["body_letters_lost", "iconv", "sh", "LC_ALL=C iconv -f UTF-8 -t ASCII//TRANSLIT", undefined, "other_secret"],
  ["body_keys_sorted", "Python", "Python", "dumps sorted"],
  ["body_keys_sorted", "Go", "Go", "map"],
  ["body_keys_sorted", "jq", "sh", "jq --sort-keys ."],
  ["body_truncated", "head", "sh", "head -c 512"],
  ["body_truncated", "head", "sh", "head -c 600", ["Content-Length", `${Buffer.byteLength(PAYLOAD)}`]],
  ["body_empty", "sh", "sh", "cat > /dev/null"],
];

// A sender in Python that signs what json.dumps prints, and sends what httpx prints.
const PRINTED_AGAIN = ["dumps", "dumps letters", "dumps compact"];

export function bodyCases({ print, versions }) {
  const again = PRINTED_AGAIN.map((how) => ({
    name: `${how} signed, compact sent`,
    tool: versions.Python,
    body: print("Python", "dumps compact letters", PAYLOAD),
    signed: print("Python", how, PAYLOAD),
    findings: [["body_printed_again", "proved"]],
  }));
  const proved = PROVED.map(([cause, tool, printer, how, signed = PAYLOAD]) => ({
    name: how,
    tool: versions[tool],
    body: print(printer, how, signed),
    signed,
    findings: [[cause, "proved"]],
  }));
  const likely = LIKELY.map(([cause, tool, printer, how, header, ...more]) => ({
    name: how,
    tool: versions[tool],
    body: print(printer, how, PAYLOAD),
    headers: header && [...headers(), header],
    findings: [cause, ...more].map((one) => [one, "likely"]),
  }));
  const wrapped = events().map(([name, event]) => ({
    name,
    tool: versions.hand,
    body: JSON.stringify(event),
    findings: [["body_wrapped", "proved"]],
  }));
  return [...proved, ...again, ...likely, ...wrapped];
}

// The documents of AWS Lambda (proxy integrations of payload formats 1.0 and 2.0) and of n8n's webhook node.
function events() {
  const all = Object.fromEntries(headers().map(([name, value]) => [name.toLowerCase(), value]));
  const context = { accountId: "123456789012", requestId: "c6af9ac6-7b61-11e6-9a41-93e8deadbeef", stage: "prod" };
  const first = { resource: "/twenty", path: "/twenty", httpMethod: "POST", headers: all, queryStringParameters: { token: "abc" } };
  const second = { version: "2.0", routeKey: "POST /twenty", rawPath: "/twenty", rawQueryString: "token=abc", headers: all };
  const http = { method: "POST", path: "/twenty", protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "axios/1.13.2" };
  const coded = Buffer.from(PAYLOAD).toString("base64");
  const item = { headers: all, params: {}, query: { token: "abc" }, body: JSON.parse(PAYLOAD), webhookUrl: URL, executionMode: "production" };
  return [
    ["Lambda, format 1.0", { ...first, requestContext: context, body: PAYLOAD, isBase64Encoded: false }],
    ["Lambda, format 1.0, in base64", { ...first, requestContext: context, body: coded, isBase64Encoded: true }],
    ["Lambda, format 2.0", { ...second, requestContext: { ...context, http, timeEpoch: SENT_AT }, body: PAYLOAD, isBase64Encoded: false }],
    ["n8n, an item's json", item],
    ["n8n, items", [{ json: item }]],
    ["n8n, what it shows", [item]],
    ["Google Pub/Sub", { message: { data: coded, messageId: "2070443601311540" }, subscription: "projects/p/subscriptions/s" }],
  ];
}
