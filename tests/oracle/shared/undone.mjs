// Numbers with so many zeros and the exponent that undoes them, for V8 to say what they are.
export function undoneTexts(zeros) {
  const row = "0".repeat(zeros);
  return [
    `1${row}e-${zeros}`,
    `-1${row}E-000${zeros + 7}`,
    `123${row}.5e-${zeros + 2}`,
    `0.${row}1e${zeros + 1}`,
    `0.${row}12345678901234567890e+${zeros + 21}`,
    `1.${row}e300`,
    // At both ends of a double's range, and one beyond.
    `1${row}e-${zeros - 308}`,
    `1${row}e-${zeros - 309}`,
    `5${row}e-${zeros + 324}`,
    `0.${row}2e-${Math.max(323 - zeros, 0)}`,
    // Half-way between two doubles, and above.
    `9007199254740993${row}.${row}e-${zeros}`,
    `9007199254740993${row}.${row}1e-${zeros}`,
  ];
}
