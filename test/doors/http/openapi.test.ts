// The description and the answers are of one piece: whatever is asked of a path, it answers as it is described.
import { expect, test } from "vitest";
import { routesOf } from "../../../src/doors/http/routes/all-routes.ts";
import { openApiDocument } from "../../../src/doors/http/openapi.ts";
import { homeOf } from "../../support/filled-cache.ts";
import { inventWorld } from "../../support/generate.ts";
import type { SyncDesk, SyncRun } from "../../../src/queries/shelf/sync-desk.ts";
import { noSyncs, servedCache } from "../../support/served-cache.ts";
import { tempDirectory } from "../../support/temp.ts";
import {
  askGenerated,
  readingPaths,
  validatorOf,
  writingPaths,
  type Description,
} from "./generated-requests.ts";

const description = openApiDocument(routesOf("0.0.0-test"), "0.0.0-test") as unknown as Description;
const paths = readingPaths(description);
const validator = validatorOf(description);
/** By hand as many as one likes, of other seeds: GENERATED_REQUESTS=200 GENERATED_SEED=1. */
const runs = Number(process.env["GENERATED_REQUESTS"] ?? "6");
const seed = Number(process.env["GENERATED_SEED"] ?? "7");

const { discogs, lastfm } = inventWorld({ records: 80, albums: 60, plays: 500, wants: 8 });
const home = homeOf({
  records: discogs.shelf.records.rows,
  wants: discogs.shelf.wants.rows,
  folders: discogs.shelf.folders.rows,
  customFields: discogs.shelf.fields.rows,
  plays: lastfm.listener.plays.rows,
});

test.each(paths.map((each) => [each.path, each] as const))(
  "%s answers as it is described, whatever it is asked",
  async (path, described) => {
    const served = servedCache(home);
    const statuses = await askGenerated(served, described, { validator, runs, seed });
    expect(served.failures).toEqual([]);
    // A path that refuses everything would pass by refusing.
    expect([path, statuses.has(200) || path.includes("{")]).toEqual([path, true]);
  },
);

test.each(writingPaths(description).map((each) => [`${each.method} ${each.path}`, each] as const))(
  "%s answers as it is described, whatever is sent along",
  async (name, described) => {
    const done = { scope: "all", outcome: "completed", startedUts: 1, finishedUts: 2, steps: [] } as const;
    const run: SyncRun = { ...done, changes: 3, failure: null, wasBusy: false };
    const syncs: SyncDesk = { ...noSyncs, last: () => run, start: () => Promise.resolve(run) };
    const served = servedCache(tempDirectory(), { syncs });
    const statuses = await askGenerated(served, described, { validator, runs, seed });
    expect(served.failures).toEqual([]);
    expect([name, [200, 201, 202].some((status) => statuses.has(status)) || name.includes("{")]).toEqual([
      name,
      true,
    ]);
  },
);

test.each(paths.filter(({ path }) => !path.includes("{")).map((each) => [each.path, each] as const))(
  "%s answers before anything is synced",
  async (path, described) => {
    const { ask, admin } = servedCache(tempDirectory());
    const required = (described.operation.parameters ?? []).filter(
      (parameter) => parameter.required === true,
    );
    const query = required.map(({ name }) => `${name}=blue`).join("&");
    const answer = await ask(`${path}?${query}`, { headers: { authorization: `Bearer ${admin}` } });
    expect([path, answer.status]).toEqual([path, 200]);
    expect(await validator.faultsOf(described, answer)).toEqual([]);
  },
);

test("the document is served to everyone, and is the one that the rows make", async () => {
  const { ask } = servedCache(tempDirectory());
  const answer = await ask("/v1/openapi.json", { headers: { authorization: "" } });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(description)));
});
