// Homes with Discogs and one or more sources of plays: the built program answers every question, and all answers agree.
import { expect, test } from "vitest";
import { mcpProcess } from "../support/mcp-client.ts";
import { sampled } from "../support/sample.ts";
import { cliWorld, type CliWorld } from "../support/cli-world.ts";
import { datedPlays, listenBrainzOf, spotifyDownload } from "../support/other-histories.ts";
import { runProcess, type ProcessResult } from "../support/run-process.ts";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import type { RecapDocument, TopAlbumsDocument } from "../../src/queries/documents/play-documents.ts";
import type { StatsDocument } from "../../src/queries/documents/statistics-documents.ts";
import type { Play } from "../support/world.ts";

const withoutLastfm = { LASTFM_API_KEY: "", LASTFM_USERNAME: "" };

type Env = Readonly<Record<string, string>>;

interface CrossReference {
  readonly data: readonly {
    readonly collection: { readonly id: number; readonly title: string };
    readonly listening: { readonly play_count: number; readonly last_played: string | null };
  }[];
}

interface Chart {
  readonly data: readonly { readonly name: string; readonly detail: string; readonly playcount: number }[];
}

function homeOf(world: CliWorld, extra: Env) {
  const env = { ...world.env, ...extra };
  const run = async (...argv: string[]): Promise<ProcessResult> => {
    const result = await runProcess(argv, { home: world.home, env });
    expect({ argv, code: result.code, stderr: result.code === 0 ? "" : result.stderr }).toEqual({
      argv,
      code: 0,
      stderr: "",
    });
    return result;
  };
  return {
    run,
    json: async <Document>(...argv: string[]) =>
      JSON.parse((await run(...argv, "--json")).stdout) as Document,
    path: world.home,
    env,
  };
}

type Home = ReturnType<typeof homeOf>;

/** Answers of `rewind serve`, in the order of the paths. */
async function overHttp<Answers>({ run, path, env }: Home, paths: readonly string[]): Promise<Answers> {
  const key = (await run("keys", "create")).stdout.trim();
  let answers: Promise<unknown[]> = Promise.resolve([]);
  const { code } = await runProcess(["serve", "--port", "0"], {
    home: path,
    env,
    onOutput: (text, _, child) => {
      const [, base] = /Listening on (http:\/\/[^ ]+)\/v1 /.exec(text) ?? [];
      if (base === undefined) return;
      const ask = async (each: string): Promise<unknown> =>
        (await fetch(base + each, { headers: { authorization: `Bearer ${key}` } })).json();
      answers = Promise.all(paths.map(ask)).finally(() => child.kill("SIGTERM"));
    },
  });
  expect(code).toBe(0);
  return (await answers) as Answers;
}

/** Answers of `rewind mcp`, in the order of the tools. */
async function overMcp<Answers>({ path, env }: Home, tools: readonly [string, object][]): Promise<Answers> {
  const client = await mcpProcess(["mcp"], path, env);
  const answers = await Promise.all(
    tools.map(([name, values]) => client.callTool({ name, arguments: { ...values } })),
  );
  return answers.map(({ structuredContent }) => structuredContent) as Answers;
}

/** The whole number that a text shows at this place. */
const shown = (text: string, pattern: RegExp): number =>
  Number((pattern.exec(text)?.[1] ?? "").replaceAll(",", "") || Number.NaN);

function expectOne(figures: Readonly<Record<string, unknown>>): void {
  const [first] = Object.values(figures);
  expect(first ?? null).not.toBeNaN();
  expect(figures).toEqual(Object.fromEntries(Object.keys(figures).map((name) => [name, first])));
}

function firstOf<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("no rows");
  return row;
}

interface SqlRow {
  readonly plays: number;
  readonly dated: number;
  readonly topPlays: number;
  readonly bestPlays: number;
  readonly lastPlayed: string | null;
}

