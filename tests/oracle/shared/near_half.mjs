// Numbers at or beside a half between two doubles, where a parser has to look at every digit.

/** One with 17 to 800 digits: a half cut off or continued, at most one unit of its last digit away. */
export function nearHalf(random) {
  const { digits, scale } = halfAbove(random.bits64() % GREATEST_BITS);
  const most = MOST_DIGITS[random.below(MOST_DIGITS.length)];
  const text = digits.toString();
  const cut = BigInt(text.slice(0, most)) + BigInt(random.below(3) - 1);
  const more = random.below(2) === 0 ? "" : "0".repeat(random.below(30)) + String(random.below(2));
  return spelt(`${cut}${more}`, Math.max(text.length - most, 0) - scale - more.length, random);
}

// Bits of doubles are in their order: the half is between these and the next. As digits * 10^-scale, exactly.
function halfAbove(bits) {
  const [biased, fraction] = [bits >> 52n, bits % 2n ** 52n];
  const significand = biased === 0n ? fraction : fraction + 2n ** 52n;
  return decimalOf(2n * significand + 1n, Number(biased === 0n ? 1n : biased) - 1076);
}

// integer * 2^exponent as digits * 10^-scale, exactly.
export function decimalOf(integer, exponent) {
  if (exponent >= 0) return { digits: integer << BigInt(exponent), scale: 0 };
  return { digits: integer * 5n ** BigInt(-exponent), scale: -exponent };
}

function spelt(digits, exponent, random) {
  const place = 1 + random.below(digits.length);
  if (place === digits.length) return `${digits}e${exponent}`;
  return `${digits.slice(0, place)}.${digits.slice(place)}E${exponent + digits.length - place}`;
}

const GREATEST_BITS = 0x7ff0000000000000n;
const MOST_DIGITS = [17, 18, 19, 20, 21, 22, 25, 39, 40, 100, 400, 766, 767, 768, 769, 770, 800];
