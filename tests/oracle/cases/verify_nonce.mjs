import { bytes } from "../shared/bytes.mjs";
import { allThree, NONCE, verifyGroup } from "../shared/delivery.mjs";

export function nonceGroups() {
  const withNonce = (comment, nonce, flags = ["Nonce"]) => ({ comment: `nonce ${comment}`, flags, nonce });
  const withHeaders = (comment, headers) => ({ comment: `nonce ${comment}`, flags: ["Nonce"], nonce: NONCE, headers });
  return [
    verifyGroup({}, [
      withHeaders("absent", (made) => allThree(made).slice(0, 2)),
      withHeaders("repeated, same value", (made) => [...allThree(made), [made.names.nonce, made.nonce]]),
      withHeaders("repeated, other value", (made) => [...allThree(made), [made.names.nonce, "other"]]),
      withHeaders("repeated in another spelling", (made) => [...allThree(made), [made.names.nonce.toLowerCase(), made.nonce]]),
      withHeaders("first of the three, in upper case", (made) => [[made.names.nonce.toUpperCase(), made.nonce], ...allThree(made).slice(0, 2)]),
      withNonce("joined by a comma", `${NONCE},${NONCE}`),
      withNonce("joined by a comma and a space", `${NONCE}, ${NONCE}`),
      withNonce("empty", ""),
      withNonce("of one character", "x"),
      withNonce("of 128 characters", "n".repeat(128)),
      withNonce("of 129 characters", "n".repeat(129)),
      withNonce("of 1,000 characters", "n".repeat(1000)),
      withNonce("in upper case", NONCE.toUpperCase()),
      withNonce("of the first and last visible characters", "!~"),
      withNonce("of punctuation", "\"'<>&;%$(){}[]\\/=?@^`|+-_.:#*"),
      withNonce("with a space inside", "a b"),
      withNonce("after a space", ` ${NONCE}`),
      withNonce("before a space", `${NONCE} `),
      withNonce("with a tab", `a\tb`),
      withNonce("with DEL", `a\u007fb`, ["Nonce", "HostileBytes"]),
      withNonce("with NUL", "a\0b", ["Nonce", "HostileBytes"]),
      withNonce("with a line feed", "a\nb", ["Nonce", "HostileBytes"]),
      withNonce("with an umlaut in UTF-8", "nönce", ["Nonce", "HostileBytes"]),
      withNonce("with a byte that is not UTF-8", bytes("n", 0xf6, "nce"), ["Nonce", "HostileBytes"]),
      withNonce("of an emoji", "😀", ["Nonce", "HostileBytes"]),
      { comment: "a well-formed nonce does not save a wrong signature", flags: ["Nonce"], nonce: NONCE, code: "signature_mismatch", signature: "0".repeat(64) },
      {
        comment: "a broken nonce does not change which code comes",
        flags: ["Nonce"],
        code: "missing_header",
        headers: (made) => [
          [made.names.timestamp, made.timestamp],
          [made.names.nonce, ""],
          [made.names.nonce, ""],
        ],
      },
    ]),
  ];
}
