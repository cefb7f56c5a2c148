import { type RouteConfig, route } from "@react-router/dev/routes";

export default [route("webhooks/twenty", "routes/twenty.ts")] satisfies RouteConfig;
