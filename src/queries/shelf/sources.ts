// The listening sources, and what was joined.
import {
  compareSources,
  getSourceTitle,
  type SourceName,
  type SourceOffset,
} from "../../model/listening-sources.ts";
import { playTargets } from "../../model/play-targets.ts";
import { daySeconds, toIsoOrNull, computeQuarterStart } from "../../model/times.ts";
import type { SourcesDocument } from "../documents/sync-documents.ts";
import { getListeningService } from "../../sources/service-lookup.ts";
import {
  type AccountRefusal,
  readAccounts,
  readRefusal,
  readStoppedUts,
} from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import { queryOneRow, rawSql, queryRows, queryValue } from "../../store/file/sql.ts";
import { countWaiting } from "../../store/decisions/logged-plays.ts";
import { readPublication } from "../../store/file/listings.ts";
import { isHistoryKnown, listeningSourceId } from "../../store/plays/merged-plays.ts";
import { isCovered } from "../../store/plays/source-plays.ts";

export interface SourceStats {
  readonly name: string;
  readonly title: string;
  readonly kind: SourceName["kind"];
  readonly plays: number;
  readonly shared: number;
  /** null: no play has a date. */
  readonly firstUts: number | null;
  readonly lastUts: number | null;
  readonly offsets: readonly SourceOffset[];
  readonly readUts: number | null;
  /** The time since when the user wants the service not to be asked; null: it is asked, or it is a file. */
  readonly stoppedUts: number | null;
  /** The service refused the account in the last sync that asked it; null: it did not. */
  readonly refusal: AccountRefusal | null;
}

export type SourcesResult = ReturnType<typeof querySources>;

export function querySources(database: Database) {
  const offsets = readOffsetsBySource(database);
  const isKnown = isHistoryKnown(database);
  const others = queryRows<
    Omit<SourceStats, "title" | "offsets" | "stoppedUts" | "refusal"> & { id: number }
  >(database)`
    ${rawSql(`SELECT id, name, kind, read_uts AS readUts,
      iif(kind = 'client',
        -- Two clients may have sent one play.
        (SELECT count(*) FROM (SELECT DISTINCT play_uts, play_track_id, play_occurrence FROM source_play
          WHERE source_id = source.id AND play_uts IS NOT NULL)),
        (SELECT count(*) FROM source_play WHERE source_id = source.id)) AS plays,
      (SELECT coalesce(sum(shared), 0) FROM merge_quarter WHERE source_id = source.id)
        + (SELECT count(*) FROM source_play WHERE source_id = source.id AND ${isCovered}) AS shared,
      (SELECT min(uts) FROM source_play WHERE source_id = source.id AND uts > 0) AS firstUts,
      (SELECT max(uts) FROM source_play WHERE source_id = source.id AND uts > 0) AS lastUts
    FROM source WHERE id <> ${listeningSourceId}`)}`
    .filter(({ plays }) => plays > 0)
    .map(({ id, ...source }) => ({
      ...source,
      title: getSourceTitle(source.name),
      offsets: offsets.get(id) ?? [],
      stoppedUts: readStoppedUts(database, source.name),
      refusal: readRefusal(database, source.name),
    }));
  const own = readListeningServiceSource(database, isKnown);
  const derived = queryValue(
    database,
    0,
  )`SELECT count(*) FROM scrobble WHERE source_id <> ${listeningSourceId}`;
  const uncompared = own !== null && !isKnown;
  return {
    sources: [...(own === null ? [] : [own]), ...others].toSorted((a, b) => compareSources(a.name, b.name)),
    /** The merged total. Without the listening service's history, the larger of its own count and the others' count. */
    plays: uncompared ? Math.max(derived, own.plays) : derived + (own?.plays ?? 0),
    /** The listening service whose history is missing, so that plays can't be compared; null: nothing is missing. */
    uncompared: uncompared ? own.title : null,
  };
}

/** The logged plays that wait for services that the user stopped. */
export function countPlaysByStoppedService(database: Database) {
  return playTargets
    .filter((target) => readStoppedUts(database, target) !== null)
    .map((target) => ({
      name: target,
      title: getSourceTitle(target),
      plays: countWaiting(database, target),
    }))
    .filter(({ plays }) => plays > 0);
}

export interface DataEnd {
  readonly lastUts: number;
  /** The sources with a play of that day. */
  readonly titles: readonly string[];
}

