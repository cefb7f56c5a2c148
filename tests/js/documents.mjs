// Generated JSON with what makes canonical text hard, spelt in the many ways JSON allows.

/** A value: index-like and repeated keys, unpaired surrogates as escapes, odd numbers, nesting. */
export function document(random, depth) {
  const isLeaf = depth === 0 || random.below(4) === 0;
  const blank = white(random);
  switch (random.below(isLeaf ? 4 : 8)) {
    case 0:
      return blank + pick(random, ["null", "true", "false"]);
    case 1:
    case 2:
      return blank + pick(random, spellings(number(random), random));
    case 3:
      return blank + text(random, characters(random)) + white(random);
    case 4:
      return `${blank}[${times(random.below(5), () => document(random, depth - 1)).join(",")}${white(random)}]`;
    default: {
      const members = random.below(20) === 0 ? random.below(60) : random.below(7);
      return `${blank}{${times(members, () => member(random, depth)).join(",")}${white(random)}}`;
    }
  }
}

/** The same number, and some that are as near as digits can be, in the notations of JSON. */
export function spellings(value, random) {
  const exact = value.toPrecision(21);
  const long = `${value.toExponential(20).replace(/e/, `${random.digits(1 + random.below(30))}e`)}`;
  const whole = Number.isInteger(value) && Math.abs(value) < 1e300 ? [String(BigInt(value)), `${BigInt(value)}.0`] : [];
  return [
    JSON.stringify(value),
    value.toExponential().replace("e", "E"),
    exact,
    long,
    value.toExponential(16).replace("e+", "e+00"),
    `${random.below(2) ? "-" : ""}${random.below(10)}.${random.digits(1 + random.below(25))}e${random.below(640) - 320}`,
    ...whole,
  ];
}

/** Changes a text so that it may no longer be JSON, but stays text. */
export function broken(original, random) {
  const characters = Array.from(original);
  for (let changes = random.below(3); changes >= 0; changes -= 1) {
    const at = random.below(characters.length + 1);
    switch (random.below(4)) {
      case 0:
        characters.length = at;
        break;
      case 1:
        characters.splice(at, 1);
        break;
      case 2:
        characters.splice(at, 0, pick(random, [...'{}[]:,"\\0123456789.eE+-u/tfn \u0000\u001f\u007f']));
        break;
      default:
        characters.splice(at, 0, pick(random, PIECES));
    }
  }
  return characters.join("");
}

const PIECES = ["\\u00", "\\x", "01", "-", "1.", "1e", "nul", "tru", "//", "'", "\u00a0", "NaN", "0x1", "+1", ".5", "\r\n", "\ufeff"];

function member(random, depth) {
  return `${white(random)}${text(random, key(random))}${white(random)}:${document(random, depth - 1)}`;
}

const ODD_KEYS = ["4294967294", "4294967295", "4294967296", "01", "-1", "-0", "1.5", "", "__proto__", "toString"];
const PLAIN_KEYS = ["a", "b", "id", "name", "abcdefgh", "abcdefghi"];

function key(random) {
  const kind = random.below(10);
  if (kind < 4) return String(random.below(12));
  if (kind === 4) return pick(random, ODD_KEYS);
  return kind < 8 ? pick(random, PLAIN_KEYS) : characters(random);
}

function characters(random) {
  const units = times(random.below(9), () => {
    switch (random.below(10)) {
      case 0:
        return random.below(0x20);
      case 1:
        return 0xd800 + random.below(0x400);
      case 2:
        return 0xdc00 + random.below(0x400);
      case 3:
        return random.below(0x10000);
      case 4:
        return pick(random, [0x22, 0x5c, 0x2f, 0x7f, 0x2028, 0x2029, 0xfeff, 0xfffd]);
      default:
        return 0x20 + random.below(0x5f);
    }
  });
  return String.fromCharCode(...units);
}

/** Some characters as escapes that need not be; unpaired surrogates always. */
function text(random, content) {
  const spelt = Array.from(content, (character) => {
    const code = character.codePointAt(0);
    if (character === '"' || character === "\\") return `\\${character}`;
    if (character === "/" && random.below(2)) return "\\/";
    const mustEscape = code < 0x20 || (code >= 0xd800 && code <= 0xdfff);
    return mustEscape || random.below(8) === 0 ? escape(random, character) : character;
  });
  return `"${spelt.join("")}"`;
}

function escape(random, character) {
  const units = times(character.length, (at) => character.charCodeAt(at).toString(16).padStart(4, "0"));
  return units.map((digits) => `\\u${random.below(2) ? digits : digits.toUpperCase()}`).join("");
}

const EDGES = [0, -0, 1e21, 1e-7, 1e-6, 5e-324, Number.MAX_VALUE, 9_007_199_254_740_993];

function number(random) {
  switch (random.below(5)) {
    case 0:
      return random.finiteDouble();
    case 1:
      return Number(BigInt.asIntN(64, random.bits64()));
    case 2:
      return (random.below(2_000_000) - 1_000_000) / 1000;
    case 3:
      return random.below(256);
    default:
      return pick(random, EDGES);
  }
}

function white(random) {
  return random.below(6) === 0 ? pick(random, [" ", "\n", "\t", "\r\n", "  \n    "]) : "";
}

function pick(random, choices) {
  return choices[random.below(choices.length)];
}

function times(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}