/** Asks every question of the built program, and expects that their figures are the same. Returns the number of plays. */
async function agreed(home: Home): Promise<number> {
  const { run, json } = home;
  const { data } = await json<CrossReference>("xref", "--all");
  const records = new Map(data.map(({ collection, listening }) => [collection.id, listening]));
  const { collection, listening: best } = firstOf(data);
  const stats = await json<StatsDocument>("stats");
  const recap = await json<RecapDocument>("recap", "2000..");
  const top = firstOf((await json<TopAlbumsDocument>("top")).data);
  const sources = await json<SourcesDocument>("sources");
  const statement = `SELECT (SELECT count(*) FROM scrobbles) AS plays,
    (SELECT count(*) FROM scrobbles WHERE played_uts > 0) AS dated,
    (SELECT count(*) FROM scrobbles JOIN albums ON albums.id = album_id WHERE albums.id = ${top.album_id})
      AS topPlays,
    (SELECT play_count FROM records WHERE id = ${collection.id}) AS bestPlays,
    (SELECT last_played FROM records WHERE id = ${collection.id}) AS lastPlayed`;
  const sql = firstOf(await json<SqlRow[]>("sql", statement));
  const [page, table] = [(await run("report", "--out", "-")).stdout, (await run("xref")).stdout];
  type HttpAnswers = [CrossReference, { total_scrobbles: number }, Chart, SourcesDocument];
  const [crossed, heard, charted, byHttp] = await overHttp<HttpAnswers>(home, [
    "/v1/collecting/cross-reference?limit=100",
    "/v1/listening/stats",
    "/v1/listening/top/albums?period=overall",
    "/v1/sources",
  ]);
  type Tools = [CrossReference, TopAlbumsDocument, RecapDocument, StatsDocument, SourcesDocument];
  const [toolCrossed, toolTop, toolRecap, toolStats, toolSources] = await overMcp<Tools>(home, [
    ["cross_reference", { limit: 10 }],
    ["top", { limit: 10 }],
    ["recap", { during: "2000.." }],
    ["collection_stats", {}],
    ["sources", {}],
  ]);

  const untagged = stats.plays.no_album_tag ?? Number.NaN;
  expectOne({
    sources: sources.plays,
    stats: stats.scrobbles,
    SQL: sql.plays,
    "stats over HTTP": heard.total_scrobbles,
    "sources over HTTP": byHttp.plays,
    "stats over MCP": toolStats.scrobbles,
    "sources over MCP": toolSources.plays,
    "plays by album": stats.plays.owned + stats.plays.not_owned + untagged,
    report:
      shown(page, /<dt>plays at home<\/dt>\s*<dd><strong>([\d,]+)/) +
      shown(page, /<dt>plays away<\/dt>\s*<dd><strong>([\d,]+)/) +
      untagged,
  });
  expectOne({ recap: recap.plays, "recap over MCP": toolRecap.plays, SQL: sql.dated });
  const albumOf = (row: Pick<typeof top, "artist_name" | "album_name" | "play_count">): string =>
    `${row.artist_name} ${row.album_name} ${row.play_count}`;
  const { detail, name, playcount } = firstOf(charted.data);
  expectOne({
    top: albumOf(top),
    "top over MCP": albumOf(firstOf(toolTop.data)),
    "top over HTTP": albumOf({ artist_name: detail, album_name: name, play_count: playcount }),
    recap: albumOf(firstOf(recap.top_albums ?? [])),
  });
  expectOne({ top: top.play_count, SQL: sql.topPlays });
  const [byServer, byTool] = [firstOf(crossed.data).listening, firstOf(toolCrossed.data).listening];
  expectOne({
    xref: best.play_count,
    SQL: sql.bestPlays,
    HTTP: byServer.play_count,
    MCP: byTool.play_count,
  });
  expectOne({
    xref: best.last_played,
    SQL: sql.lastPlayed,
    HTTP: byServer.last_played,
    MCP: byTool.last_played,
  });
  for (const {
    collection: { id },
    listening,
  } of crossed.data)
    expect(listening).toEqual(records.get(id));
  const [line = ""] = table.split("\n");
  expect(line).toContain(collection.title);
  expect(line).toMatch(new RegExp(` ${best.play_count} .*${best.last_played?.slice(0, 10)}`));
  return sql.plays;
}

async function figuresOf({ json }: Home): Promise<{ readonly plays: number; readonly records: unknown }> {
  const { plays } = await json<SourcesDocument>("sources");
  return { plays, records: await json("xref", "--all") };
}

/** The plays on which all screens and doors agree, and those that were played. */
interface Counted {
  readonly counted: number;
  readonly played: number;
}

async function withListenBrainz(): Promise<Counted> {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const home = homeOf(world, { ...withoutLastfm, ...(await listenBrainzOf(plays)) });
  await home.run("sync");
  return { counted: await agreed(home), played: plays.length };
}

/** The file comes first, then a sync reads the records. */
async function withSpotify(): Promise<Counted> {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const home = homeOf(world, withoutLastfm);
  await home.run("import", spotifyDownload(world.home, plays));
  await home.run("sync");
  return { counted: await agreed(home), played: plays.length };
}

/** Without the other sources, all is as before. */
async function withAllThree(): Promise<Counted> {
  const world = await cliWorld();
  const plays = datedPlays(world);
  const alone = homeOf(world, {});
  await alone.run("sync");
  const before = await figuresOf(alone);
  const home = homeOf(world, await listenBrainzOf(plays.filter((_, at) => at % 3 > 0)));
  const lastUts = Math.max(...plays.map(({ uts }) => uts));
  // The album is in Last.fm's chart; these plays are not.
  const known = plays.find(({ album }) => album !== "") as Play;
  const missing = [1, 2, 3].map((nth) => ({ ...known, uts: lastUts - nth * 40_000 }));
  await home.run("sync");
  await home.run("import", spotifyDownload(world.home, [...plays.filter((_, at) => at % 2 > 0), ...missing]));
  const counted = await agreed(home);
  await home.run("sources", "remove", "spotify", "--yes");
  await home.run("sources", "remove", "listenbrainz", "--yes");
  expect(await figuresOf(alone)).toEqual(before);
  return { counted, played: before.plays + missing.length };
}

test.each(
  sampled(
    "homes",
    [
      ["Discogs and ListenBrainz", withListenBrainz],
      ["Discogs and the zip of Spotify", withSpotify],
      ["Last.fm, ListenBrainz and Spotify", withAllThree],
    ] as const,
    1,
  ),
)("each play counts once on every screen and door: %s", async (_, count) => {
  const { counted, played } = await count();
  expect(counted).toBe(played);
});
