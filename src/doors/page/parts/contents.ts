// The contents of a page, from the same questions that the commands ask.
import {
  breakDown,
  byOwnOrder,
  partOfEachRecord,
  type DimensionName,
} from "../../../queries/figures/breakdown.ts";
import { ask as askDusty, defaultIdle } from "../../../queries/albums/dusty.ts";
import type { RecordFilter } from "../../../queries/filters/record-filter.ts";
import type { Span } from "../../../queries/conditions/span.ts";
import { usualPerArtist } from "../../../queries/records/copies.ts";
import { firstPlaysByYear } from "../../../queries/time/first-plays.ts";
import { ask as askGaps } from "../../../queries/albums/gaps.ts";
import { groupedBy } from "../../../queries/figures/played-most.ts";
import { playedPeriods, playsByDay } from "../../../queries/figures/periods.ts";
import type { RecordSort } from "../../../queries/records/record-order.ts";
import { askOverTime } from "../../../queries/shelf/stats-by.ts";
import { ask as askStats } from "../../../queries/shelf/stats.ts";
import { ask as askTop } from "../../../queries/top/top.ts";
import { ask as askXref, type XrefBrief } from "../../../queries/records/xref.ts";
import { collectionServiceOf, listeningServiceOf } from "../../../sources/service-lookup.ts";
import { readAccounts } from "../../../store/file/cache-facts.ts";
import type { Database } from "../../../store/file/database.ts";

export type WallForm = "sized" | "dimmed";

export interface ReportQuestion {
  /** For the records on the wall and in the lists. Its span applies to all plays. */
  readonly filter: RecordFilter;
  readonly sort: RecordSort;
  readonly reverse?: boolean;
  readonly groupBy: DimensionName | null;
  readonly wall: WallForm;
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

export type ReportContents = ReturnType<typeof collect>;
/** The parts that need the listening history. */
export type HistoryContents = NonNullable<ReportContents["history"]>;

const firstPage = { page: 1, limit: 24 };
const listedOfYear = { page: 1, limit: 5 };

/** Throws NotReadyError for a span without a complete listening history. */
export function collect(database: Database, question: ReportQuestion) {
  const { filter, nowUts } = question;
  const span = filter.during ?? null;
  const accounts = readAccounts(database);
  const stats = askStats(database, { span });
  const { during: _, ...ofAllTime } = filter;
  const never = askXref(database, {
    filter: { kind: ["album"], perArtist: usualPerArtist, ...ofAllTime, never: true },
    sort: "artist-plays",
    paging: firstPage,
    isCollapsed: true,
  });
  const contents = {
    question,
    owner: {
      collection: accounts[collectionServiceOf(accounts).id] ?? "",
      listening: accounts[listeningServiceOf(accounts).id] ?? "",
      playsFrom: stats.playsFrom,
    },
    stats,
    pressed: breakDown(database, "decade", span),
    original: breakDown(database, "original-decade", span),
    never: {
      rows: [...never.briefs].filter(({ artistPlays }) => (artistPlays ?? 0) > 0),
      total: never.lineTotal + never.leftOut.length,
    },
    gaps: askGaps(database, {
      filter: span === null ? {} : { during: span },
      sort: "plays",
      hidden: false,
      paging: firstPage,
      nowUts,
    }),
    /** null: the history is hidden or incomplete. */
    history: stats.history === "complete" ? historyContents(database, nowUts, span, ofAllTime) : null,
  };
  // Last, since the records of a large shelf take as much memory as all other answers.
  const xref = askXref(database, { ...question, paging: null, isCollapsed: true });
  return {
    ...contents,
    records: xref.total,
    wall: groupsOf(database, Array.from(xref.briefs, tileOf), question.groupBy),
  };
}

function tileOf({ id, releaseId, title, artist, playCount, lastPlayedUts, copies = 1 }: XrefBrief): Tile {
  return { id, releaseId, title, artist, playCount, lastPlayedUts, copies };
}

function groupsOf(
  database: Database,
  tiles: readonly Tile[],
  groupBy: DimensionName | null,
): readonly WallGroup[] {
  if (groupBy === null) return tiles.length === 0 ? [] : [{ part: null, records: tiles }];
  const partOf = partOfEachRecord(database, groupBy);
  const compare = byOwnOrder(groupBy);
  return [...groupedBy(tiles, ({ id }) => partOf.get(id) ?? null)]
    .map(([part, records]) => ({ part, records }))
    .toSorted((a, b) => compare(a.part, b.part));
}

function historyContents(database: Database, nowUts: number, span: Span | null, ofAllTime: RecordFilter) {
  const years = playedPeriods(database, "year", span);
  const dusty = askDusty(database, {
    filter: ofAllTime,
    idle: defaultIdle,
    nowUts,
    sort: "asleep",
    paging: firstPage,
  });
  return {
    days: playsByDay(database, span),
    stream: askOverTime(database, {
      by: "genre",
      over: years.length <= 3 ? "month" : years.length <= 25 ? "quarter" : "year",
      span,
      sort: "plays",
      paging: null,
    }),
    dusty: { rows: [...dusty.rows], total: dusty.total },
    bought: firstPlaysByYear(database, ofAllTime),
    /** Newest first. */
    years: years.toReversed().flatMap(({ name, fromUts, toUts }) => {
      const { rows, sums } = askTop(database, {
        subject: "albums",
        filter: { during: { fromUts, toUts } },
        isOwned: null,
        sort: "plays",
        paging: listedOfYear,
      });
      return rows.length === 0 ? [] : [{ year: name, albums: rows, plays: sums.plays }];
    }),
  };
}
