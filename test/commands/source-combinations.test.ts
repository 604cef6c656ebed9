// Homes with Discogs and the sources of plays that people have: the built program answers every question, all answers
// agree, and no text names a service that is not there.
import { expect, test } from "vitest";
import { noPlaysNotice } from "../../src/commands/shared/syncing/notice.ts";
import { listCommandLines } from "../support/declarations.ts";
import { startMcpProcess } from "../support/mcp-client.ts";
import { sampleItems } from "../support/sampling.ts";
import { createCliFixture, type CliFixture } from "../support/cli-fixture.ts";
import { listDatedPlays, startListenBrainzWith, writeSpotifyDownload } from "../support/other-histories.ts";
import { runProcess, type ProcessResult } from "../support/run-process.ts";
import type { SourcesDocument } from "../../src/queries/documents/sync-documents.ts";
import type { RecapDocument, TopAlbumsDocument } from "../../src/queries/documents/play-documents.ts";
import type { HaveDocument } from "../../src/queries/documents/record-documents.ts";
import type { StatsDocument } from "../../src/queries/documents/statistics-documents.ts";
import type { Play } from "../support/service-data.ts";

const withoutLastfm = { LASTFM_API_KEY: "", LASTFM_USERNAME: "" };

type Env = Readonly<Record<string, string>>;

interface CrossReference {
  readonly data: readonly {
    readonly collection: { readonly id: number; readonly discogs_id: number; readonly title: string };
    readonly listening: { readonly play_count: number; readonly last_played: string | null };
  }[];
  readonly summary: { readonly total_matches: number; readonly unlistened_count: number };
}

interface Chart {
  readonly data: readonly { readonly name: string; readonly detail: string; readonly playcount: number }[];
}

function createHomeRunner(fixture: CliFixture, extra: Env) {
  const env = { ...fixture.env, ...extra };
  const runCommand = async (...argv: string[]): Promise<ProcessResult> => {
    const result = await runProcess(argv, { home: fixture.home, env });
    expect({ argv, code: result.code, stderr: result.code === 0 ? "" : result.stderr }).toEqual({
      argv,
      code: 0,
      stderr: "",
    });
    return result;
  };
  return {
    run: runCommand,
    /** The same without a process, for many lines. Its time is that of the stand-ins. */
    runInside: async (argv: readonly string[]) => fixture.rewind(argv, { env }),
    json: async <Document>(...argv: string[]) =>
      JSON.parse((await runCommand(...argv, "--json")).stdout) as Document,
    path: fixture.home,
    env,
  };
}

type HomeRunner = ReturnType<typeof createHomeRunner>;

/** Answers of `rewind serve`, in the order of the paths. */
async function askOverHttp<Answers>(
  { run, path, env }: HomeRunner,
  paths: readonly string[],
): Promise<Answers> {
  const key = (await run("keys", "create")).stdout.trim();
  let answers: Promise<unknown[]> = Promise.resolve([]);
  const { code } = await runProcess(["serve", "--port", "0"], {
    home: path,
    env,
    onOutput: (text, _, child) => {
      const [, base] = /Listening on (http:\/\/[^ ]+)\/v1 /.exec(text) ?? [];
      if (base === undefined) return;
      const fetchJson = async (each: string): Promise<unknown> =>
        (await fetch(base + each, { headers: { authorization: `Bearer ${key}` } })).json();
      answers = Promise.all(paths.map(fetchJson)).finally(() => child.kill("SIGTERM"));
    },
  });
  expect(code).toBe(0);
  return (await answers) as Answers;
}

/** Answers of `rewind mcp`, in the order of the tools. */
async function askOverMcp<Answers>(
  { path, env }: HomeRunner,
  tools: readonly [string, object][],
): Promise<Answers> {
  const client = await startMcpProcess(["mcp"], path, env);
  const answers = await Promise.all(
    tools.map(([name, values]) => client.callTool({ name, arguments: { ...values } })),
  );
  return answers.map(({ structuredContent }) => structuredContent) as Answers;
}

/** The whole number that a text shows at this place. */
const parseShownNumber = (text: string, pattern: RegExp): number =>
  Number((pattern.exec(text)?.[1] ?? "").replaceAll(",", "") || Number.NaN);

function expectEqualFigures(figures: Readonly<Record<string, unknown>>): void {
  const [first] = Object.values(figures);
  expect(first ?? null).not.toBeNaN();
  expect(figures).toEqual(Object.fromEntries(Object.keys(figures).map((name) => [name, first])));
}

