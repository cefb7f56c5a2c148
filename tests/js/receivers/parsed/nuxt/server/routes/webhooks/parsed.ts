import receiver from "./twenty";

export default defineEventHandler(async (event) => {
  await readBody(event);
  return receiver(event);
});
