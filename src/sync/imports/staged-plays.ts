// Holds the rows of files in a temporary database: they come unsorted from many files, and would not fit in memory.
import { createSongNumbering } from "../../merge/track-names.ts";
import type { SourcePlay } from "../../model/listening-sources.ts";
import { toQuarter } from "../../model/times.ts";
import {
  type FileFormat,
  type FileSink,
  type PlayPart,
  UnreadableFile,
  type ZonelessTime,
} from "../../sources/files/file-format.ts";
import type { ImportBudget } from "../../sources/files/import-budget.ts";
import {
  maxCopyGapSeconds,
  type LeftOutRule,
  maxResumeGapSeconds,
  findLeftOutRule,
} from "../../sources/files/play-rules.ts";
import { openTemporary } from "../../store/file/database.ts";
import type { ImportedPlay } from "./import-plays.ts";

/** A file that was read. */
export interface StagedFile {
  readonly name: string;
  readonly format: FileFormat;
  /** The sources of its plays, the one with most plays first. */
  readonly sources: readonly string[];
  readonly hasPlays: boolean;
  /** The kinds of times without a zone that it has. */
  readonly zonelessTimes: ReadonlySet<ZonelessTime>;
  /** The facts that all of its rows lack; null if it has no rows, or some that can be read. */
  readonly missingFacts: string | null;
}

export type Stage = ReturnType<typeof createStage>;

const tables = `
  CREATE TABLE play (
    id INTEGER PRIMARY KEY, source TEXT, file INTEGER, play TEXT, part TEXT, -- JSON
    uts INTEGER, precision_seconds INTEGER, artist TEXT, album TEXT, title TEXT, source_key TEXT,
    -- null for a source with no parts of plays
    track_key TEXT, played_ms REAL, local_day INTEGER, fallback_artist TEXT);
  CREATE TABLE hint (title TEXT, artist TEXT, album TEXT, local_day INTEGER);`;

interface Row {
  readonly play: SourcePlay;
  readonly part: PlayPart | null;
}

