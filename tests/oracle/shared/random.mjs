// SplitMix64: small, seeded, the same on every machine.
const MASK = (1n << 64n) - 1n;

export class SeededRandom {
  #state;

  constructor(seed) {
    this.#state = BigInt(seed) & MASK;
  }

  bits64() {
    this.#state = (this.#state + 0x9e3779b97f4a7c15n) & MASK;
    let mixed = this.#state;
    mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & MASK;
    return mixed ^ (mixed >> 31n);
  }

  below(limit) {
    return Number(this.bits64() % BigInt(limit));
  }

  finiteDouble() {
    const view = new DataView(new ArrayBuffer(8));
    for (;;) {
      view.setBigUint64(0, this.bits64());
      const value = view.getFloat64(0);
      if (Number.isFinite(value)) return value;
    }
  }

  digits(count) {
    return Array.from({ length: count }, () => this.below(10)).join("");
  }
}
