// Periods that listening sources do not have, although there were plays: another source has them, or the habit was broken.
import { groupIntoLists } from "../../model/grouping.ts";
import { computeDayStart, daySeconds } from "../../model/times.ts";
import type { HolesDocument } from "../documents/sync-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { queryOneRow, queryRows, queryValues, rawSql, sql, type Sql } from "../../store/file/sql.ts";
import { listeningSourceId, readOtherSources } from "../../store/plays/merged-plays.ts";
import { createChanceEstimator, type ListenedDay } from "./silence-chance.ts";
import { findSilences, type PlayedDay } from "./silences.ts";
import { querySources, type SourceStats } from "./sources.ts";

export interface SourceHole {
  /** certain: another source has plays. probable: no source has any, on days of a daily habit. */
  readonly kind: "certain" | "probable";
  /** null: all sources. */
  readonly source: Pick<SourceStats, "name" | "title"> | null;
  /** Local days without plays, as numbers. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** The source has no plays since. The last day is the one before the source was last read. */
  readonly isOpen: boolean;
  /** Sources that have plays of these days, the most first. */
  readonly others: readonly { readonly name: string; readonly title: string; readonly plays: number }[];
  /** Says what would fill the hole. */
  readonly remedy: string;
}

interface PlaysOfDay {
  plays: number;
  readonly firstUts: number;
  /** If only the day is known, its last second. */
  lastUts: number;
}

/** A source with the days on which it has plays. */
interface DatedSource extends SourceStats {
  readonly id: number;
  readonly days: ReadonlyMap<number, PlaysOfDay>;
  readonly firstDay: number;
  readonly lastDay: number;
  /** Exclusive. Of a service that is read by syncs, the day of the last reading. */
  readonly endDay: number;
}

/** A shorter silence is no hole. It need not begin at midnight. */
const minSilentDays = 3;
/** Another source has at least this many plays in a certain hole. */
const minMissingPlays = 5;
/** A source should have the plays of another one if it has this share of them before and after. */
const minSharedPart = 2 / 3;
/** The days on each side whose plays are compared. */
const comparedDays = 14;
/** A probable hole comes by chance at most once in this number of days. */
const daysPerChance = 2000;

export type HolesResult = ReturnType<typeof querySourceHoles>;

export function querySourceHoles(database: Database) {
  const { uncompared, ...others } = querySources(database);
  const sources = others.sources.filter(({ title, plays }) => title !== uncompared && plays > 0);
  const dated = readDays(database, sources);
  const holes = [...findCertainHoles(database, dated), ...findProbableHoles(database, dated)].toSorted(
    (a, b) =>
      b.lastDay - a.lastDay ||
      b.firstDay - a.firstDay ||
      (a.source?.title ?? "").localeCompare(b.source?.title ?? ""),
  );
  return {
    /** The newest first. */
    holes,
    certain: holes.filter(({ kind }) => kind === "certain").length,
    /** The titles of the sources that have dated plays. */
    titles: dated.map(({ title }) => title),
    /** The service whose history is missing, so that it can't be compared; null: nothing is missing. */
    uncompared,
  };
}

/** Sources without any dated play are left out. */
function readDays(database: Database, sources: readonly SourceStats[]): DatedSource[] {
  const ids = new Map(readOtherSources(database).map(({ id, name }) => [name, id]));
  return sources.flatMap((source) => {
    const id = ids.get(source.name) ?? listeningSourceId;
    const days = readPlaysByDay(database, source, id);
    const playedDays = [...days.keys()];
    const [firstDay, lastDay] = [playedDays[0], playedDays.at(-1)];
    if (firstDay === undefined || lastDay === undefined) return [];
    const { kind, readUts, stoppedUts, refusal } = source;
    const isRead = kind === "service" && stoppedUts === null && refusal === null;
    const endDay = Math.max(lastDay + 1, isRead && readUts !== null ? toDayNumber(readUts) : 0);
    return { ...source, id, days, firstDay, lastDay, endDay };
  });
}