export function createStage(budget: ImportBudget) {
  const database = openTemporary();
  database.exec(
    `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000; ${tables} BEGIN`,
  );
  const insertPlay = database.prepare(`INSERT INTO play VALUES (NULL${", ?".repeat(14)})`);
  database.function("to_song", createSongNumbering());
  const insertHint = database.prepare("INSERT INTO hint VALUES (?, ?, ?, ?)");
  const fileNames: string[] = [];
  const leftOut = new Map<string, Map<LeftOutRule, number>>();

  const leaveOut = (source: string, rule: LeftOutRule, rows = 1): void => {
    if (rows === 0) return;
    const counts = leftOut.get(source) ?? new Map<LeftOutRule, number>();
    counts.set(rule, (counts.get(rule) ?? 0) + rows);
    leftOut.set(source, counts);
  };

  const removeCopies = (): void => {
    for (const source of listSources()) {
      for (const copies of [sameStartSql, closeStartSql, sameRowSql]) {
        const { changes } = database.prepare(`DELETE FROM play WHERE id IN (${copies})`).run({ source });
        leaveOut(source, "copy", changes);
      }
    }
  };

  const listSources = (): string[] => {
    const names = database.prepare<[], string>("SELECT DISTINCT source FROM play").pluck().all();
    return [...new Set([...names, ...leftOut.keys()])].toSorted();
  };

  return {
    /** Takes the rows of a file. Call finish() after the last one. */
    sink(format: FileFormat, fileName: string): FileSink & { hasPlays(): boolean; finish(): StagedFile } {
      const file = fileNames.push(fileName) - 1;
      const plays = new Map<string, number>();
      const leftOutRows = new Map<LeftOutRule, number>();
      const zonelessTimes = new Set<ZonelessTime>();
      return {
        addPlay(play, part) {
          budget.takePlay(fileName);
          const source = format.sourceOf?.(play) ?? format.source;
          plays.set(source, (plays.get(source) ?? 0) + 1);
          const { startUts, precisionSeconds, artist, album, title, sourceKey } = play;
          const { trackKey = null, playedMs = null, localDay = null, fallbackArtist = null } = part ?? {};
          const names = [startUts, precisionSeconds, artist, album, title, sourceKey];
          const partJson = part === undefined ? null : JSON.stringify(part);
          const facts = [trackKey, playedMs, localDay, fallbackArtist];
          insertPlay.run(source, file, JSON.stringify(play), partJson, ...names, ...facts);
        },
        leaveOut: (rule) => void leftOutRows.set(rule, (leftOutRows.get(rule) ?? 0) + 1),
        addArtistHint: ({ title, artist, album, localDay }) =>
          void insertHint.run(title, artist, album, localDay),
        reportZonelessTime: (kind) => void zonelessTimes.add(kind),
        hasPlays: () => plays.size > 0,
        finish() {
          const played = [...plays].toSorted(([, a], [, b]) => b - a).map(([source]) => source);
          const [main = format.source, ...others] = played;
          for (const [rule, rows] of leftOutRows) leaveOut(main, rule, rows);
          return {
            name: fileName,
            format,
            sources: [main, ...others],
            hasPlays: plays.size > 0,
            zonelessTimes,
            missingFacts: plays.size === 0 ? describeMissingFacts(leftOutRows) : null,
          };
        },
      };
    },
    /** Call it once, after the last row. Names artists, removes copies. */
    finish(): void {
      database.exec("CREATE INDEX play_time ON play (source, uts)");
      if (listSources().includes("apple")) {
        const { changes } = database.prepare("DELETE FROM play WHERE source = 'apple-daily'").run();
        leaveOut("apple", "totals", changes);
        database.exec(nameArtists);
      }
      removeCopies();
    },
    sources: listSources,
    /** Yields the plays once, in the order of time. Rules that need the whole play add to the rows that were left out. */
    *plays(source: string): Iterable<ImportedPlay> {
      let whole: Row | null = null;
      const countPlay = createCrowdCounter();
      const rows = database.prepare<
        [string],
        {
          readonly uts: number;
          readonly file: number;
          readonly artist: string;
          readonly play: string;
          readonly part: string | null;
        }
      >(
        "SELECT uts, file, artist, play, part FROM play WHERE source = ? ORDER BY uts, precision_seconds, id",
      );
      for (const { uts, file, artist, play, part } of rows.iterate(source)) {
        countPlay(uts, fileNames[file] ?? "");
        const row: Row = {
          play: { ...(JSON.parse(play) as SourcePlay), artist },
          part: part === null ? null : (JSON.parse(part) as PlayPart),
        };
        const longer: Row | null = whole && joinInterrupted(whole, row);
        if (longer !== null) leaveOut(source, "resumed");
        else if (whole !== null) yield* toImportedPlays(whole);
        whole = longer ?? row;
      }
      if (whole !== null) yield* toImportedPlays(whole);

      function* toImportedPlays({ play, part }: Row): Iterable<ImportedPlay> {
        const rule = part && findLeftOutRule(part);
        if (rule !== null) leaveOut(source, rule);
        else yield { play, playedMs: part?.playedMs ?? null };
      }
    },
    leftOut: (source: string): ReadonlyMap<LeftOutRule, number> => leftOut.get(source) ?? new Map(),
    close: () => void database.close(),
  };
}

function describeMissingFacts(leftOut: ReadonlyMap<LeftOutRule, number>): string | null {
  const rules = [...leftOut.keys()];
  if (rules.length === 0 || !rules.every((rule) => rule === "nameless" || rule === "undated")) return null;
  return rules.includes("nameless") ? "an artist, a track and a time" : "a time from 2002 to today";
}

/** Nobody starts a track twice in one second: the longer row has the whole play. */
const sameStartSql = `
  SELECT id FROM (
    SELECT id, row_number() OVER (PARTITION BY track_key, uts ORDER BY played_ms DESC, id) AS number
    FROM play WHERE source = @source AND track_key IS NOT NULL)
  WHERE number > 1`;

/** Two plays of one track can't overlap. */
const closeStartSql = `
  SELECT id FROM (
    SELECT id, played_ms, uts - lag(uts) OVER (PARTITION BY track_key, played_ms ORDER BY uts) AS gap
    FROM play WHERE source = @source AND track_key IS NOT NULL)
  WHERE gap < min(${maxCopyGapSeconds}, played_ms / 1000 - 1)`;

