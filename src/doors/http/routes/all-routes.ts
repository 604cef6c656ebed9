// All routes, in the order of the documentation.
import { openApiDocument, openApiSchema } from "../openapi.ts";
import { action, type Question, type Route } from "../route.ts";
import { chartRoutes } from "./charts.ts";
import { shelfQuestions, search, crossReference } from "./questions.ts";
import { collectingRoutes } from "./collecting.ts";
import { healthRoutes } from "./health.ts";
import { listeningRoutes } from "./listening.ts";
import { keyRoutes, logHeard, syncRoutes } from "./actions.ts";

const described: readonly Route[] = [
  crossReference,
  ...collectingRoutes,
  ...shelfQuestions,
  ...listeningRoutes,
  ...chartRoutes,
  logHeard,
  search,
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
