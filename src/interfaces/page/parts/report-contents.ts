// The contents of a page, from the same questions that the commands ask.
import {
  readParts,
  createPartComparator,
  readPartByRecord,
  type DimensionName,
} from "../../../queries/statistics/stats-by-dimension.ts";
import { queryDusty, defaultIdle } from "../../../queries/albums/dusty.ts";
import type { RecordFilter } from "../../../queries/filters/record-filter.ts";
import type { Period } from "../../../queries/conditions/period.ts";
import { defaultPerArtist } from "../../../queries/records/copies.ts";
import { countFirstPlaysByYear } from "../../../queries/time/first-plays.ts";
import { queryGaps } from "../../../queries/albums/gaps.ts";
import { groupByKey } from "../../../model/grouping.ts";
import { readPeriodSeries, countPlaysByDay } from "../../../queries/statistics/calendar-periods.ts";
import type { RecordSort } from "../../../queries/records/record-order.ts";
import { queryPartsOverTime } from "../../../queries/shelf/stats-by.ts";
import { querySources } from "../../../queries/shelf/sources.ts";
import { queryStats } from "../../../queries/shelf/stats.ts";
import { readPlaySources, readSyncedUts } from "../../../queries/statistics/readiness.ts";
import { queryRecap } from "../../../queries/time/recap.ts";
import { queryTop } from "../../../queries/top/top.ts";
import { queryXref, type XrefBrief } from "../../../queries/records/xref.ts";
import { getCollectionService, getListeningService } from "../../../sources/service-lookup.ts";
import { readAccounts } from "../../../store/file/cache-facts.ts";
import type { Database } from "../../../store/file/database.ts";

type WallStyle = "sized" | "dimmed";

export interface ReportQuery {
  /** Selects the records on the wall and in the lists. With a period, the page is the story of that period. */
  readonly filter: RecordFilter;
  readonly sort: RecordSort;
  readonly reverse?: boolean;
  readonly groupBy: DimensionName | null;
  readonly wall: WallStyle;
  readonly nowUts: number;
}

/** An album: the first of its copies. Only what its tile shows, because a shelf may have 100,000. */
export type Tile = Pick<
  XrefBrief,
  "id" | "releaseId" | "title" | "artist" | "playCount" | "lastPlayedUts" | "copies"
>;

export interface WallGroup {
  /** null: records without a value. */
  readonly part: string | null;
  readonly records: readonly Tile[];
}

/** The contents that both forms of the page show. */
type CommonContents = ReturnType<typeof readCommonContents>;
/** The page of a shelf: all time. */
export type AlmanacContents = CommonContents & ReturnType<typeof readAlmanacContents>;
/** The page of a period: what was heard, then what it meant for the shelf. */
export type StoryContents = CommonContents & ReturnType<typeof readStoryContents>;
export type ReportContents = AlmanacContents | StoryContents;
/** The parts of an almanac that need the listening history. */
export type HistoryContents = NonNullable<AlmanacContents["history"]>;

const firstPage = { page: 1, limit: 24 };
const topOfYear = { page: 1, limit: 5 };
/** A story shows no more tiles: it has to be small enough to be sent. */
export const maxStoryTiles = 100;

/** Throws NotReadyError for a period without a complete listening history. */
export function readReportContents(database: Database, question: ReportQuery): ReportContents {
  const { during } = question.filter;
  // The wall comes last, since the records of a large shelf take as much memory as all other answers.
  if (during !== undefined) {
    const story = readStoryContents(database, question, during);
    return { ...story, ...readCommonContents(database, question) };
  }
  const almanac = readAlmanacContents(database, question);
  return { ...almanac, ...readCommonContents(database, question) };
}

function readCommonContents(database: Database, question: ReportQuery) {
  const accounts = readAccounts(database);
  const { playsFrom } = readPlaySources(database);
  const xref = queryXref(database, { ...question, paging: null, isCollapsed: true });
  const tiles = Array.from(xref.briefs, toTile);
  const shownTiles = question.filter.during === undefined ? tiles : selectStoryTiles(tiles);
  return {
    question,
    owner: {
      collection: accounts[getCollectionService(accounts).id] ?? "",
      listening: accounts[getListeningService(accounts).id] ?? "",
      playsFrom,
      /** The names of all sources with plays. */
      playSources: querySources(database)
        .sources.filter(({ plays }) => plays > 0)
        .map(({ title }) => title),
    },
    syncedUts: readSyncedUts(database),
    records: xref.total,
    wall: groupTiles(database, shownTiles, question.groupBy),
  };
}

