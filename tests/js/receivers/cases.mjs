// The cases of a suite, run one after the other where there is no test runner.

/** How many there were, and of those that failed the name and the sentence. */
export async function runCases(cases) {
  const failed = [];
  for (const { name, run } of cases) await run().catch((error) => failed.push([name, String(error?.message)]));
  return { count: cases.length, failed };
}
