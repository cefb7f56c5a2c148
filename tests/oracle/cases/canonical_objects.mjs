// Accepted documents: the order of keys, repeated keys, nesting.
import { bytes } from "../shared/bytes.mjs";
import { SeededRandom } from "../shared/random.mjs";

const SEED = 0x6b657973;

export function acceptedObjects() {
  return [...keyOrder(), ...repeatedKeys(), ...nesting(), ...depths(), ...randomObjects()];
}

function accepted(flag) {
  return (comment, text) => ({ comment, flags: [flag], input: bytes(text) });
}

function keyOrder() {
  const test = accepted("KeyOrder");
  const notIndexes = ["01", "-1", "-0", "1.5", "1e3", "+1", " 1", "1 ", "", "00", "4294967295", "4294967296",
    "18446744073709551615", "99999999999", "0x1", "１", "١", "1_0"];
  return [
    test("names keep their order", '{"b":1,"a":2,"B":3,"A":4}'),
    test("indexes first, ascending as numbers", '{"b":1,"10":2,"9":3,"a":4,"0":5}'),
    test("indexes already in order", '{"0":1,"1":2,"a":3}'),
    test("indexes in order, after a name", '{"a":1,"0":2,"1":3}'),
    test("indexes in falling order", '{"5":5,"4":4,"3":3,"2":2,"1":1,"0":0}'),
    test("the largest index and the first that is none", '{"4294967295":1,"4294967294":2,"4294967293":3}'),
    test("the largest index after names", '{"a":1,"4294967294":2}'),
    ...notIndexes.map((key) => test(`${JSON.stringify(key)} is a name`, `{"a":1,${JSON.stringify(key)}:2,"7":3}`)),
    test("around 2^31", '{"2147483648":1,"2147483647":2,"2147483646":3}'),
    test("an index written in escapes", '{"a":1,"\\u0031":2,"\\u0030":3}'),
    test("indexes among escapes of names", '{"\\u0061":1,"2":2,"b":3,"1":4}'),
    test("__proto__, constructor and others of the prototype", '{"__proto__":1,"constructor":2,"toString":3,"hasOwnProperty":4,"0":5}'),
    test("__proto__ with an object and with null", '{"a":{"__proto__":{"x":1}},"b":{"__proto__":null},"c":{"__proto__":{"__proto__":[]}}}'),
    test("toJSON is a name", '{"toJSON":1,"a":{"toJSON":"x"}}'),
    test("length and indexes in an object", '{"length":2,"1":"b","0":"a"}'),
    test("names of one letter in two cases", '{"É":1,"é":2,"e\u0301":3}'),
  ];
}

function repeatedKeys() {
  const test = accepted("RepeatedKey");
  return [
    test("twice", '{"a":1,"a":2}'),
    test("first place, last value", '{"a":1,"b":2,"a":3}'),
    test("three times among others", '{"a":1,"b":2,"a":3,"c":4,"a":5,"b":6}'),
    test("equal after unescaping", '{"a":1,"b":2,"\\u0061":3}'),
    test("the first spelling was the escaped one", '{"\\u0061":1,"b":2,"a":3}'),
    test("equal escapes in two cases", '{"\\u00E9":1,"\\u00e9":2,"é":3}'),
    test("the empty key", '{"":1,"a":2,"":3}'),
    test("an index", '{"1":1,"0":2,"1":3}'),
    test("an index written in escapes", '{"1":1,"0":2,"\\u0031":3}'),
    test("indexes and names together", '{"b":1,"2":2,"b":3,"1":4,"2":5}'),
    test("__proto__", '{"__proto__":1,"a":2,"__proto__":3}'),
    test("__proto__ with objects", '{"__proto__":{"a":1},"b":1,"__proto__":{"c":2}}'),
    test("constructor", '{"constructor":1,"a":2,"constructor":3}'),
    test("the largest index, and the name after it", '{"4294967294":1,"4294967295":2,"4294967294":3,"4294967295":4}'),
    test("the value changes its type", '{"a":{"x":[1,2]},"b":1,"a":null}'),
    test("the dropped value is the longer one", '{"a":{"x":[1,2,{"y":"zzzzzzzz"}]},"b":1,"a":0}'),
    test("the kept value is the longer one", '{"a":0,"b":1,"a":{"x":[1,2,{"y":"zzzzzzzz"}]}}'),
    test("in every level", '{"a":{"a":1,"a":2},"b":{},"a":{"a":3,"b":4,"a":5}}'),
    test("the same key in objects of one array", '[{"a":1},{"a":2},{"a":3,"a":4}]'),
    test("keys that differ in a trailing NUL", '{"a":1,"a\\u0000":2,"a":3}'),
    test("keys that differ in a lone surrogate", '{"\\ud800":1,"\\ud801":2,"\\ud800":3}'),
    test("U+FFFD is not a lone surrogate", '{"\ufffd":1,"\\ud800":2,"\\ufffd":3}'),
    test("composed and decomposed accents are two keys", '{"\u00e9":1,"e\u0301":2,"\u00e9":3}'),
    test("a hundred times", `{${Array.from({ length: 100 }, (_, index) => `"k":${index}`).join(",")}}`),
    test("a hundred keys, each twice", `{${Array.from({ length: 200 }, (_, index) => `"k${index % 100}":${index}`).join(",")}}`),
  ];
}

