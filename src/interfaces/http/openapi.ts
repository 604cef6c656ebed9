// The OpenAPI description of the API, made from its routes.
import { text, type JsonSchema } from "../../queries/documents/json-schema.ts";
import { toParameterSchema, type Parameter } from "../../queries/parameters/parameter.ts";
import { errorSchema } from "./problem.ts";
import type { Route } from "./route.ts";

const errorMeanings: Readonly<Record<number, string>> = {
  400: "A parameter is invalid: the message names it and the allowed values",
  401: "The key is missing, malformed, unknown or revoked",
  403: "The key may not do this, or the host name is not allowed",
  413: "The body is too large",
  414: "The address is too long",
  429: "Too many requests: Retry-After says when to ask again",
  500: "The server failed; its log says why",
};

/** `version` is that of the program. */
export function buildOpenApiDocument(routes: readonly Route[], version: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: buildOperation(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "rewind",
      version,
      summary: "Your record collection and your listening side by side",
      description:
        "The answers of the hosted service, from your own cache. Every error is { error, status }. Times are UTC; days, months and years follow the server's time zone.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "rewind serve" }],
    security: [{ bearerAuth: [] }],
    tags: [...tags].map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        bearerAuth: { type: "http", scheme: "bearer", description: "A key: rewind keys create" },
      },
    },
  };
}

const tags: ReadonlyMap<string, string> = new Map([
  ["Collecting", "The shelf and its plays"],
  ["Listening", "Plays"],
  ["Sources", "Listening sources"],
  ["Played", "The turntable"],
  ["Card", "Pictures of plays and shelf"],
  ["Search", "Search by words"],
  ["Card", "Pictures"],
  ["Health", "For monitors"],
  ["Sync", "Syncs"],
  ["Admin", "With an admin key"],
  ["OpenAPI", "This description"],
]);

function getTag({ path }: Route): string {
  const part = path.split("/")[2]?.replace(/\..*$/, "");
  return [...tags.keys()].find((name) => name.toLowerCase() === part) ?? "";
}

/** "getCollectingVinylId" */
function buildOperationId({ method, path }: Route): string {
  const words = path.split(/[^a-z0-9]+/i).filter((word) => word !== "" && word !== "v1");
  return [method, ...words.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join("");
}

function buildOperation(route: Route): JsonSchema {
  const { summary, details, access, parameters, status = 200, schema } = route;
  const { mediaType = "application/json" } = route;
  const isLasting = "isLasting" in route && route.isLasting;
  const events = "act" in route ? route.events : undefined;
  const headers = isLasting
    ? { headers: { ETag: { schema: text(), description: "for If-None-Match" } } }
    : {};
  const errors = listErrorStatuses(route).map(([code, description]) => [
    code,
    {
      description,
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
    },
  ]);
  return {
    operationId: buildOperationId(route),
    tags: [getTag(route)],
    summary,
    ...(details === undefined ? {} : { description: details }),
    ...(access === "open" ? { security: [] } : {}),
    parameters: Object.entries(parameters).map(([name, parameter]) => buildParameter(name, parameter)),
    ...buildRequestBody(route),
    responses: {
      [status]: {
        description: "The answer",
        ...headers,
        content: { [mediaType]: { schema }, ...(events === undefined ? {} : eventContent) },
      },
      ...(isLasting ? { 304: { description: "Your copy is current" } } : {}),
      ...Object.fromEntries(errors),
    },
  };
}

function buildRequestBody({ body, takesLines }: Route): JsonSchema {
  if (body === undefined) return {};
  const lines = takesLines === true ? { "application/x-ndjson": { schema: text() } } : {};
  return { requestBody: { content: { "application/json": { schema: body }, ...lines } } };
}

const eventContent = { "text/event-stream": { schema: text() } };

/** Status codes with their meaning on this route. */
function listErrorStatuses({ access, failures = {} }: Route): [string, string][] {
  const usual = access === "open" ? [400, 403, 414, 500] : [400, 401, 403, 413, 414, 429, 500];
  const meanings = {
    ...Object.fromEntries(usual.map((code) => [code, errorMeanings[code] ?? ""])),
    ...failures,
  };
  return Object.entries(meanings);
}

function buildParameter(
  name: string,
  { meaning, isRequired, isPart, ...parameter }: Parameter<unknown>,
): JsonSchema {
  return {
    name,
    in: isPart === true ? "path" : "query",
    description: meaning,
    ...(isPart === true || isRequired === true ? { required: true } : {}),
    schema: toParameterSchema(parameter),
  };
}