/** The newest play, if it is more than a month old; otherwise null. */
export function findDataEnd(database: Database, nowUts: number): DataEnd | null {
  const isOld = (uts: number): boolean => uts > 0 && nowUts - uts > 31 * daySeconds;
  // Asking the sources would be slow, so it is done only if it is needed.
  if (!isOld(queryValue<number | null>(database, null)`SELECT max(uts) FROM scrobble` ?? 0)) return null;
  const { sources, uncompared } = querySources(database);
  const lastUts = sources.reduce((latest, source) => Math.max(latest, source.lastUts ?? 0), 0);
  if (uncompared !== null || !isOld(lastUts)) return null;
  const latest = sources.filter((source) => lastUts - (source.lastUts ?? 0) < daySeconds);
  return { lastUts, titles: latest.map(({ title }) => title) };
}

/** The listening service of the cache; null if none is connected. */
function readListeningServiceSource(database: Database, isKnown: boolean): SourceStats | null {
  const accounts = readAccounts(database);
  const service = getListeningService(accounts);
  const albums = readPublication(database, "albums");
  const publication = readPublication(database, "history") ?? albums;
  if (publication === undefined) return null;
  const rows = `FROM scrobble WHERE source_id = ${listeningSourceId} AND ${isKnown}`;
  const [figures] = queryOneRow<Pick<SourceStats, "plays" | "shared" | "firstUts" | "lastUts">>(database)`
    ${rawSql(`SELECT (SELECT count(*) ${rows}) AS plays,
    (SELECT coalesce(sum(shared), 0) FROM merge_quarter WHERE source_id = ${listeningSourceId}) AS shared,
    (SELECT min(uts) ${rows} AND uts > 0) AS firstUts, (SELECT max(uts) ${rows} AND uts > 0) AS lastUts`)}`;
  return {
    name: service.id,
    title: service.name,
    kind: "service",
    ...figures,
    plays: isKnown ? figures.plays : (albums?.detail.playCount ?? 0),
    offsets: [],
    readUts: publication.publishedUts,
    stoppedUts: readStoppedUts(database, service.id),
    refusal: readRefusal(database, service.id),
  };
}

/** Quarters that follow one another with the same offset are one time. */
function readOffsetsBySource(database: Database): ReadonlyMap<number, SourceOffset[]> {
  const rows = queryRows<Record<"sourceId" | "quarter" | "fromUts" | "seconds" | "plays", number>>(database)`
    SELECT source_id AS sourceId, quarter, value ->> 'fromUts' AS fromUts, value ->> 'seconds' AS seconds,
      value ->> 'pairs' AS plays
    FROM merge_quarter, json_each(clock, '$.offsets') ORDER BY source_id, fromUts`;
  const bySource = new Map<number, SourceOffset[]>();
  for (const [at, { sourceId, quarter, fromUts, seconds, plays }] of rows.entries()) {
    if (seconds === 0) continue;
    const next = rows[at + 1];
    const isCut = next !== undefined && next.sourceId === sourceId && next.quarter === quarter;
    const toUts = isCut ? next.fromUts : computeQuarterStart(quarter + 1);
    const offsets = bySource.get(sourceId) ?? [];
    const before = rows[at - 1];
    const last = offsets.at(-1);
    const isSame =
      last !== undefined &&
      before?.sourceId === sourceId &&
      before.seconds === seconds &&
      quarter - before.quarter <= 1;
    if (isSame) offsets[offsets.length - 1] = { ...last, toUts, plays: last.plays + plays };
    else offsets.push({ seconds, fromUts, toUts, plays });
    bySource.set(sourceId, offsets);
  }
  return bySource;
}

export function buildSourcesDocument({ sources, plays }: SourcesResult): SourcesDocument {
  return {
    data: sources.map(
      ({ name, kind, plays: own, shared, firstUts, lastUts, offsets, readUts, ...state }) => ({
        name,
        kind,
        plays: own,
        shared,
        first: firstUts === null ? null : toIsoOrNull(firstUts),
        last: lastUts === null ? null : toIsoOrNull(lastUts),
        offsets: offsets.map(({ seconds, fromUts, toUts, plays: agreed }) => ({
          seconds,
          from: toIsoOrNull(fromUts),
          to: toIsoOrNull(toUts),
          plays: agreed,
        })),
        read_at: readUts === null ? null : toIsoOrNull(readUts),
        stopped_at: toIsoOrNull(state.stoppedUts),
        refused_at: toIsoOrNull(state.refusal?.uts ?? null),
      }),
    ),
    plays,
  };
}
