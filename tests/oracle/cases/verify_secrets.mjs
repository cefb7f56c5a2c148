import { hmacHex, utf8 } from "../shared/bytes.mjs";
import { SECRET, verifyGroup } from "../shared/delivery.mjs";

const SECOND = "second secret";
const THIRD = "third-secret-0123456789";
const FOURTH = "4";
const FLAGS = ["Secret"];

export function secretGroups() {
  return [
    rotation([SECRET, SECOND]),
    rotation([SECRET, SECOND, THIRD]),
    rotation([SECRET, SECOND, THIRD, FOURTH]),
    verifyGroup({ secrets: [SECRET, SECRET] }, [{ comment: "same secret twice: the lowest index", flags: FLAGS, signer: 1 }]),
    verifyGroup({ secrets: [SECOND, SECRET, THIRD, SECRET] }, [
      { comment: "same secret at 1 and 3: the lowest index", flags: FLAGS, signer: 3 },
      { comment: "the last but one of four", flags: FLAGS, signer: 2 },
    ]),
    ...KINDS.map(([comment, secret]) => verifyGroup({ secrets: [secret] }, [{ comment: `secret ${comment}`, flags: FLAGS }])),
    ...EQUIVALENTS.map(([comment, secret, other]) =>
      verifyGroup({ secrets: [secret] }, [{ comment, flags: FLAGS, code: "signature_mismatch", signature: signedWith(other) }]),
    ),
  ];
}

const KINDS = [
  ["of one character", "k"],
  ["of 63 bytes", "s".repeat(63)],
  ["of 64 bytes, the block of the hash", "s".repeat(64)],
  ["of 65 bytes, hashed first", "s".repeat(65)],
  ["of 200 bytes", "0123456789".repeat(20)],
  ["of 64 bytes in 32 characters", "é".repeat(32)],
  ["of 65 bytes in fewer characters", `${"é".repeat(32)}x`],
  ["with spaces inside", "correct horse battery staple"],
  ["in Cyrillic", "пароль-для-вебхука"],
  ["in Chinese", "客户关系管理"],
  ["of emoji", "🔑🗝️"],
  ["in decomposed accents", "e\u0301"],
  ["in composed accents", "\u00e9"],
  ["of percent escapes, taken as text", "%41%42"],
  ["that looks like base64", "c2VjcmV0LXRleHQ="],
  ["with a prefix of another scheme", "whsec_c2VjcmV0LXRleHQ="],
  ["with a NUL inside", "a\0b"],
];

const EQUIVALENTS = [
  ["composed and decomposed accents are two secrets", "\u00e9", "e\u0301"],
  ["a secret over the block is not its own digits", "s".repeat(65), "s".repeat(64)],
  ["case counts", "Secret", "secret"],
];

function rotation(secrets) {
  return verifyGroup({ secrets }, [
    ...secrets.map((_, signer) => ({ comment: `${secrets.length} secrets, signed with number ${signer}`, flags: FLAGS, signer })),
    { comment: `${secrets.length} secrets, signed with none of them`, flags: FLAGS, code: "signature_mismatch", signature: signedWith("none of them") },
    { comment: `${secrets.length} secrets, signed with all joined`, flags: FLAGS, code: "signature_mismatch", signature: signedWith(secrets.join(",")) },
  ]);
}

function signedWith(secret) {
  return ({ timestamp, body }) => hmacHex(utf8(secret), timestamp, ":", body);
}
