// The shelf in a few lines: how much of it is played, what is new, what happened on this day, a record to put on, and
// open questions.
import { type Visit, readVisitBefore } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { joinOr, queryRows, queryValue, rawSql } from "../../store/file/sql.ts";
import { toIsoDay } from "../../model/times.ts";
import { queryPick, type PickRow } from "../albums/pick.ts";
import {
  getDayYearsAgo,
  getRollingPeriod,
  getMonthPeriod,
  buildPeriodSql,
  type ClosedPeriod,
  type Period,
} from "../conditions/period.ts";
import type { GlanceDocument } from "../documents/statistics-documents.ts";
import { countFilteredRecords } from "../filters/record-filter.ts";
import { computeListenRate, toIsoOrNull } from "../records/json-rows.ts";
import { countReviewItems } from "../review/review-items.ts";
import { buildFirstPlayedSql, countScrobbles } from "../statistics/play-counts.ts";
import { sortByPlays } from "../statistics/played-items.ts";
import {
  readHistoryState,
  hasNoPlays,
  readPlaySources,
  readPlaysUpdatedUts,
  readSyncedUts,
} from "../statistics/readiness.ts";
import { readCollectionTotals, type CollectionTotals } from "../statistics/stats-by-dimension.ts";
import { readPlayedAlbums } from "../top/top-albums.ts";
import { querySources } from "./sources.ts";

export type GlanceResult = ReturnType<typeof queryGlance>;

/** How long ago the days are whose plays are shown. */
const anniversaries = [5, 10];

/** The same all day, however often the user looks. */
export function queryGlance(database: Database, nowUts: number) {
  const history = readHistoryState(database);
  const totals = readCollectionTotals(database, null);
  const week = getRollingPeriod("week", nowUts);
  const visit: Visit = {
    uts: nowUts,
    syncedUts: readSyncedUts(database),
    lastRecordId: queryValue(database, 0)`SELECT coalesce(max(id), 0) FROM record`,
    plays: countScrobbles(database, null),
  };
  const isWeekKnown = history === "complete" && readPlaysUpdatedUts(database) >= (week.fromUts ?? 0);
  const { rows } = queryPick(database, {
    filter: {},
    count: 1,
    seed: Number(toIsoDay(nowUts).replaceAll("-", "")),
    random: () => 0,
    proposedSinceUts: nowUts,
    nowUts,
    shelfField: null,
  });
  return {
    records: totals.records,
    /** Records with at least one play. */
    scrobbled: totals.scrobbled,
    /** The same counts when the month began; null if unknown. */
    atMonthStart:
      history === "complete" ? countRecordsBefore(database, totals, getMonthPeriod(nowUts)) : null,
    /** The next visit is compared with it. */
    visit,
    news: readNews(database, visit),
    ...readPlaySources(database),
    hasPlays: !hasNoPlays(database),
    /** The listening sources, as rewind sources lists them. */
    sources: querySources(database).sources,
    /** null: the last sync was before the week began, or there is no history. */
    week: isWeekKnown ? countPlays(database, week) : null,
    onThisDay: {
      plays: anniversaries.flatMap((yearsAgo) => {
        const day = getDayYearsAgo(nowUts, yearsAgo);
        const counts = day === null || history !== "complete" ? null : countPlays(database, day);
        return day === null || counts === null || counts.plays === 0 ? [] : { yearsAgo, day, ...counts };
      }),
      added: findRecordsAddedOnThisDay(database, nowUts),
    },
    pick: rows[0] ?? null,
    toReview: countReviewItems(database),
    syncedUts: visit.syncedUts,
  };
}

function countPlays(database: Database, span: Period) {
  const albums = readPlayedAlbums(database, span);
  return {
    plays: countScrobbles(database, span),
    albums: albums.length,
    most: sortByPlays(albums)[0] ?? null,
  };
}

type PlayedRecords = Pick<CollectionTotals, "records" | "scrobbled">;

