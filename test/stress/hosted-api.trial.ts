// Checks that answers are what the hosted service says that it answers, by its own description, which is given by
// its path, HOSTED_OPENAPI=… . Each path of it that is answered here gets generated questions.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildOpenApiDocument } from "../../src/interfaces/http/openapi.ts";
import { buildRoutes } from "../../src/interfaces/http/routes/all-routes.ts";
import {
  checkGeneratedRequests,
  listOperations,
  createValidator,
  type DescribedPath,
  type Description,
} from "../interfaces/http/generated-requests.ts";
import { createSharedHome } from "../support/filled-cache.ts";
import { generateServiceData } from "../support/generated-data.ts";
import { serveCache } from "../support/served-cache.ts";

const runs = Number(process.env["GENERATED_REQUESTS"] ?? "200");
const hosted = JSON.parse(readFileSync(process.env["HOSTED_OPENAPI"] ?? "", "utf8")) as Description;
const ownDescription = buildOpenApiDocument(
  buildRoutes("0.0.0-test"),
  "0.0.0-test",
) as unknown as Description;
const listReadPaths = (description: Description): DescribedPath[] =>
  listOperations(description).filter(({ method }) => method === "GET");
const ownPaths = new Set(listReadPaths(ownDescription).map(({ path }) => path));

/** The service describes these figures bare, sends them wrapped in data, and its clients read them so. */
function toSentForm(described: DescribedPath): DescribedPath {
  const { path, operation } = described;
  const answer = operation.responses["200"]?.content?.["application/json"];
  if (path !== "/v1/collecting/stats" || answer === undefined) return described;
  const schema = { type: "object", properties: { data: answer.schema }, required: ["data"] };
  const responses = { ...operation.responses, 200: { content: { "application/json": { schema } } } };
  return { ...described, operation: { ...operation, responses } };
}

/** Refusals that it doesn't declare are in its envelope all the same. */
function addRefusals({ operation, ...others }: DescribedPath): DescribedPath {
  const schema = { $ref: "#/components/schemas/ErrorResponse" };
  const refusal = { content: { "application/json": { schema } } };
  return {
    ...others,
    operation: { ...operation, responses: { 400: refusal, 404: refusal, ...operation.responses } },
  };
}

/** The service describes numbers in a path as any text. */
function restrictNumbers({ operation, ...others }: DescribedPath): DescribedPath {
  const parameters = (operation.parameters ?? []).map((parameter) =>
    parameter.in === "path"
      ? {
          ...parameter,
          schema: {
            type: "integer",
            ...(parameter.name === "year" ? { minimum: 2020, maximum: 2026 } : { minimum: 1, maximum: 60 }),
          },
        }
      : parameter,
  );
  return { ...others, operation: { ...operation, parameters } };
}

const sharedPaths = listReadPaths(hosted)
  .filter(({ path }) => ownPaths.has(path))
  .map(toSentForm)
  .map(addRefusals)
  .map(restrictNumbers);
const validator = createValidator(hosted);

const { discogs, lastfm } = generateServiceData({ records: 120, albums: 90, plays: 900, wants: 12 });
const home = createSharedHome({
  records: discogs.shelf.records.rows,
  wants: discogs.shelf.wants.rows,
  plays: lastfm.listener.plays.rows,
});

test("answers all paths of the collection, of listening and of search", () => {
  const missing = listReadPaths(hosted)
    .map(({ path }) => path)
    .filter((path) => /^\/v1\/(?:collecting|listening|search|health)/.test(path) && !ownPaths.has(path));
  expect(missing).toEqual([]);
});

test.each(sharedPaths.map((each) => [each.path, each] as const))("%s", async (path, described) => {
  const served = serveCache(home);
  const statuses = await checkGeneratedRequests(served, described, { validator, runs, seed: 11 });
  expect(served.failures).toEqual([]);
  expect([path, statuses.has(200)]).toEqual([path, true]);
});

test("answers every page of the cross-reference as described", async () => {
  const served = serveCache(home);
  const path = "/v1/collecting/cross-reference";
  const described = sharedPaths.find((each) => each.path === path) as DescribedPath;
  for (let page = 1; page <= 13; page++) {
    const answer = await served.ask(`${path}?limit=10&page=${page}`);
    expect([page, await validator.faultsOf(described, answer)]).toEqual([page, []]);
  }
});
