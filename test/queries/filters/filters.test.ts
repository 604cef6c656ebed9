// Every row of the table of filters, from the command line to the answer. New rows are tried without a change here.
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readKnownValues } from "../../../src/queries/filters/filter-factories.ts";
import { toFlag, type AlbumFacts, type Filter } from "../../../src/queries/filters/filter.ts";
import type { GapsDocument } from "../../../src/queries/documents/album-documents.ts";
import { selectFilters, type Subject } from "../../../src/queries/filters/all-filters.ts";
import { parseRecordFilter } from "../../../src/queries/filters/parse-filter.ts";
import { countFilteredRecords, type RecordFilter } from "../../../src/queries/filters/record-filter.ts";
import { listRecords, type RecordRow } from "../../../src/queries/records/read-records.ts";
import { gapOrders, gapSorts } from "../../../src/queries/albums/gaps.ts";
import { recordOrders, recordSorts } from "../../../src/queries/records/record-order.ts";
import { createSharedDirectory } from "../../support/temp-directories.ts";
import { generateCache, type GeneratedCache } from "../../support/generated-cache.ts";
import { sampleItems } from "../../support/sampling.ts";
import { noon, runCli, runCliJson } from "../../support/run-cli.ts";

const nowUts = Math.floor(noon / 1000);
const commands: Readonly<Record<Subject, string>> = {
  "cross-reference": "xref",
  records: "pick",
  albums: "gaps",
};
const listFilterRows = (subject: Subject): { name: string; flag: string; row: Filter }[] =>
  selectFilters(subject).map(([name, row]) => ({ name, flag: toFlag(name, row), row }));

const directory = createSharedDirectory("rewind-filters");
const path = join(directory, "rewind.db");
let cache: GeneratedCache;

beforeAll(async () => {
  cache = await generateCache(directory, { records: 240, plays: 2_500, albums: 400, wants: 20, seed: 5 });
  // Some decisions, some ratings of every value, and spines of two kinds.
  cache.database.exec(`
    UPDATE record SET rating = id % 6;
    UPDATE release SET original_year = nullif(year, 0) - id % 7 WHERE id % 3 > 0;
    UPDATE release SET (artist, title, edition_key) = (SELECT artist, title, edition_key FROM album
        WHERE id NOT IN (SELECT album_id FROM album_match) ORDER BY play_count DESC LIMIT 1 OFFSET 1)
      WHERE id = (SELECT min(release_id) FROM want WHERE release_id NOT IN (SELECT release_id FROM record));
    UPDATE match SET decided_by = 'user' WHERE record_id % 11 = 0;
    UPDATE release_label SET catalog_number = iif(release_id % 3 = 0, 'AB 1', 'CD 1')`);
}, 60_000);

afterAll(() => void cache.database.close());

/** Spans up to days that part the records, and the albums, in halves. */
function listMiddlePeriods(): string[] {
  const times = [
    "SELECT added_uts FROM record ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM record)",
    "SELECT last_played_uts FROM album ORDER BY 1 LIMIT 1 OFFSET (SELECT count(*) / 2 FROM album)",
  ];
  return times.map((sql) => {
    const uts = cache.database.prepare<[], number>(sql).pluck().get() ?? 0;
    return `..${new Date(uts * 1000).toISOString().slice(0, 10)}`;
  });
}

/** Returns the values that this filter takes, of all that filters take. */
function listValidValues({ words, cachedValues, parse }: Filter): string[] {
  const own =
    words ??
    (cachedValues === undefined ? undefined : readKnownValues(cache.database, cachedValues).slice(0, 2));
  const anyones = ["1", "0..4", "3..", "1970s", ".5..0.9", "of", "amber", "AB", ...listMiddlePeriods()];
  return (own ?? anyones).filter((text) => {
    try {
      parse("--it", text, nowUts);
      return true;
    } catch {
      return false;
    }
  });
}

const buildArgv = (flag: string, text: string, { placeholder }: Filter): string[] =>
  placeholder === undefined ? [`--${flag}`] : [`--${flag}`, text];

async function readRecordIds(...argv: string[]): Promise<number[]> {
  const document = (await runCliJson(["xref", "--all", "--json", "--db", path, ...argv])) as {
    data: { collection: { id: number } }[];
  };
  return document.data.map(({ collection }) => collection.id).toSorted((a, b) => a - b);
}

test.each(listFilterRows("cross-reference").filter(({ name }) => name !== "perArtist"))(
  "--$flag selects some records, and its exclusion the others",
  async ({ flag, row }) => {
    const all = await readRecordIds();
    const answers: number[][] = [];
    for (const text of listValidValues(row)) {
      const ids = await readRecordIds(...buildArgv(flag, text, row));
      answers.push(ids);
      if (row.isNegation !== true) continue;
      const inside = new Set(await readRecordIds(`--${flag.slice("not-".length)}`, text));
      expect(ids).toEqual(all.filter((id) => !inside.has(id)));
    }
    expect(answers.some((ids) => ids.length > 0 && ids.length < all.length)).toBe(true);
  },
);