/** The records that were there before a span that lasts until now, and those that had been played; null: none was there. */
function countRecordsBefore(
  database: Database,
  { records, scrobbled }: PlayedRecords,
  span: ClosedPeriod,
): PlayedRecords | null {
  const added = countFilteredRecords(database, { added: [span] });
  const addedAndPlayed = added - countFilteredRecords(database, { added: [span], never: true });
  const firstPlayed = queryValue(database, 0)`
    SELECT count(*) FROM record WHERE coalesce(added_uts, 0) < ${span.fromUts} AND id IN (${buildFirstPlayedSql(span)})`;
  return records === added
    ? null
    : { records: records - added, scrobbled: scrobbled - addedAndPlayed - firstPlayed };
}

/** Counts what came since the last visit of another day; null: this is the first one. */
function readNews(database: Database, visit: Visit) {
  const before = readVisitBefore(database, visit.uts);
  if (before === null) return null;
  return {
    sinceUts: before.uts,
    records: queryValue(database, 0)`SELECT count(*) FROM record WHERE id > ${before.lastRecordId}`,
    plays: Math.max(0, visit.plays - before.plays),
    wants: queryValue(database, 0)`SELECT count(*) FROM want WHERE added_uts > ${before.syncedUts}`,
  };
}

interface AddedRecord {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly addedUts: number;
}

/** The records that came on this day of earlier years, the oldest first. */
function findRecordsAddedOnThisDay(database: Database, nowUts: number): AddedRecord[] {
  const firstUts = queryValue<number | null>(database, null)`SELECT min(added_uts) FROM record`;
  if (firstUts === null) return [];
  const years = new Date(nowUts * 1000).getFullYear() - new Date(firstUts * 1000).getFullYear();
  const days = Array.from({ length: years }, (_, at) => getDayYearsAgo(nowUts, at + 1) ?? []).flat();
  const addedThen = joinOr(days, (day) => buildPeriodSql(rawSql("added_uts"), day));
  return queryRows<AddedRecord>(database)`
    SELECT record.id AS id, artist, title, added_uts AS addedUts FROM record JOIN release ON release.id = release_id
    WHERE ${days.length === 0 ? rawSql("false") : addedThen} ORDER BY added_uts, record.id`;
}

export function buildGlanceDocument(answer: GlanceResult, why: (pick: PickRow) => string): GlanceDocument {
  const { records, scrobbled, atMonthStart, news, week, onThisDay, pick } = answer;
  return {
    records,
    scrobbled,
    listen_rate: computeListenRate(answer),
    listen_rate_at_month_start: atMonthStart && computeListenRate(atMonthStart),
    since_last_visit:
      news === null
        ? null
        : {
            last_visit: toIsoOrNull(news.sinceUts),
            records: news.records,
            plays: news.plays,
            wants: news.wants,
          },
    last_week: week === null ? null : toJsonCounts(week),
    on_this_day: {
      plays: onThisDay.plays.map(({ yearsAgo, day, ...counts }) => ({
        years_ago: yearsAgo,
        day: toIsoDay(day.fromUts),
        ...toJsonCounts(counts),
      })),
      records_added: onThisDay.added.map(({ id, artist, title, addedUts }) => ({
        record_id: id,
        artist,
        title,
        added_at: toIsoOrNull(addedUts),
      })),
    },
    pick:
      pick === null
        ? null
        : {
            record_id: pick.recordId,
            artist: pick.artist,
            title: pick.title,
            form: pick.form,
            why: why(pick),
          },
    to_review: answer.toReview,
    synced_at: toIsoOrNull(answer.syncedUts === 0 ? null : answer.syncedUts),
  };
}

function toJsonCounts({ plays, albums, most }: ReturnType<typeof countPlays>) {
  return {
    plays,
    albums,
    most_played_album:
      most === null ? null : { artist_name: most.artist, album_name: most.title, play_count: most.plays },
  };
}
