// Holds the listing of a server that plays are sent to, and our plays that it could store. Both may have more rows than fit
// in memory, so they are in a temporary database. It ends with the run: the next listing says what was stored.
import type { Listen, SourcePlay } from "../../model/listening-sources.ts";
import { daySeconds } from "../../model/times.ts";
import { openTemporary } from "../file/database.ts";
import { quarterSql } from "./source-plays.ts";

export type TargetPlays = ReturnType<typeof openTargetPlays>;

/** "listed": the server lists it. "sent": it took it in this run. */
type PlayState = "listed" | "missing" | "sent" | "refused";

/** A stored row that a merge pairs. */
export interface StoredPlay {
  readonly id: number;
  readonly play: SourcePlay;
}

interface DayCount {
  /** The first second of the day in UTC. */
  readonly dayUts: number;
  readonly sent: number;
  readonly listed: number;
}

/** "before": what is listed before plays are sent. "after": what is listed in addition afterwards. */
export type ListingMoment = "before" | "after";

export function openTargetPlays() {
  const database = openTemporary();
  database.exec(`
    PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000;
    CREATE TABLE listen (uts INTEGER, msid TEXT, moment TEXT, play TEXT, PRIMARY KEY (uts, msid)) WITHOUT ROWID;
    CREATE TABLE own (id INTEGER PRIMARY KEY, uts INTEGER, state TEXT, play TEXT);
    CREATE INDEX own_uts ON own (uts);
    CREATE INDEX own_missing ON own (id) WHERE state = 'missing';
    BEGIN`);
  const insertListen = database.prepare("INSERT OR IGNORE INTO listen VALUES (?, ?, ?, ?)");
  const insertOwn = database.prepare("INSERT INTO own VALUES (NULL, ?, 'listed', ?)");
  const setState = database.prepare("UPDATE own SET state = ? WHERE id = ?");
  const between = "uts >= ? AND uts < ?";
  const readOwn = database.prepare<[number, number], StoredRow>(
    `SELECT id, play FROM own WHERE ${between} ORDER BY uts, id`,
  );
  const readListed = database.prepare<[number, number], StoredRow>(
    `SELECT 0 AS id, play FROM listen WHERE ${between} AND moment = 'before' ORDER BY uts, msid`,
  );
  const readMissing = database.prepare<[number], StoredRow>(
    "SELECT id, play FROM own WHERE state = 'missing' ORDER BY id LIMIT ?",
  );
  return {
    /** Returns how many were not listed before. */
    addListens(listens: readonly Listen[], moment: ListingMoment): number {
      let newListens = 0;
      for (const { msid, play } of listens) {
        newListens += insertListen.run(play.startUts, msid, moment, JSON.stringify(play)).changes;
      }
      return newListens;
    },
    /** Adds a play of ours, in order of time. */
    addOwn: (play: SourcePlay) => void insertOwn.run(play.startUts, JSON.stringify(play)),
    countOwn: (): number => Number(database.prepare("SELECT count(*) FROM own").pluck().get()),
    listQuarters: (): number[] =>
      database.prepare<[], number>(`SELECT DISTINCT ${quarterSql.sql} FROM own ORDER BY 1`).pluck().all(),
    readOwn: (fromUts: number, toUts: number) => readOwn.all(fromUts, toUts).map(parseRow),
    readListed: (fromUts: number, toUts: number) => readListed.all(fromUts, toUts).map(parseRow),
    setState: (id: number, state: PlayState) => void setState.run(state, id),
    readMissing: (limit: number) => readMissing.all(limit).map(parseRow),
    /** Plays in a state, with the first and the last of them. */
    summarise: (state: PlayState) =>
      database
        .prepare<
          [string],
          { readonly plays: number; readonly firstUts: number | null; readonly lastUts: number | null }
        >("SELECT count(*) AS plays, min(uts) AS firstUts, max(uts) AS lastUts FROM own WHERE state = ?")
        .get(state) as {
        readonly plays: number;
        readonly firstUts: number | null;
        readonly lastUts: number | null;
      },
    /** The days with sent plays that are not all listed. A listed play stands for one sent play of its second. */
    listShortDays: (): DayCount[] =>
      database
        .prepare<[], DayCount>(
          `SELECT uts / ${daySeconds} * ${daySeconds} AS dayUts, sum(sent) AS sent, sum(min(sent, listed)) AS listed
           FROM (SELECT uts, count(*) AS sent,
                   (SELECT count(*) FROM listen WHERE listen.uts = own.uts AND moment = 'after') AS listed
                 FROM own WHERE state = 'sent' GROUP BY uts)
           GROUP BY 1 HAVING sum(sent) > sum(min(sent, listed)) ORDER BY 1`,
        )
        .all(),
    close: () => void database.close(),
  };
}

interface StoredRow {
  readonly id: number;
  readonly play: string;
}

function parseRow({ id, play }: StoredRow): StoredPlay {
  return { id, play: JSON.parse(play) as SourcePlay };
}
