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
import { queryTop } from "../../../queries/top/top.ts";
import { queryXref, type XrefBrief } from "../../../queries/records/xref.ts";
import { getCollectionService, getListeningService } from "../../../sources/service-lookup.ts";
import { readAccounts } from "../../../store/file/cache-facts.ts";
import type { Database } from "../../../store/file/database.ts";

type WallStyle = "sized" | "dimmed";

export interface ReportQuery {
  /** Selects the records on the wall and in the lists. Its span applies to all plays. */
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

export type ReportContents = ReturnType<typeof readReportContents>;
/** The parts that need the listening history. */
export type HistoryContents = NonNullable<ReportContents["history"]>;

const firstPage = { page: 1, limit: 24 };
const topOfYear = { page: 1, limit: 5 };

/** Throws NotReadyError for a span without a complete listening history. */
export function readReportContents(database: Database, question: ReportQuery) {
  const { filter, nowUts } = question;
  const span = filter.during ?? null;
  const accounts = readAccounts(database);
  const stats = queryStats(database, { span });
  const { during: _, ...ofAllTime } = filter;
  const never = queryXref(database, {
    filter: { kind: ["album"], perArtist: defaultPerArtist, ...ofAllTime, never: true },
    sort: "artist-plays",
    paging: firstPage,
    isCollapsed: true,
  });
  const contents = {
    question,
    owner: {
      collection: accounts[getCollectionService(accounts).id] ?? "",
      listening: accounts[getListeningService(accounts).id] ?? "",
      playsFrom: stats.playsFrom,
      /** The names of all sources with plays. */
      playSources: querySources(database)
        .sources.filter(({ plays }) => plays > 0)
        .map(({ title }) => title),
    },
    stats,
    pressed: readParts(database, "decade", span),
    original: readParts(database, "original-decade", span),
    never: {
      rows: [...never.briefs].filter(({ artistPlays }) => (artistPlays ?? 0) > 0),
      total: never.lineTotal + never.leftOut.length,
    },
    gaps: queryGaps(database, {
      filter: span === null ? {} : { during: span },
      sort: "plays",
      hidden: false,
      paging: firstPage,
      nowUts,
    }),
    /** null: the history is hidden or incomplete. */
    history: stats.history === "complete" ? readHistoryContents(database, nowUts, span, ofAllTime) : null,
  };
  // Last, since the records of a large shelf take as much memory as all other answers.
  const xref = queryXref(database, { ...question, paging: null, isCollapsed: true });
  return {
    ...contents,
    records: xref.total,
    wall: groupTiles(database, Array.from(xref.briefs, toTile), question.groupBy),
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

function readHistoryContents(
  database: Database,
  nowUts: number,
  span: Period | null,
  ofAllTime: RecordFilter,
) {
  const years = readPeriodSeries(database, "year", span);
  const dusty = queryDusty(database, {
    filter: ofAllTime,
    idle: defaultIdle,
    nowUts,
    sort: "asleep",
    paging: firstPage,
  });
  return {
    days: countPlaysByDay(database, span),
    stream: queryPartsOverTime(database, {
      by: "genre",
      over: years.length <= 3 ? "month" : years.length <= 25 ? "quarter" : "year",
      period: span,
      sort: "plays",
      paging: null,
    }),
    dusty: { rows: [...dusty.rows], total: dusty.total },
    bought: countFirstPlaysByYear(database, ofAllTime),
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
