import type { Route } from "./+types/parsed";
import { action as receiver } from "./twenty";

export async function action({ request, ...given }: Route.ActionArgs) {
  await request.json();
  return receiver({ request, ...given });
}
