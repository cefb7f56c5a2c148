// In workerd, where the clock stands still inside a request: whoever asks measures.
import { comparison } from "./comparison.mjs";

let prepared;

export default {
  async fetch(request) {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/prepare") {
      prepared = await comparison(searchParams.get("what"), searchParams.get("peer"), await request.text());
      return Response.json(prepared.row);
    }
    await prepared[searchParams.get("side")](Number(searchParams.get("count")));
    return new Response();
  },
};