function requireFirst<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("no rows");
  return row;
}

type TopAlbum = TopAlbumsDocument["data"][number];

interface SqlRow {
  readonly plays: number;
  readonly dated: number;
  readonly topPlays: number;
  readonly bestPlays: number;
  readonly lastPlayed: string | null;
  readonly records: number;
  readonly matched: number;
  readonly never: number;
}

const formatAlbum = (row?: Pick<TopAlbum, "artist_name" | "album_name" | "play_count">): string | null =>
  row === undefined ? null : `${row.artist_name} ${row.album_name} ${row.play_count}`;

/** Asks every question of the built program, and expects that their figures are the same. Returns the number of plays. */
async function expectAgreement(home: HomeRunner): Promise<number> {
  const { run, json } = home;
  const { data, summary } = await json<CrossReference>("xref", "--all");
  const records = new Map(data.map(({ collection, listening }) => [collection.id, listening]));
  const { collection, listening: best } = requireFirst(data);
  const stats = await json<StatsDocument>("stats");
  const recap = await json<RecapDocument>("recap", "2000..");
  const [top] = (await json<TopAlbumsDocument>("top")).data;
  const sources = await json<SourcesDocument>("sources");
  const statement = `SELECT (SELECT count(*) FROM scrobbles) AS plays,
    (SELECT count(*) FROM scrobbles WHERE played_uts > 0) AS dated,
    (SELECT count(*) FROM scrobbles JOIN albums ON albums.id = album_id WHERE albums.id = ${top?.album_id ?? 0})
      AS topPlays,
    (SELECT play_count FROM records WHERE id = ${collection.id}) AS bestPlays,
    (SELECT last_played FROM records WHERE id = ${collection.id}) AS lastPlayed,
    (SELECT count(*) FROM records) AS records,
    (SELECT count(*) FROM records WHERE match_type <> 'none') AS matched,
    (SELECT count(*) FROM records WHERE play_count = 0) AS never`;
  const sql = requireFirst(await json<SqlRow[]>("sql", statement));
  const [page, table] = [(await run("report", "--out", "-")).stdout, (await run("xref")).stdout];
  type HttpAnswers = [CrossReference, { total_scrobbles: number }, Chart, SourcesDocument];
  const [crossed, heard, charted, byHttp] = await askOverHttp<HttpAnswers>(home, [
    "/v1/collecting/cross-reference?limit=100",
    "/v1/listening/stats",
    "/v1/listening/top/albums?period=overall",
    "/v1/sources",
  ]);
  type Tools = [CrossReference, TopAlbumsDocument, RecapDocument, StatsDocument, SourcesDocument];
  const [toolCrossed, toolTop, toolRecap, toolStats, toolSources] = await askOverMcp<Tools>(home, [
    ["cross_reference", { limit: 10 }],
    ["top", { limit: 10 }],
    ["recap", { during: "2000.." }],
    ["collection_stats", {}],
    ["sources", {}],
  ]);

  const owned = await json<HaveDocument>("have", `r${collection.discogs_id}`);
  const untagged = stats.plays.no_album_tag ?? Number.NaN;
  expectEqualFigures({
    sources: sources.plays,
    stats: stats.scrobbles,
    SQL: sql.plays,
    "stats over HTTP": heard.total_scrobbles,
    "sources over HTTP": byHttp.plays,
    "stats over MCP": toolStats.scrobbles,
    "sources over MCP": toolSources.plays,
    "plays by album": stats.plays.owned + stats.plays.not_owned + untagged,
    report:
      parseShownNumber(page, /<dt>plays at home<\/dt>\s*<dd><strong>([\d,]+)/) +
      parseShownNumber(page, /<dt>plays away<\/dt>\s*<dd><strong>([\d,]+)/) +
      untagged,
  });
  expectEqualFigures({ recap: recap.plays, "recap over MCP": toolRecap.plays, SQL: sql.dated });
  expectEqualFigures({ xref: data.length, stats: stats.records, SQL: sql.records });
  expectEqualFigures({
    xref: summary.total_matches,
    stats: stats.records - stats.match_types.none,
    SQL: sql.matched,
    HTTP: crossed.summary.total_matches,
    MCP: toolCrossed.summary.total_matches,
  });
  expectEqualFigures({
    xref: summary.unlistened_count,
    stats: stats.records - stats.scrobbled,
    SQL: sql.never,
    HTTP: crossed.summary.unlistened_count,
    MCP: toolCrossed.summary.unlistened_count,
  });
  const [chart] = charted.data;
  expectEqualFigures({
    top: formatAlbum(top),
    "top over MCP": formatAlbum(toolTop.data[0]),
    "top over HTTP": formatAlbum(
      chart && { artist_name: chart.detail, album_name: chart.name, play_count: chart.playcount },
    ),
    recap: formatAlbum((recap.top_albums ?? [])[0]),
  });
  expectEqualFigures({ top: top?.play_count ?? 0, SQL: sql.topPlays });
  const [byServer, byTool] = [requireFirst(crossed.data).listening, requireFirst(toolCrossed.data).listening];
  expectEqualFigures({
    xref: best.play_count,
    SQL: sql.bestPlays,
    HTTP: byServer.play_count,
    MCP: byTool.play_count,
    have: owned.records.find((copy) => copy.collection.id === collection.id)?.play_count,
  });
  expectEqualFigures({
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
  const figures = best.last_played === null ? "" : ` ${best.play_count} .*${best.last_played.slice(0, 10)}`;
  expect(line).toMatch(new RegExp(figures));
  const [release] = data.filter(({ listening }) => listening.play_count === 0).map((row) => row.collection);
  const copies = data.filter((row) => row.collection.discogs_id === release?.discogs_id).length;
  await run("played", String(release?.id));
  const after = await json<CrossReference>("xref");
  expect(after.summary.unlistened_count).toBe(summary.unlistened_count - copies);
  return sql.plays;
}

async function readTotals({
  json,
}: HomeRunner): Promise<{ readonly plays: number; readonly records: unknown }> {
  const { plays } = await json<SourcesDocument>("sources");
  return { plays, records: await json("xref", "--all") };
}

const services = { lastfm: /last\.?fm/i, listenbrainz: /listenbrainz/i } as const;

interface PreparedHome {
  readonly home: HomeRunner;
  readonly played: number;
}

/** "run" starts a process; "runInside" does not. */
type PrepareHome = (
  fixture: CliFixture,
  start: (home: HomeRunner, ...argv: string[]) => Promise<unknown>,
) => Promise<PreparedHome>;

const prepareDiscogsOnly: PrepareHome = async (fixture, start) => {
  const home = createHomeRunner(fixture, withoutLastfm);
  await start(home, "sync");
  return { home, played: 0 };
};

const prepareWithListenBrainz: PrepareHome = async (fixture, start) => {
  const plays = listDatedPlays(fixture);
  const home = createHomeRunner(fixture, { ...withoutLastfm, ...(await startListenBrainzWith(plays)) });
  await start(home, "sync");
  return { home, played: plays.length };
};

/** The file comes first, then a sync reads the records. */
const prepareWithSpotify: PrepareHome = async (fixture, start) => {
  const plays = listDatedPlays(fixture);
  const home = createHomeRunner(fixture, withoutLastfm);
  await start(home, "import", writeSpotifyDownload(fixture.home, plays));
  await start(home, "sync");
  return { home, played: plays.length };
};

const prepareWithoutLastfm: PrepareHome = async (fixture, start) => {
  const plays = listDatedPlays(fixture);
  const listens = await startListenBrainzWith(plays.filter((_, at) => at % 3 > 0));
  const home = createHomeRunner(fixture, { ...withoutLastfm, ...listens });
  await start(home, "sync");
  const streamed = plays.filter((_, at) => at % 2 > 0);
  await start(home, "import", writeSpotifyDownload(fixture.home, streamed));
  return { home, played: plays.filter((_, at) => at % 6 > 0).length };
};

/** ListenBrainz has the last plays of Last.fm, and newer ones. */
const prepareWithStoppedLastfm: PrepareHome = async (fixture, start) => {
  const before = createHomeRunner(fixture, {});
  await start(before, "sync");
  await start(before, "sources", "stop", "lastfm");
  const plays = listDatedPlays(fixture).toSorted((a, b) => a.uts - b.uts);
  const [last] = plays.slice(-1);
  const newer = plays.slice(0, 20).map((play, at) => ({ ...play, uts: (last?.uts ?? 0) + (at + 1) * 900 }));
  const home = createHomeRunner(fixture, await startListenBrainzWith([...plays.slice(-100), ...newer]));
  await start(home, "sync");
  const played = fixture.worlds.lastfm.listener.plays.rows.length + newer.length;
  return { home, played };
};

const prepareWithLastfm: PrepareHome = async (fixture, start) => {
  const home = createHomeRunner(fixture, {});
  await start(home, "sync");
  return { home, played: fixture.worlds.lastfm.listener.plays.rows.length };
};

/** Checks that all is as before once the other sources are removed. */
const prepareWithAllSources: PrepareHome = async (fixture, start) => {
  const plays = listDatedPlays(fixture);
  const lastfm = createHomeRunner(fixture, {});
  await start(lastfm, "sync");
  const before = await readTotals(lastfm);
  const home = createHomeRunner(fixture, await startListenBrainzWith(plays.filter((_, at) => at % 3 > 0)));
  const lastUts = Math.max(...plays.map(({ uts }) => uts));
  // The album is in Last.fm's chart; these plays are not.
  const known = plays.find(({ album }) => album !== "") as Play;
  const missing = [1, 2, 3].map((nth) => ({ ...known, uts: lastUts - nth * 40_000 }));
  const streamed = writeSpotifyDownload(fixture.home, [...plays.filter((_, at) => at % 2 > 0), ...missing]);
  await start(home, "sync");
  await start(home, "import", streamed);
  await start(home, "sources", "remove", "spotify", "--yes");
  await start(home, "sources", "remove", "listenbrainz", "--yes");
  expect(await readTotals(lastfm)).toEqual(before);
  await start(home, "sync");
  await start(home, "import", streamed);
  return { home, played: before.plays + missing.length };
};

interface SourceCombination {
  readonly name: string;
  readonly prepare: PrepareHome;
  /** Services that are not connected, and that no play came from. */
  readonly unknown: readonly (keyof typeof services)[];
}

const homes: readonly SourceCombination[] = [
  { name: "Discogs alone", prepare: prepareDiscogsOnly, unknown: ["lastfm", "listenbrainz"] },
  { name: "Discogs and ListenBrainz", prepare: prepareWithListenBrainz, unknown: ["lastfm"] },
  {
    name: "Discogs and the zip of Spotify",
    prepare: prepareWithSpotify,
    unknown: ["lastfm", "listenbrainz"],
  },
  { name: "Discogs, ListenBrainz and Spotify", prepare: prepareWithoutLastfm, unknown: ["lastfm"] },
  { name: "a stopped Last.fm, and ListenBrainz since", prepare: prepareWithStoppedLastfm, unknown: [] },
  { name: "Last.fm with Pro", prepare: prepareWithLastfm, unknown: ["listenbrainz"] },
  { name: "Last.fm, ListenBrainz and Spotify", prepare: prepareWithAllSources, unknown: [] },
];
const incompleteHomes = homes.filter(({ unknown }) => unknown.length > 0);

test.each(sampleItems("homes", homes, 1, 3))(
  "counts each play once in every interface: $name",
  async ({ prepare }) => {
    const { home, played } = await prepare(await createCliFixture(), (each, ...argv) => each.run(...argv));
    expect(await expectAgreement(home)).toBe(played);
  },
);

/** A key of JSON, and a setting of the stand-ins' environment. */
const ownNames = /"(?:lastfm|listenbrainz)": ?null|lastfm_api_url/gi;

/** These name every service: they explain, connect, disconnect or send to one, or show the sample. */
const namesAll = ["login", "logout", "config", "completion", "demo", "send"];

test.each(sampleItems("unnamed services", incompleteHomes, 1, 1))(
  "names no service that is not connected: $name",
  async ({ prepare, unknown }) => {
    const { home } = await prepare(await createCliFixture(), (each, ...argv) => each.runInside(argv));
    const found: string[] = [];
    for (const argv of await listCommandLines()) {
      if (namesAll.includes(argv[0] ?? "")) continue;
      const { stdout, stderr } = await home.runInside(argv);
      const lines = `${stdout}\n${stderr}`.replaceAll(noPlaysNotice, "").replaceAll(ownNames, "").split("\n");
      for (const service of unknown) {
        const name = services[service];
        if (argv.some((word) => name.test(word))) continue;
        // An offer to connect the service.
        const line = lines.find((each) => name.test(each) && !each.includes("rewind login"));
        if (line !== undefined) found.push(`rewind ${argv.join(" ")}: ${line}`);
      }
    }
    expect(found).toEqual([]);
  },
);
