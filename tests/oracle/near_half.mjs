// Prints numbers near a half between two doubles, each with what JSON.stringify(JSON.parse()) makes of it, one a line.
import { write } from "./shared/frames.mjs";
import { nearHalf } from "./shared/near_half.mjs";
import { SeededRandom } from "./shared/random.mjs";

const SEED = 0x7e57;
const NUMBERS = 50_000;

const random = new SeededRandom(SEED);
const line = () => {
  const number = nearHalf(random);
  return `${number} ${JSON.stringify(JSON.parse(number))}\n`;
};
await write(Array.from({ length: NUMBERS }, line).join(""));
