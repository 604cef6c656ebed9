// The description and the answers are of one piece: whatever is asked of a path, it answers as it is described.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { buildRoutes } from "../../../src/interfaces/http/routes/all-routes.ts";
import { buildOpenApiDocument } from "../../../src/interfaces/http/openapi.ts";
import { createSharedHome } from "../../support/filled-cache.ts";
import { generateServiceData } from "../../support/generated-data.ts";
import type { SyncManager, SyncRun } from "../../../src/queries/shelf/sync-manager.ts";
import { noSyncs, serveCache } from "../../support/served-cache.ts";
import { runCli } from "../../support/run-cli.ts";
import { createSharedDirectory, createTempDirectory } from "../../support/temp-directories.ts";
import {
  checkGeneratedRequests,
  listOperations,
  createValidator,
  type Description,
} from "./generated-requests.ts";

const description = buildOpenApiDocument(buildRoutes("0.0.0-test"), "0.0.0-test") as unknown as Description;
const operations = listOperations(description);
const validator = createValidator(description);
/** The number of requests. To try more, with other seeds: GENERATED_REQUESTS=200 GENERATED_SEED=1. */
const runs = Number(process.env["GENERATED_REQUESTS"] ?? "6");
const seed = Number(process.env["GENERATED_SEED"] ?? "7");

const { discogs, lastfm } = generateServiceData({ records: 80, albums: 60, plays: 500, wants: 8 });
const home = createSharedHome({
  records: discogs.shelf.records.rows,
  wants: discogs.shelf.wants.rows,
  folders: discogs.shelf.folders.rows,
  customFields: discogs.shelf.fields.rows,
  plays: lastfm.listener.plays.rows,
});

/** Plays of a file, and no account of Discogs yet. */
const playsAlone = createSharedDirectory("rewind-home");
beforeAll(async () => {
  const file = join(playsAlone, "plays.csv");
  writeFileSync(file, "artist,album,track,time\nCan,Tago Mago,Paperhouse,2026-02-02T10:08:00Z\n");
  await runCli(["import", file], { home: playsAlone });
});

const [started_at, finished_at] = ["2026-03-14T11:59:00Z", "2026-03-14T12:00:00Z"];
const done = { scope: "all", status: "completed", started_at, finished_at, steps: [] } as const;
const run: SyncRun = { ...done, error: null, changes: 3, wasBusy: false };
const syncs: SyncManager = { ...noSyncs, getLastRun: () => run, start: () => Promise.resolve(run) };

test("the default of a parameter with several values is a list", () => {
  const parameters = buildOpenApiDocument(buildRoutes("0.0.0-test"), "0.0.0-test")["paths"] as Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly { readonly name: string }[] }>>>
  >;
  const tracks = parameters["/v1/collecting/gaps"]?.["get"]?.parameters?.find(
    ({ name }) => name === "tracks",
  );
  expect(tracks).toMatchObject({ schema: { type: "array", default: ["4.."] } });
  expect(JSON.stringify(description)).not.toMatch(/"items":\{[^{}]*"default"/);
});

test.each(operations.map((each) => [`${each.method} ${each.path}`, each] as const))(
  "%s answers as described for generated requests",
  async (name, described) => {
    const served = serveCache(described.method === "GET" ? home : createTempDirectory(), { syncs });
    const statuses = await checkGeneratedRequests(served, described, { validator, runs, seed });
    const { status: plainStatus } = await served.ask(described.path, {
      method: described.method,
      headers: { authorization: `Bearer ${served.admin}` },
    });
    expect(served.failures).toEqual([]);
    // A path that refuses everything would pass by refusing.
    const hasSucceeded = [200, 201, 202].some((status) => plainStatus === status || statuses.has(status));
    expect([name, hasSucceeded || name.includes("{")]).toEqual([name, true]);
  },
);

const lists = operations.filter(({ method, path }) => method === "GET" && !path.includes("{"));
/** The hosted API promises an empty list. All other questions about the collection are refused. */
const hostedCollecting = /\/(?:cross-reference|vinyl|recent|stats|wantlist|formats|genres|artists|calendar)$/;

test.each(
  lists.map((each) => {
    const { path } = each;
    const isRefused =
      path === "/v1/card.svg" || (path.startsWith("/v1/collecting/") && !hostedCollecting.test(path));
    return [path, isRefused ? 409 : 200, each] as const;
  }),
)("before anything is synced, and with plays alone, %s answers with %i", async (path, status, described) => {
  for (const directory of [createTempDirectory(), playsAlone]) {
    const { ask, admin } = serveCache(directory);
    const required = (described.operation.parameters ?? []).filter(
      (parameter) => parameter.required === true,
    );
    const query = required.map(({ name }) => `${name}=blue`).join("&");
    const answer = await ask(`${path}?${query}`, { headers: { authorization: `Bearer ${admin}` } });
    expect([path, answer.status]).toEqual([path, status]);
    expect(await validator.faultsOf(described, answer)).toEqual([]);
  }
});

test("serves the document built from the routes to everyone", async () => {
  const { ask } = serveCache(createTempDirectory());
  const answer = await ask("/v1/openapi.json", { headers: { authorization: "" } });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(description)));
});
