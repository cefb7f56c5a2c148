// Ill-formed UTF-8 of every class, in every place.
import { bytes } from "../shared/bytes.mjs";

const SEQUENCES = {
  "a stray continuation byte": [0x80],
  "the last continuation byte, stray": [0xbf],
  "overlong NUL, C0 80": [0xc0, 0x80],
  "overlong slash, C0 AF": [0xc0, 0xaf],
  "overlong in two bytes, C1 BF": [0xc1, 0xbf],
  "overlong in three bytes": [0xe0, 0x80, 0xaf],
  "overlong in three bytes, the last one": [0xe0, 0x9f, 0xbf],
  "overlong in four bytes": [0xf0, 0x80, 0x80, 0xaf],
  "overlong in four bytes, the last one": [0xf0, 0x8f, 0xbf, 0xbf],
  "surrogate U+D800": [0xed, 0xa0, 0x80],
  "surrogate U+DFFF": [0xed, 0xbf, 0xbf],
  "a pair of surrogates, CESU-8": [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  "beyond U+10FFFF, F4 90": [0xf4, 0x90, 0x80, 0x80],
  "lead byte F5": [0xf5, 0x80, 0x80, 0x80],
  "lead byte F8": [0xf8, 0x88, 0x80, 0x80, 0x80],
  "byte FE": [0xfe],
  "byte FF": [0xff],
  "a two-byte sequence cut short": [0xc3],
  "a three-byte sequence cut after one": [0xe2],
  "a three-byte sequence cut after two": [0xe2, 0x82],
  "a four-byte sequence cut after one": [0xf0],
  "a four-byte sequence cut after three": [0xf0, 0x9f, 0x98],
  "a lead byte before another lead byte": [0xc3, 0xc3, 0xa9],
  "Latin-1 text": [0xe9, 0x20],
};

export function refusedEncodings() {
  return [...Object.entries(SEQUENCES).flatMap(([name, sequence]) => placesOf(name, sequence)), ...others(), ...utf8First()];
}

function refused(comment, flag, ...parts) {
  const [beginning, rest] = parts;
  return { comment, flags: [flag], code: "payload_not_utf8", input: bytes(beginning, rest), offset: bytes(beginning).length };
}

function placesOf(name, sequence) {
  return [
    refused(`${name}, in a string`, "NotUtf8", '{"name":"Zoë ', bytes(sequence, '"}')),
    refused(`${name}, at the end`, "NotUtf8", "[1]", bytes(sequence)),
  ];
}

function others() {
  return [
    refused("in a key", "NotUtf8", '{"株', bytes(0xff, '":1}')),
    refused("between tokens", "NotUtf8", '{"a": ', bytes(0x80, "1}")),
    refused("first", "NotUtf8", "", bytes(0xff, "{}")),
    refused("UTF-16 with its mark", "NotUtf8", "", bytes(0xff, 0xfe, "{", 0, "}", 0)),
    refused("a mark cut short", "NotUtf8", "", bytes(0xef, 0xbb, "{}")),
    refused("after an escape's backslash", "NotUtf8", '"\\', bytes(0xc3, '"')),
    refused("two offences, the first one counts", "NotUtf8", '["a', bytes(0xff, "b", 0xfe, '"]')),
    refused("after a character of each length", "NotUtf8", '"aé株😀', bytes(0x98, '"')),
    refused("after a long plain run", "NotUtf8", `"${"a".repeat(200)}`, bytes(0xf0, 0x9f, 0x98, '"')),
  ];
}

function utf8First() {
  return [
    refused("after text that is not JSON", "Utf8First", "nope ", bytes(0xff)),
    refused("after the document's end", "Utf8First", "{}{}", bytes(0xc3)),
    refused("after a raw control character", "Utf8First", '"\n', bytes(0xed, 0xa0, 0x80, '"')),
    refused("after nesting beyond the limit", "Utf8First", "[".repeat(1025), bytes(0xff)),
    refused("after a BOM", "Utf8First", "\ufeff{}", bytes(0xff)),
  ];
}
