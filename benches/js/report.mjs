// What was measured, as a table for people and as rows for programs.
import { writeFileSync } from "node:fs";
import { arch, cpus, loadavg, platform } from "node:os";

export class Report {
  #rows = [];
  #notes = [];

  /** Rows of one runtime: case, bytes, peer, and unless everything just runs once peer_ns, ours_ns and ratio. */
  add(runtime, rows) {
    for (const row of rows) this.#rows.push({ language: "javascript", runtime, ...row });
  }

  /** What must be known to read a row. */
  note(text) {
    this.#notes.push(text);
  }

  printSmoke() {
    console.log(`${this.#rows.length} comparisons ran once, every result as expected`);
  }

  print() {
    const cells = this.#sorted().map((row) => COLUMNS.map(({ cell }) => cell(row)));
    const table = [COLUMNS.map(({ title }) => title), ...cells];
    const widths = COLUMNS.map((_, column) => Math.max(...table.map((line) => line[column].length)));
    const aligned = (text, column) =>
      COLUMNS[column].isNumber ? text.padStart(widths[column]) : text.padEnd(widths[column]);
    console.log();
    for (const line of table) console.log(line.map(aligned).join("  "));
    for (const note of this.#notes) console.log(`\n${note}`);
  }

  writeJson(file) {
    writeFileSync(file, `${JSON.stringify(this.#sorted(), null, 2)}\n`);
  }

  /** The peers of a case stand together, whenever they were measured. */
  #sorted() {
    const cases = [...new Set(this.#rows.map(caseOf))];
    const place = (row) => cases.indexOf(caseOf(row));
    return this.#rows.toSorted((a, b) => place(a) - place(b) || a.bytes - b.bytes);
  }
}

/** Says what must be known to read the figures. */
export function header() {
  const [load] = loadavg();
  const machine = `${cpus()[0].model} (${cpus().length}), ${platform()} ${arch()}, load ${load.toFixed(2)}`;
  return `${machine}; OpenSSL ${process.versions.openssl}
Every side gets the body as the bytes that arrived, and makes text of them where it needs text. A peer gets its own
sender's signature of the same body. What is asynchronous is awaited, one after the other: its time is latency.
ratio = the peer's time / ours: above 1 ours is faster`;
}

const caseOf = (row) => `${row.runtime} ${row.case}`;

const COLUMNS = [
  { title: "runtime", cell: ({ runtime }) => runtime },
  { title: "case", cell: (row) => row.case },
  { title: "bytes", isNumber: true, cell: ({ bytes }) => String(bytes) },
  { title: "peer", cell: ({ peer }) => peer },
  { title: "peer ns", isNumber: true, cell: ({ peer_ns }) => peer_ns.toFixed(0) },
  { title: "ours ns", isNumber: true, cell: ({ ours_ns }) => ours_ns.toFixed(0) },
  { title: "ratio", isNumber: true, cell: ({ ratio }) => ratio.toFixed(2) },
];
