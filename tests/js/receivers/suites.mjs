// The public suite of replay stores, as tests of node:test, and clients whose answers get lost.
import { describe, test } from "node:test";

import { installed } from "./support.mjs";

const { testReplayStore } = installed("twenty-webhook/testing");

/** Registers the cases. `open` gives a client, and what `store` makes a store of. */
export function suite(name, makeStore, options) {
  describe(`the suite, with ${name}`, () => {
    for (const { name: title, run } of testReplayStore(makeStore, options)) test(title, run);
  });
}

/** The client, but the answer to its next call of a method gets lost on the way if it is told so. */
export function losing(client, method) {
  let isLost = false;
  const lose = async (answer) => {
    const isThisOne = isLost;
    isLost = false;
    await answer;
    if (isThisOne) throw new Error("Connection terminated unexpectedly");
    return answer;
  };
  const proxy = new Proxy(client, {
    get(target, name) {
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return name === method ? (...given) => lose(value.apply(target, given)) : value.bind(target);
    },
  });
  return { client: proxy, loseAnswer: () => (isLost = true) };
}
