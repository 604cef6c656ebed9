// Whether what is answered is also what the hosted service says that it answers: by its own description, which is given by
// its path, HOSTED_OPENAPI=… . Each path of it that is answered here gets generated questions.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openApiDocument } from "../../src/doors/http/openapi.ts";
import { routesOf } from "../../src/doors/http/routes/all-routes.ts";
import {
  askGenerated,
  operationsOf,
  validatorOf,
  type DescribedPath,
  type Description,
} from "../doors/http/generated-requests.ts";
import { homeOf } from "../support/filled-cache.ts";
import { inventWorld } from "../support/generate.ts";
import { servedCache } from "../support/served-cache.ts";

const runs = Number(process.env["GENERATED_REQUESTS"] ?? "200");
const hosted = JSON.parse(readFileSync(process.env["HOSTED_OPENAPI"] ?? "", "utf8")) as Description;
const own = openApiDocument(routesOf("0.0.0-test"), "0.0.0-test") as unknown as Description;
const readingPaths = (description: Description): DescribedPath[] =>
  operationsOf(description).filter(({ method }) => method === "GET");
const ownPaths = new Set(readingPaths(own).map(({ path }) => path));

/** It describes these figures bare, sends them wrapped in data, and its clients read them so. */
function asSent(described: DescribedPath): DescribedPath {
  const { path, operation } = described;
  const answer = operation.responses["200"]?.content?.["application/json"];
  if (path !== "/v1/collecting/stats" || answer === undefined) return described;
  const schema = { type: "object", properties: { data: answer.schema }, required: ["data"] };
  const responses = { ...operation.responses, 200: { content: { "application/json": { schema } } } };
  return { ...described, operation: { ...operation, responses } };
}

/** Refusals that it doesn't declare are in its envelope all the same. */
function withRefusals({ operation, ...others }: DescribedPath): DescribedPath {
  const schema = { $ref: "#/components/schemas/ErrorResponse" };
  const refusal = { content: { "application/json": { schema } } };
  return {
    ...others,
    operation: { ...operation, responses: { 400: refusal, 404: refusal, ...operation.responses } },
  };
}

/** It describes numbers in a path as any text. */
function withNumbers({ operation, ...others }: DescribedPath): DescribedPath {
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

const both = readingPaths(hosted)
  .filter(({ path }) => ownPaths.has(path))
  .map(asSent)
  .map(withRefusals)
  .map(withNumbers);
const validator = validatorOf(hosted);

const { discogs, lastfm } = inventWorld({ records: 120, albums: 90, plays: 900, wants: 12 });
const home = homeOf({
  records: discogs.shelf.records.rows,
  wants: discogs.shelf.wants.rows,
  plays: lastfm.listener.plays.rows,
});

test("all paths of the collection, of listening and of search are answered", () => {
  const missing = readingPaths(hosted)
    .map(({ path }) => path)
    .filter((path) => /^\/v1\/(?:collecting|listening|search|health)/.test(path) && !ownPaths.has(path));
  expect(missing).toEqual([]);
});

test.each(both.map((each) => [each.path, each] as const))("%s", async (path, described) => {
  const served = servedCache(home);
  const statuses = await askGenerated(served, described, { validator, runs, seed: 11 });
  expect(served.failures).toEqual([]);
  expect([path, statuses.has(200)]).toEqual([path, true]);
});

test("every page of the cross-reference", async () => {
  const served = servedCache(home);
  const path = "/v1/collecting/cross-reference";
  const described = both.find((each) => each.path === path) as DescribedPath;
  for (let page = 1; page <= 13; page++) {
    const answer = await served.ask(`${path}?limit=10&page=${page}`);
    expect([page, await validator.faultsOf(described, answer)]).toEqual([page, []]);
  }
});
