// All routes, in the order of the documentation.
import { openApiDocument, openApiSchema } from "../openapi.ts";
import { action, type Question, type Route } from "../route.ts";
import { keyRoutes } from "./admin-keys.ts";
import { chartRoutes } from "./charts.ts";
import { listeningRoutes } from "./listening.ts";
import { collectingRoutes } from "./collecting.ts";
import { crossReference } from "./cross-reference.ts";
import { healthRoutes } from "./health.ts";
import { questionRoutes } from "./collecting-questions.ts";
import { logHeard } from "./played.ts";
import { searchRoutes } from "./search.ts";
import { syncRoutes } from "./sync.ts";

const described: readonly Route[] = [
  crossReference,
  ...collectingRoutes,
  ...questionRoutes,
  ...listeningRoutes,
  ...chartRoutes,
  logHeard,
  ...searchRoutes,
  ...healthRoutes,
  ...syncRoutes,
  ...keyRoutes,
];

/** `version` is that of the program. */
export function routesOf(version: string): readonly Route[] {
  const openApi = action({
    method: "get",
    path: "/v1/openapi.json",
    access: "open",
    summary: "This document",
    parameters: {},
    schema: openApiSchema,
    // Anybody may ask for it, so all answers share these bytes.
    act: (): object => (bytes ??= Buffer.from(JSON.stringify(openApiDocument(routes, version)))),
  });
  const routes = [...described, openApi];
  let bytes: Buffer | undefined;
  return routes;
}

/** The routes that are answered from the cache. */
export const questions: readonly Question[] = described.filter(
  (route): route is Question => "answer" in route,
);
