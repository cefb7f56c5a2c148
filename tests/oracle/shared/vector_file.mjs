// The shape all files of vectors share, and how they are laid out as text.
const SCHEMA_VERSION = 1;
const LINE_WIDTH = 240;

// A file from its notes and groups of { options, tests }: numbers the tests and checks that flags and notes agree.
export function vectorFile(notes, groups) {
  let tcId = 0;
  const testGroups = groups.map(({ options = {}, tests }) => ({
    ...options,
    tests: tests.map((test) => ({ tcId: (tcId += 1), ...test })),
  }));
  requireSameFlags(notes, testGroups);
  return { notes, testGroups, numberOfTests: tcId };
}

export function vectorFileText(name, { notes, testGroups, numberOfTests }) {
  const file = {
    schema: `twenty-webhook/${name}-v${SCHEMA_VERSION}`,
    generator: { script: "tests/oracle/vectors.mjs", node: process.version },
    notes,
    numberOfTests,
    testGroups,
  };
  const text = `${layOut(file, "")}\n`;
  if (JSON.stringify(JSON.parse(text)) !== JSON.stringify(file)) throw new Error(`${name}: layout changed a value`);
  return text;
}

function requireSameFlags(notes, testGroups) {
  const used = new Set(testGroups.flatMap((group) => group.tests.flatMap((test) => test.flags)));
  const unexplained = [...used].filter((flag) => !Object.hasOwn(notes, flag));
  const unused = Object.keys(notes).filter((flag) => !used.has(flag));
  if (unexplained.length + unused.length > 0) {
    throw new Error(`flags without a note: ${unexplained}; notes without a test: ${unused}`);
  }
}

function layOut(value, indentation) {
  const line = onOneLine(value);
  if (value === null || typeof value !== "object" || line.length + indentation.length <= LINE_WIDTH) return line;
  const inner = `${indentation}  `;
  const [open, close, items] = Array.isArray(value)
    ? ["[", "]", value.map((item) => layOut(item, inner))]
    : ["{", "}", Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${layOut(item, inner)}`)];
  return `${open}\n${filledLines(items, inner)}\n${indentation}${close}`;
}

// As many short items on a line as fit; one that spans lines has its own.
function filledLines(items, indentation) {
  const lines = [];
  for (const item of items) {
    const longer = `${lines.at(-1)}, ${item}`;
    if (lines.length > 0 && longer.length + indentation.length <= LINE_WIDTH && !longer.includes("\n")) {
      lines[lines.length - 1] = longer;
    } else {
      lines.push(item);
    }
  }
  return lines.map((line) => indentation + line).join(",\n");
}

function onOneLine(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`);
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}