async function readGaps(...argv: string[]): Promise<(AlbumFacts & { readonly id: number })[]> {
  const { data } = (await runCliJson(["gaps", "--all", "--json", "--db", path, ...argv])) as GapsDocument;
  return data.map(({ album, tracks, wanted }) => ({
    id: album.id,
    artist: album.artist_name,
    title: album.album_name,
    titles: [album.album_name],
    plays: album.play_count,
    lastPlayedUts: album.last_played === null ? null : Date.parse(album.last_played) / 1000,
    tracks,
    isWanted: wanted,
  }));
}

test.each(listFilterRows("albums"))(
  "--$flag selects the albums that pass its test",
  async ({ flag, row }) => {
    const wide = ["--plays", "0..", "--tracks", "0..", "--kind", "any"];
    const all = await readGaps(...wide);
    const others = wide.filter((_, at) => wide[at - (at % 2)] !== `--${flag}`);
    const sizes: number[] = [];
    for (const text of listValidValues(row)) {
      const isLetIn = row.albums?.([row.parse("--it", text, nowUts)]);
      const left = await readGaps(...others, ...buildArgv(flag, text, row));
      const wanted = all.filter((album) => isLetIn?.(album));
      expect({ text, ids: left.map(({ id }) => id) }).toEqual({ text, ids: wanted.map(({ id }) => id) });
      sizes.push(left.length);
    }
    expect(sizes.some((size) => size > 0 && size < all.length)).toBe(true);
  },
);

describe.each(Object.entries(commands) as [Subject, string][])(
  "filters of %s, rewind %s",
  (subject, command) => {
    test("shows each filter in its help, exclusions too", async () => {
      const { stdout } = await runCli([command, "--help"]);
      const flags = listFilterRows(subject).map(({ flag }) => flag);
      expect([...stdout.matchAll(/^ {2}--(\S+)/gm)].map(([, flag]) => flag)).toEqual(
        expect.arrayContaining(flags),
      );
    });

    test("refuses what a filter does not take; text that is nowhere leaves nothing, or is left out in vain", async () => {
      for (const { flag, row } of listFilterRows(subject).filter(
        (each) => each.row.placeholder !== undefined,
      )) {
        const isText =
          row.words === undefined && row.cachedValues === undefined && listValidValues(row).includes("of");
        const { code, stdout, stderr } = await runCli([command, "--json", "--db", path, `--${flag}`, "zzz"]);
        expect({ flag, code }).toEqual({ flag, code: isText ? 0 : 2 });
        const left = row.isNegation === true ? '"data":[{' : '"data":[]';
        expect(isText ? stdout : stderr).toContain(isText ? left : "zzz");
      }
    });
  },
);

test("refuses every filter and order that needs the history without it", async () => {
  const { database } = cache;
  const history = database.prepare("SELECT * FROM publication WHERE step = 'history'").get() as object;
  database.exec("DELETE FROM publication WHERE step = 'history'");
  const asked = [
    ...(Object.entries(commands) as [Subject, string][]).flatMap(([subject, command]) =>
      listFilterRows(subject).map(({ flag, row }) => {
        const [text = ""] = listValidValues(row).toReversed();
        return { argv: [command, ...buildArgv(flag, text, row)], needs: row.needs };
      }),
    ),
    ...recordSorts.map((sort) => ({ argv: ["xref", "--sort", sort], needs: recordOrders[sort].needs })),
    ...gapSorts.map((sort) => ({ argv: ["gaps", "--sort", sort], needs: gapOrders[sort].needs })),
  ];
  try {
    for (const { argv, needs } of sampleItems("without history", asked, 40)) {
      const { code, stderr } = await runCli([...argv, "--db", path]);
      const why =
        needs === undefined
          ? /^(?:(?:No .* fits|rewind: No record has) .*\n)?$/
          : new RegExp(`^rewind: ${needs} are not known yet`);
      expect({ argv, code, stderr }).toEqual({
        argv,
        code: needs === undefined ? 0 : 5,
        stderr: expect.stringMatching(why) as string,
      });
    }
  } finally {
    const names = Object.keys(history);
    database
      .prepare(`INSERT INTO publication (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`)
      .run(...Object.values(history));
  }
});

function listRows(options: Record<string, unknown>): RecordRow[] {
  const filter = parseRecordFilter("cross-reference", options, options["words"], nowUts);
  const rows = [...listRecords(cache.database, { filter, sort: "plays", paging: null })];
  expect(countFilteredRecords(cache.database, filter)).toBe(rows.length);
  return rows;
}

function listIds(options: Record<string, unknown>): number[] {
  return listRows(options).map(({ id }) => id);
}

const sortIds = (ids: Iterable<number>): number[] => [...ids].toSorted((a, b) => a - b);

