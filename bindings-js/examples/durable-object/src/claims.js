import { DurableObject } from "cloudflare:workers";

/** One claim: Cloudflare has one object of each name in the world, and lets nothing else happen to it while it reads and writes. */
export class Claim extends DurableObject {
  /** The token that holds the claim: the one that was given, unless another came first. */
  async hold(token, ttlMs) {
    const held = await this.#held();
    if (held && held.goneAt > Date.now()) return held.token;
    const claim = { token, goneAt: Date.now() + ttlMs };
    await this.ctx.storage.put("claim", claim);
    await this.ctx.storage.setAlarm(claim.goneAt);
    return token;
  }

  async release(token) {
    const held = await this.#held();
    if (held?.token === token) await this.ctx.storage.deleteAll();
  }

  /** What is gone takes no room. */
  async alarm() {
    const held = await this.#held();
    if (held && held.goneAt > Date.now()) await this.ctx.storage.setAlarm(held.goneAt);
    else await this.ctx.storage.deleteAll();
  }

  /** @returns {Promise<{ token: string, goneAt: number } | undefined>} */
  #held() {
    return this.ctx.storage.get("claim");
  }
}

/** A replay store with an object for each key. */
export function durableReplayStore(namespace) {
  const of = (key) => namespace.get(namespace.idFromName(key));
  return {
    async claim(key, ttlMs) {
      const token = crypto.randomUUID();
      // If the answer was lost, the claim may have been made, and is found by its token.
      const holder = await of(key).hold(token, ttlMs).catch(() => of(key).hold(token, ttlMs));
      return holder === token ? token : null;
    },
    async release(key, token) {
      await of(key).release(token);
    },
  };
}
