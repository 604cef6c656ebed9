// The merged history in the form of ListenBrainz, for programs that read a ListenBrainz server: each play once, whichever
// source has it. Plays whose time of the day is unknown have no second to be listed at, and are left out.
import { createHash } from "node:crypto";
import type { HistoryPlay } from "../../model/listening-sources.ts";
import { daySeconds } from "../../model/times.ts";
import { encodeListen } from "../../sources/listenbrainz/listen-encoding.ts";
import type { Database } from "../../store/file/database.ts";
import { joinAnd, queryOneRow, queryValue, rawSql, sql } from "../../store/file/sql.ts";
import { readPlaysBetween } from "../../store/plays/history-plays.ts";

export interface ListenRange {
  readonly userName: string;
  /** Exclusive, as `beforeUts`. If it is given, the oldest plays of the range are returned, otherwise the newest. */
  readonly afterUts: number | null;
  readonly beforeUts: number | null;
  readonly count: number;
}

const isListed = rawSql(`uts > 0 AND precision_seconds < ${daySeconds}`);

/** Newest first. */
export function queryListens(database: Database, { userName, afterUts, beforeUts, count }: ListenRange) {
  const direction = rawSql(afterUts === null ? "DESC" : "ASC");
  const where = joinAnd([
    isListed,
    ...(afterUts === null ? [] : [sql`uts > ${afterUts}`]),
    ...(beforeUts === null ? [] : [sql`uts < ${beforeUts}`]),
  ]);
  const [page] = queryOneRow<{ readonly fromUts: number; readonly toUts: number; readonly plays: number }>(
    database,
  )`
    SELECT min(uts) AS fromUts, max(uts) AS toUts, count(*) AS plays FROM (
      SELECT uts FROM scrobble WHERE ${where} ORDER BY uts ${direction} LIMIT ${count})`;
  const plays = page.plays === 0 ? [] : readPlaysBetween(database, page.fromUts, page.toUts);
  const listens = encodePlays(
    plays.filter(({ precisionSeconds }) => precisionSeconds < daySeconds),
    userName,
  );
  const findEnd = (order: "ASC" | "DESC"): number =>
    queryValue(database, 0)`SELECT uts FROM scrobble WHERE ${isListed} ORDER BY uts ${rawSql(order)} LIMIT 1`;
  return {
    payload: {
      count: page.plays,
      // The second at the end of a page may have more plays.
      listens: (afterUts === null
        ? listens.slice(listens.length - page.plays)
        : listens.slice(0, page.plays)
      ).toReversed(),
      latest_listen_ts: findEnd("DESC"),
      oldest_listen_ts: findEnd("ASC"),
      user_id: userName,
    },
  };
}

export function countListens(database: Database): number {
  return queryValue(database, 0)`SELECT count(*) FROM scrobble WHERE ${isListed}`;
}

/** `plays`: all of each second. */
function encodePlays(plays: readonly HistoryPlay[], userName: string): object[] {
  const occurrences = new Map<string, number>();
  return plays.map((play) => {
    const { startUts, artist, title, album, reports } = play;
    const names = JSON.stringify([startUts, artist, title, album]);
    const occurrence = (occurrences.get(names) ?? 0) + 1;
    occurrences.set(names, occurrence);
    const msid = computeMsid([artist, title, album, occurrence]);
    const client = reports
      .map((report) => report.play.client)
      .find((name) => name !== undefined && name !== "");
    const listen = encodeListen(play, {
      recording_msid: msid,
      ...(client === undefined ? {} : { submission_client: client }),
    });
    return { ...listen, inserted_at: 0, recording_msid: msid, user_name: userName };
  });
}

/** Identifies a play together with its second. Two plays of one track in one second differ by their occurrence. */
function computeMsid(identity: readonly (string | number)[]): string {
  const hash = createHash("sha256").update(JSON.stringify(identity)).digest("hex");
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