/** The records that were played. */
function selectStoryTiles(tiles: readonly Tile[]): readonly Tile[] {
  const playedTiles = tiles.filter(isPlayed);
  if (playedTiles.length <= maxStoryTiles) return playedTiles;
  const most = playedTiles.toSorted((a, b) => b.playCount - a.playCount).slice(0, maxStoryTiles);
  const ids = new Set(most.map(({ id }) => id));
  return playedTiles.filter(({ id }) => ids.has(id));
}

export function isPlayed({ playCount, lastPlayedUts }: Tile): boolean {
  return playCount > 0 || lastPlayedUts !== null;
}

function readStoryContents(database: Database, { nowUts }: ReportQuery, during: Period) {
  const recap = queryRecap(database, { span: during, nowUts });
  return {
    kind: "story" as const,
    recap,
    days: recap.days,
    stream: queryPartsOverTime(database, {
      by: "genre",
      over: chooseStreamUnit(database, during),
      period: during,
      sort: "plays",
      paging: null,
    }),
  };
}

function readAlmanacContents(database: Database, { filter, nowUts }: ReportQuery) {
  const stats = queryStats(database, { span: null });
  const never = queryXref(database, {
    filter: { kind: ["album"], perArtist: defaultPerArtist, ...filter, never: true },
    sort: "artist-plays",
    paging: firstPage,
    isCollapsed: true,
  });
  return {
    kind: "almanac" as const,
    stats,
    pressed: readParts(database, "decade", null),
    original: readParts(database, "original-decade", null),
    never: {
      rows: [...never.briefs].filter(({ artistPlays }) => (artistPlays ?? 0) > 0),
      total: never.lineTotal + never.leftOut.length,
    },
    gaps: queryGaps(database, { filter: {}, sort: "plays", hidden: false, paging: firstPage, nowUts }),
    /** null: the history is hidden or incomplete. */
    history: stats.history === "complete" ? readHistoryContents(database, nowUts, filter) : null,
  };
}

function toTile({ id, releaseId, title, artist, playCount, lastPlayedUts, copies = 1 }: XrefBrief): Tile {
  return { id, releaseId, title, artist, playCount, lastPlayedUts, copies };
}

function groupTiles(
  database: Database,
  tiles: readonly Tile[],
  groupBy: DimensionName | null,
): readonly WallGroup[] {
  if (groupBy === null) return tiles.length === 0 ? [] : [{ part: null, records: tiles }];
  const partById = readPartByRecord(database, groupBy);
  const compare = createPartComparator(groupBy);
  return [...groupByKey(tiles, ({ id }) => partById.get(id) ?? null)]
    .map(([part, records]) => ({ part, records }))
    .toSorted((a, b) => compare(a.part, b.part));
}

/** The more years, the longer the periods. */
function chooseStreamUnit(database: Database, span: Period | null): "month" | "quarter" | "year" {
  const { length: years } = readPeriodSeries(database, "year", span);
  return years <= 3 ? "month" : years <= 25 ? "quarter" : "year";
}

function readHistoryContents(database: Database, nowUts: number, filter: RecordFilter) {
  const years = readPeriodSeries(database, "year", null);
  const dusty = queryDusty(database, {
    filter,
    idle: defaultIdle,
    nowUts,
    sort: "asleep",
    paging: firstPage,
  });
  return {
    days: countPlaysByDay(database, null),
    stream: queryPartsOverTime(database, {
      by: "genre",
      over: chooseStreamUnit(database, null),
      period: null,
      sort: "plays",
      paging: null,
    }),
    dusty: { rows: [...dusty.rows], total: dusty.total },
    bought: countFirstPlaysByYear(database, filter),
    /** Newest first. */
    years: years.toReversed().flatMap(({ name, fromUts, toUts }) => {
      const { rows, sums } = queryTop(database, {
        subject: "albums",
        filter: { during: { fromUts, toUts } },
        isOwned: null,
        sort: "plays",
        paging: topOfYear,
      });
      return rows.length === 0 ? [] : [{ year: name, albums: rows, plays: sums.plays }];
    }),
  };
}