function nesting() {
  const test = accepted("Nesting");
  return [
    test("moved objects that are out of order themselves", '{"b":{"2":1,"1":{"z":1,"0":2}},"1":{"y":1,"3":{"x":1,"0":2}}}'),
    test("a dropped value that is out of order itself", '{"a":{"2":1,"1":2,"2":3},"a":{"4":1,"3":2}}'),
    test("a kept value that is out of order itself, then names", '{"a":0,"c":{"2":1,"1":2},"a":{"4":1,"3":{"x":1,"0":2}},"b":1}'),
    test("dropped inside dropped", '{"a":{"b":{"1":1,"0":2},"b":1},"a":{"b":2,"c":{"1":1,"0":2},"b":3}}'),
    test("arrays between", '[[{"b":1,"0":[{"1":1,"0":2}]}],[[{"a":1,"a":[{"1":1,"0":2}]}]]]'),
    test("white space and numbers inside what is moved", '{ "b" : [ 1.0 , 2e0 ] , "0" : { "y" : " x " , "1" : 1.50 } }'),
    test("escapes inside what is moved", '{"b":"\\u00e9\\ud800","0":"\\/\\u000a"}'),
    test("an index key at each of five levels", '{"a":1,"5":{"a":1,"4":{"a":1,"3":{"a":1,"2":{"a":1,"1":{}}}}}}'),
  ];
}

function depths() {
  const test = accepted("Depth");
  return [
    test("1,024 arrays", "[".repeat(1024) + "]".repeat(1024)),
    test("1,024 objects and a number", `${'{"":'.repeat(1024)}0${"}".repeat(1024)}`),
    test("brackets in strings do not count", `["${"[".repeat(1100)}"]`),
    test("1,050 brackets side by side do not nest", `[${"{},".repeat(1048)}[]]`),
    test("100 levels, each out of order", `${'{"b":0,"1":'.repeat(100)}0${"}".repeat(100)}`),
    test("100 levels, each repeating its key", `${'{"a":0,"a":'.repeat(100)}0${"}".repeat(100)}`),
  ];
}

// Small random objects over few keys, so that repeats and index keys meet at every level.
function randomObjects() {
  const random = new SeededRandom(SEED);
  const keys = ['"a"', '"b"', '"0"', '"1"', '"10"', '"01"', '"\\u0061"', '"4294967294"', '"4294967295"', '"\\ud800"', '""', '"__proto__"'];
  const leaves = ["1", "-0", '"x"', "null", "1.50", "[]", "{}", "1e21", '"\\u00e9"', "true"];
  const pick = (list) => list[random.below(list.length)];
  const value = (level) => {
    if (level === 0 || random.below(3) === 0) return pick(leaves);
    const items = Array.from({ length: random.below(5) }, () => value(level - 1));
    if (random.below(4) === 0) return `[${items.join(",")}]`;
    return `{${items.map((item) => `${pick(keys)}:${item}`).join(", ")}}`;
  };
  return Array.from({ length: 60 }, (_, index) => ({
    comment: `random object ${index}`,
    flags: ["RepeatedKey", "KeyOrder"],
    input: bytes(`{${pick(keys)}:${value(4)},${pick(keys)}:${value(3)}}`),
  }));
}