/**
 * Equal rows of one file are repeats, unless the source has a key for each play. Equal rows of two files are one play, so the
 * file with most of them has them all. importPlays() has the same rule of what is equal. Most rows need no song.
 */
const sameRowSql = `
  SELECT id FROM (
    SELECT id, source_key, file,
      row_number() OVER (PARTITION BY uts, identity ORDER BY id) AS number,
      first_value(file) OVER (PARTITION BY uts, identity ORDER BY count DESC, file) AS fullest
    FROM (
      SELECT id, source_key, file, uts, identity, count(*) OVER (PARTITION BY uts, identity, file) AS count
      FROM (
        SELECT *, CASE
          WHEN uts <= 0 OR precision_seconds = 86400 THEN json_array(artist, title, source_key)
          WHEN source_key IS NOT NULL THEN 'key ' || source_key
          WHEN uts IN (
            SELECT uts FROM play WHERE source = @source GROUP BY uts
            HAVING min(file) < max(file) AND (min(artist) < max(artist) OR min(title) < max(title)))
          THEN to_song(artist, title) ELSE title END AS identity
        FROM play WHERE source = @source AND track_key IS NULL)))
  WHERE iif(source_key IS NULL, file <> fullest, number > 1)`;

/** Plays that begin in one second, and the plays of a quarter, are in memory at once. Nobody has nearly as many. */
const maxSimultaneousPlays = 50_000;
const maxPlaysInQuarter = 100_000;

/** Returns a function that counts a play, in order of time. Throws UnreadableFile for too many at once. */
function createCrowdCounter(): (uts: number, file: string) => void {
  const [second, quarter] = [
    { of: -1, plays: 0 },
    { of: -1, plays: 0 },
  ];
  const countInPeriod = (span: typeof second, of: number): number => {
    span.plays = span.of === of ? span.plays + 1 : 1;
    span.of = of;
    return span.plays;
  };
  return (uts, file) => {
    const isCrowded =
      countInPeriod(second, uts) > maxSimultaneousPlays ||
      countInPeriod(quarter, toQuarter(uts)) > maxPlaysInQuarter;
    if (isCrowded)
      throw new UnreadableFile(file, null, "it has far more plays in a short time than a history has");
  };
}

/** The hints from the surest to the least sure; a title that several artists share names none. */
const nameArtists = `
  CREATE TABLE by_album AS SELECT title, album, min(artist) AS artist FROM hint WHERE album IS NOT NULL
    GROUP BY title, album HAVING min(artist) = max(artist);
  CREATE TABLE by_day AS SELECT title, local_day, min(artist) AS artist FROM hint WHERE local_day IS NOT NULL
    GROUP BY title, local_day HAVING min(artist) = max(artist);
  CREATE TABLE by_title AS SELECT title, min(artist) AS artist FROM hint
    GROUP BY title HAVING min(artist) = max(artist);
  CREATE INDEX by_album_key ON by_album (title, album);
  CREATE INDEX by_day_key ON by_day (title, local_day);
  CREATE INDEX by_title_key ON by_title (title);
  UPDATE play SET artist = coalesce(
    (SELECT artist FROM by_album AS h WHERE h.title = play.title AND h.album = play.album),
    (SELECT artist FROM by_day AS h WHERE h.title = play.title AND h.local_day = play.local_day),
    (SELECT artist FROM by_title AS h WHERE h.title = play.title),
    fallback_artist)
  WHERE source = 'apple' AND artist = ''`;

/** Joins a row with the next one if that continues it; else null. Nothing else was played between the two. */
function joinInterrupted({ play, part: before }: Row, { play: { startUts }, part }: Row): Row | null {
  if (part === null || part.trackKey !== before?.trackKey || !before.isInterrupted) return null;
  const isNext =
    part.fromMs !== null && before.toMs !== null
      ? part.fromMs === before.toMs
      : startUts - before.endUts < maxResumeGapSeconds;
  const { endUts, isPlayedOut, isInterrupted, toMs } = part;
  const playedMs = before.playedMs + part.playedMs;
  return isNext ? { play, part: { ...before, endUts, isPlayedOut, isInterrupted, toMs, playedMs } } : null;
}