/** The days are in order. */
function readPlaysByDay(database: Database, { kind }: SourceStats, id: number): Map<number, PlaysOfDay> {
  const table = id === listeningSourceId ? rawSql("scrobble") : rawSql("source_play");
  const plays = sql`FROM ${table} WHERE source_id = ${id} AND uts > 0`;
  // Two clients may have sent one play.
  const repeats = kind === "client" ? sql`GROUP BY play_uts, play_track_id, play_occurrence` : sql``;
  const days = new Map<number, PlaysOfDay>();
  let [day, toUts] = [0, 0];
  for (const uts of queryValues<number>(database)`SELECT uts ${plays} ${repeats} ORDER BY uts`) {
    if (uts >= toUts) {
      day = toDayNumber(uts);
      toUts = computeDayNumberStart(day + 1);
    }
    const known = days.get(day);
    if (known === undefined) days.set(day, { plays: 1, firstUts: uts, lastUts: uts });
    else {
      known.plays += 1;
      known.lastUts = uts;
    }
  }
  for (const uts of queryValues<number>(database)`
    SELECT DISTINCT uts ${plays} AND precision_seconds = ${daySeconds}`) {
    const known = days.get(toDayNumber(uts));
    if (known !== undefined) known.lastUts = uts + daySeconds - 1;
  }
  return days;
}

/** Days since 1970 of the local calendar. */
function toDayNumber(uts: number): number {
  const date = new Date(uts * 1000);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (daySeconds * 1000);
}

