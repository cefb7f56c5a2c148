import { type RouteConfig, route } from "@react-router/dev/routes";

export default [route("webhooks/twenty", "routes/twenty.ts"), route("webhooks/parsed", "routes/parsed.ts")] satisfies RouteConfig;