test("two filters narrow each other; a filter repeated takes any of its values; words and exclusions take all", () => {
  const jazz = new Set(listIds({ genre: ["Jazz"] }));
  expect(listIds({ genre: ["Jazz"], plays: ["1.."] })).toEqual(
    listIds({ plays: ["1.."] }).filter((id) => jazz.has(id)),
  );
  for (const [name, one, other] of [
    ["genre", "Jazz", "Hip Hop"],
    ["format", "CD", "LP"],
    ["artist", "Atlas", "amber"],
    ["match", "exact", "none"],
    ["year", "1970s", "..1965"],
    ["rating", "0", "4.."],
    ["lastPlayed", "2024", "1y"],
  ] as const) {
    const union = new Set([...listIds({ [name]: [one] }), ...listIds({ [name]: [other] })]);
    expect([name, sortIds(listIds({ [name]: [one, other] }))]).toEqual([name, sortIds(union)]);
  }
  const quiet = new Set(listIds({ notGenre: ["Jazz"] }));
  expect(listIds({ notGenre: ["Jazz", "Hip Hop"] })).toEqual(
    listIds({ notGenre: ["Hip Hop"] }).filter((id) => quiet.has(id)),
  );
  const amber = new Set(listIds({ words: ["amber"] }));
  expect(listIds({ words: ["amber", "of"] })).toEqual(
    listIds({ words: ["of"] }).filter((id) => amber.has(id)),
  );
});

test("each filter says of every record what the record says itself", () => {
  const checks: readonly (readonly [Record<string, unknown>, (row: RecordRow) => boolean])[] = [
    [{ kind: ["ep", "single"] }, (row) => row.kind === "ep" || row.kind === "single"],
    [{ kind: ["any"] }, () => true],
    [{ genre: ["JAZZ"] }, (row) => row.genres.includes("Jazz")],
    [{ genre: ["Funk / Soul"] }, (row) => row.genres.includes("Funk / Soul")],
    [{ style: ["ambient"] }, (row) => row.styles.includes("Ambient")],
    [{ format: ["cd"] }, (row) => row.format === "CD"],
    [{ format: ["2xlp"] }, (row) => row.form === "2×LP"],
    [{ folder: ["BOXES"] }, (row) => row.folder === "Boxes"],
    [{ never: true }, (row) => row.playCount === 0],
    [{ filter: "listened" }, (row) => row.playCount > 0],
    [{ filter: "unlistened" }, (row) => row.playCount === 0],
    [{ filter: "all" }, () => true],
    [{ year: ["1970s"] }, (row) => row.year !== null && row.year >= 1970 && row.year <= 1979],
    [{ rating: ["..3"] }, (row) => row.rating >= 1 && row.rating <= 3],
    [{ rating: ["0..3"] }, (row) => row.rating <= 3],
    [{ rating: ["0"] }, (row) => row.rating === 0],
    [{ plays: ["5..20"] }, (row) => row.playCount >= 5 && row.playCount <= 20],
    [{ spins: ["2.."] }, (row) => row.spins !== null && row.spins >= 2],
    [{ spins: ["..1"] }, (row) => row.spins !== null && row.spins <= 1],
    [{ confidence: ["..0.5"] }, (row) => row.confidence <= 0.5],
    [{ match: ["artist"] }, (row) => row.matchType === "artist_only"],
    [{ match: ["exact", "~"] }, (row) => row.matchType === "exact" || row.matchType === "fuzzy"],
    [{ match: ["you"] }, (row) => row.decidedBy === "user"],
    [{ title: ["OF AMBER"] }, (row) => /of amber/i.test(row.title)],
    [{ words: ["AMBER", "of"] }, (row) => /amber/i.test(`${row.artist} ${row.title}`)],
  ];
  const all = listRows({});
  for (const [options, isMeant] of checks) {
    const wanted = all.filter(isMeant).map(({ id }) => id);
    expect({ options, ids: listIds(options) }).toEqual({ options, ids: wanted });
    expect({ options, some: wanted.length > 0 }).toEqual({ options, some: true });
  }
});

test("includes the first second of a period and excludes its end", () => {
  const [row] = listRows({ plays: ["1.."] });
  if (row?.lastPlayedUts == null || row.addedUts === null) throw new Error("a record that was played");
  const { id, lastPlayedUts, addedUts } = row;
  const isListed = (filter: RecordFilter): boolean =>
    [...listRecords(cache.database, { filter, sort: "plays", paging: null })].some(
      (other) => other.id === id,
    );
  for (const [name, uts] of [
    ["lastPlayed", lastPlayedUts],
    ["added", addedUts],
  ] as const) {
    expect(isListed({ [name]: [{ fromUts: uts, toUts: uts + 1 }] })).toBe(true);
    expect(isListed({ [name]: [{ fromUts: uts + 1, toUts: null }] })).toBe(false);
    expect(isListed({ [name]: [{ fromUts: null, toUts: uts }] })).toBe(false);
    expect(isListed({ [name]: [{ fromUts: null, toUts: uts + 1 }] })).toBe(true);
  }
});