function computeDayNumberStart(day: number): number {
  const date = new Date(day * daySeconds * 1000);
  return computeDayStart(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
}

/** 2026-02-15 */
export function formatDayNumber(day: number): string {
  return new Date(day * daySeconds * 1000).toISOString().slice(0, 10);
}

function findCertainHoles(database: Database, sources: readonly DatedSource[]): SourceHole[] {
  const playedDays = [...new Set(sources.flatMap(({ days }) => [...days.keys()]))].toSorted((a, b) => a - b);
  return sources.flatMap((source) => {
    const { name, title, endDay } = source;
    const found = new Map<number, DayRange>();
    for (const other of sources) {
      if (other === source) continue;
      const sharedDays = listSharedDays(source, other);
      for (const { beforeDay, afterDay } of findSilences(sharedDays, 1)) {
        const missing = listSilentRanges(source, beforeDay, afterDay ?? endDay).filter(
          (range) => countPlays(other, range) >= minMissingPlays,
        );
        const listSides = (days: readonly number[]): number[][] => {
          const before = days.filter((day) => day <= beforeDay).slice(-comparedDays);
          if (afterDay === null) return [before];
          return [before, days.filter((day) => day >= afterDay).slice(0, comparedDays)];
        };
        const isExpected =
          missing.length > 0 &&
          listSides(playedDays).every(isFrequent) &&
          listSides(sharedDays.map(({ day }) => day)).every((days) =>
            hasMostPlays(database, source, other, days),
          );
        if (isExpected) for (const range of missing) found.set(range.firstDay, range);
      }
    }
    return [...found.values()].map((range) => {
      const isOpen = range.lastDay === endDay - 1;
      const others = sources
        .map((other) => ({ name: other.name, title: other.title, plays: countPlays(other, range) }))
        .filter(({ plays }) => plays > 0)
        .toSorted((a, b) => b.plays - a.plays);
      const remedy = buildCertainRemedy(source, { isOpen, others });
      return { kind: "certain" as const, source: { name, title }, ...range, isOpen, others, remedy };
    });
  });
}

/** The days on which both have plays, each with the number of days after it on which only the other one has some. */
function listSharedDays(source: DatedSource, other: DatedSource): PlayedDay[] {
  const days = [...other.days.keys()].filter((day) => day >= source.firstDay && day < source.endDay);
  const shared = [...days.keys()].filter((at) => source.days.has(days[at] ?? 0));
  return shared.map((at, index) => ({
    day: days[at] ?? 0,
    gap: (shared[index + 1] ?? days.length) - at - 1,
  }));
}

interface DayRange {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The whole days between `beforeDay` and `toDay` on which the source has no plays for long enough. */
function listSilentRanges({ days }: DatedSource, beforeDay: number, toDay: number): DayRange[] {
  const ranges: DayRange[] = [];
  let lastPlayedDay = beforeDay;
  for (let day = beforeDay + 1; day <= toDay; day += 1) {
    const plays = days.get(day);
    if (plays === undefined && day < toDay) continue;
    const untilUts = plays?.firstUts ?? computeDayNumberStart(day);
    const seconds = untilUts - (days.get(lastPlayedDay)?.lastUts ?? 0);
    if (seconds >= minSilentDays * daySeconds) ranges.push({ firstDay: lastPlayedDay + 1, lastDay: day - 1 });
    lastPlayedDay = day;
  }
  return ranges;
}

function countPlays({ days }: DatedSource, { firstDay, lastDay }: DayRange): number {
  let plays = 0;
  for (let day = firstDay; day <= lastDay; day += 1) plays += days.get(day)?.plays ?? 0;
  return plays;
}

/** true if most of these days follow another one within two days. Who plays less has no habit that shows what is missing. */
function isFrequent(days: readonly number[]): boolean {
  return days.filter((day, at) => day - (days[at - 1] ?? 0) <= 2).length > days.length / 2;
}

/** true if the source has most plays of the other one on these days. */
function hasMostPlays(
  database: Database,
  source: DatedSource,
  other: DatedSource,
  days: readonly number[],
): boolean {
  const bounds = days.map((day) => [computeDayNumberStart(day), computeDayNumberStart(day + 1)] as const);
  const [fromUts, toUts] = [bounds[0]?.[0] ?? 0, bounds.at(-1)?.[1] ?? 0];
  const [ownTable, ownKey] = getMergedPlays(source);
  const [otherTable, otherKey] = getMergedPlays(other);
  // The other's clock may be hours off.
  const own = sql`SELECT ${ownKey} FROM ${ownTable}
    WHERE source_id = ${source.id} AND uts >= ${fromUts - daySeconds} AND uts < ${toUts + daySeconds}`;
  const [{ plays, shared }] = queryOneRow<{ readonly plays: number; readonly shared: number }>(database)`
    SELECT count(*) AS plays, count(*) FILTER (WHERE (${otherKey}) IN (${own})) AS shared
    FROM json_each(${JSON.stringify(bounds)}) AS day CROSS JOIN ${otherTable}
    WHERE source_id = ${other.id} AND uts >= day.value ->> 0 AND uts < day.value ->> 1`;
  return shared >= plays * minSharedPart;
}

/** The table of a source's plays, and its columns that say which merged play each is part of. */
function getMergedPlays({ id }: DatedSource): [table: Sql, key: Sql] {
  return id === listeningSourceId
    ? [rawSql("scrobble"), rawSql("uts, track_id, occurrence")]
    : [rawSql("source_play"), rawSql("play_uts, play_track_id, play_occurrence")];
}

function buildCertainRemedy(
  { name, title, kind }: DatedSource,
  { isOpen, others }: Pick<SourceHole, "isOpen" | "others">,
): string {
  if (kind === "file") return `import a newer or more complete export of ${title}: rewind import FILE`;
  if (isOpen)
    return `check that your player sends plays to ${title}; if you left it: rewind sources stop ${name}`;
  if (name === "listenbrainz") return "send it the missing plays: rewind send plays --to listenbrainz";
  const why = name === "lastfm" ? `${title} takes no old plays, and ` : "";
  return `nothing to do: ${why}rewind counts those of ${others[0]?.title ?? ""}`;
}

function findProbableHoles(database: Database, sources: readonly DatedSource[]): SourceHole[] {
  const lastDay = findLatest(sources.map((source) => source.lastDay));
  // A service without plays in the last days of the record has ended, and is no reason to expect more.
  const current = sources.filter((source) => lastDay - source.lastDay < minSilentDays);
  const endDay = findLatest(current.map((source) => source.endDay));
  const played = listPlayedDays(database, sources, endDay);
  const estimateChance = createChanceEstimator(played, endDay);
  return findSilences(played, minSilentDays)
    .filter((silence) => estimateChance(silence) * daysPerChance <= 1)
    .map(({ beforeDay, afterDay }) => {
      const range = { firstDay: beforeDay + 1, lastDay: (afterDay ?? endDay) - 1 };
      const isOpen = afterDay === null;
      const remedy = isOpen
        ? `check that your player sends plays to ${listTitles(current)}, then: rewind sync`
        : buildFileRemedy(sources, range);
      return { kind: "probable" as const, source: null, ...range, isOpen, others: [], remedy };
    });
}

function findLatest(days: readonly number[]): number {
  return days.reduce((latest, day) => Math.max(latest, day), 0);
}

/**
 * The days with plays of any source or with logged plays, each with the number of days left out after it. A gap of two days
 * or more counts by its spans of 24 hours, because it need not begin at midnight.
 */
function listPlayedDays(
  database: Database,
  sources: readonly DatedSource[],
  endDay: number,
): (PlayedDay & ListenedDay)[] {
  const logged = queryRows<Pick<PlaysOfDay, "firstUts" | "lastUts">>(database)`
    SELECT from_uts AS firstUts, to_uts AS lastUts FROM logged_play`;
  const all = [
    ...sources.flatMap(({ days }) => [...days]),
    ...logged.map((play) => [toDayNumber(play.firstUts), play] as const),
  ];
  const played = groupIntoLists(all, ([day]) => day)
    .map((ofDay) => ({
      day: ofDay[0][0],
      firstUts: ofDay.reduce((first, [, { firstUts }]) => Math.min(first, firstUts), Infinity),
      lastUts: ofDay.reduce((last, [, { lastUts }]) => Math.max(last, lastUts), 0),
    }))
    .toSorted((a, b) => a.day - b.day);
  return played.map(({ day, firstUts, lastUts }, index) => {
    const next = played[index + 1] ?? { day: endDay, firstUts: computeDayNumberStart(endDay) };
    const days = next.day - day - 1;
    const startUts = computeDayNumberStart(day);
    return {
      day,
      gap: days < 2 ? days : Math.floor((next.firstUts - lastUts) / daySeconds),
      firstSeconds: firstUts - startUts,
      lastSeconds: lastUts - startUts,
    };
  });
}

/** Names the files that end before the hole, if there are any. */
function buildFileRemedy(sources: readonly DatedSource[], { firstDay }: DayRange): string {
  const ended = sources.filter(({ kind, lastDay }) => kind === "file" && lastDay < firstDay);
  return ended.length === 0
    ? "import the history of the player that you used: rewind import FILE"
    : `import a newer export of ${listTitles(ended)}: rewind import FILE`;
}

function listTitles(sources: readonly DatedSource[]): string {
  return sources.map(({ title }) => title.replace(/ export$/, "")).join(" or ");
}

export function buildHolesDocument({ holes, certain }: HolesResult): HolesDocument {
  return {
    data: holes.map(({ kind, source, firstDay, lastDay, isOpen, others, remedy }) => ({
      kind,
      source: source?.name ?? null,
      first_day: formatDayNumber(firstDay),
      last_day: isOpen ? null : formatDayNumber(lastDay),
      days: lastDay - firstDay + 1,
      others: others.map(({ name, plays }) => ({ name, plays })),
      remedy,
    })),
    summary: { certain, probable: holes.length - certain },
  };
}
