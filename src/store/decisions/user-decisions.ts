// The user's decisions: matches, aliases, hidden albums, snoozes, answers in a review. They are stored by names and
// release ids, because the cache's own ids belong to one cache.
import type { Database } from "../file/database.ts";

export interface AlbumName {
  readonly artist: string;
  readonly title: string;
}

export interface Decision {
  readonly mode: "adjust" | "only" | "none";
  readonly add: readonly AlbumName[];
  readonly not: readonly AlbumName[];
}

/** Returns the decision for one copy. A decision for this copy wins over one for all copies of its release. */
export type Decisions = (releaseId: number, instanceId: number) => Decision | undefined;

export function readDecisions(database: Database): Decisions {
  const decisions = new Map(
    listDecisions(database).map((row) => [`${row.releaseId}/${row.instanceId}`, row]),
  );
  return (releaseId, instanceId) =>
    decisions.get(`${releaseId}/${instanceId}`) ?? decisions.get(`${releaseId}/0`);
}

/** Two names that the user declared to be one artist. */
export interface NamePair {
  readonly name: string;
  readonly sameAs: string;
}

export function readAliases(database: Database): NamePair[] {
  return database.prepare<[], NamePair>("SELECT name, same_as AS sameAs FROM alias ORDER BY name").all();
}

export interface StoredAlbum extends AlbumName {
  readonly id: number;
  readonly playCount: number;
}

export function storedAlbums(database: Database): IterableIterator<StoredAlbum> {
  return database
    .prepare("SELECT id, artist, title, play_count AS playCount FROM album ORDER BY id")
    .iterate() as IterableIterator<StoredAlbum>;
}

export interface DecisionKey {
  readonly releaseId: number;
  /** 0: the decision holds for all copies of the release. */
  readonly instanceId: number;
}

export interface StoredDecision extends DecisionKey, Decision {
  readonly decidedUts: number;
}

interface Row {
  readonly release_id: number;
  readonly instance_id: number;
  readonly mode: Decision["mode"];
  readonly decided_uts: number;
  readonly albums: string;
}

const columns = `release_id, instance_id, mode, decided_uts,
  (SELECT json_group_array(json_array(artist, title, verdict)) FROM (
     SELECT artist, title, verdict FROM decision_album AS a
     WHERE a.release_id = decision.release_id AND a.instance_id = decision.instance_id
     ORDER BY artist, title)) AS albums`;

/** The oldest decision first. */
export function listDecisions(database: Database): StoredDecision[] {
  return database
    .prepare<[], Row>(`SELECT ${columns} FROM decision ORDER BY decided_uts, release_id, instance_id`)
    .all()
    .map(fromRow);
}

export function readDecision(database: Database, key: DecisionKey): StoredDecision | undefined {
  const row = database
    .prepare<[number, number], Row>(
      `SELECT ${columns} FROM decision WHERE release_id = ? AND instance_id = ?`,
    )
    .get(key.releaseId, key.instanceId);
  return row && fromRow(row);
}

function fromRow(row: Row): StoredDecision {
  const albums = JSON.parse(row.albums) as [string, string, "add" | "not"][];
  const namesOf = (kind: "add" | "not"): AlbumName[] =>
    albums.filter(([, , verdict]) => verdict === kind).map(([artist, title]) => ({ artist, title }));
  return {
    releaseId: row.release_id,
    instanceId: row.instance_id,
    mode: row.mode,
    decidedUts: row.decided_uts,
    add: namesOf("add"),
    not: namesOf("not"),
  };
}

/** Replaces the decision for the same key. */
export function writeDecision(database: Database, decision: StoredDecision): void {
  const { releaseId, instanceId, mode, decidedUts, add, not } = decision;
  deleteDecision(database, decision);
  database
    .prepare("INSERT INTO decision (release_id, instance_id, mode, decided_uts) VALUES (?, ?, ?, ?)")
    .run(releaseId, instanceId, mode, decidedUts);
  const write = database.prepare("INSERT OR REPLACE INTO decision_album VALUES (?, ?, ?, ?, ?)");
  for (const { artist, title } of not) write.run(releaseId, instanceId, artist, title, "not");
  for (const { artist, title } of add) write.run(releaseId, instanceId, artist, title, "add");
}

/** Returns whether there was one. */
export function deleteDecision(database: Database, { releaseId, instanceId }: DecisionKey): boolean {
  return (
    database
      .prepare("DELETE FROM decision WHERE release_id = ? AND instance_id = ?")
      .run(releaseId, instanceId).changes > 0
  );
}

export function writeAlias(database: Database, name: string, sameAs: string): void {
  database.prepare("INSERT OR REPLACE INTO alias (name, same_as) VALUES (?, ?)").run(name, sameAs);
}

/** Returns whether there was one. */
export function deleteAlias(database: Database, name: string): boolean {
  return database.prepare("DELETE FROM alias WHERE name = ?").run(name).changes > 0;
}

/** Albums that the gaps leave out. */
export function hiddenAlbums(database: Database): AlbumName[] {
  return database
    .prepare<[], AlbumName>("SELECT artist, title FROM hidden_album ORDER BY artist, title")
    .all();
}

export function hideAlbum(database: Database, { artist, title }: AlbumName, nowUts: number): void {
  database.prepare("INSERT OR IGNORE INTO hidden_album VALUES (?, ?, ?)").run(artist, title, nowUts);
}

export function unhideAlbum(database: Database, { artist, title }: AlbumName): void {
  database.prepare("DELETE FROM hidden_album WHERE artist = ? AND title = ?").run(artist, title);
}

export interface Snooze extends AlbumName {
  /** null: the snooze has no end. */
  readonly untilUts: number | null;
  readonly snoozedUts: number;
}

/** All snoozes, also those that have ended, the newest first. */
export function listSnoozes(database: Database): Snooze[] {
  return database
    .prepare<[], Snooze>(
      `SELECT artist, title, until_uts AS untilUts, snoozed_uts AS snoozedUts FROM snooze
       ORDER BY snoozed_uts DESC, artist, title`,
    )
    .all();
}

export function activeSnoozes(database: Database, nowUts: number): Snooze[] {
  return listSnoozes(database).filter(({ untilUts }) => untilUts === null || untilUts > nowUts);
}

export function writeSnooze(database: Database, snooze: Snooze): void {
  database
    .prepare("INSERT OR REPLACE INTO snooze VALUES (@artist, @title, @untilUts, @snoozedUts)")
    .run(snooze);
}

export function deleteSnooze(database: Database, { artist, title }: AlbumName): void {
  database.prepare("DELETE FROM snooze WHERE artist = ? AND title = ?").run(artist, title);
}

/** Albums that rewind pick proposed, which it should not propose again too soon. */
export function proposedSince(database: Database, fromUts: number): AlbumName[] {
  return database
    .prepare<[number], AlbumName>("SELECT artist, title FROM proposal WHERE proposed_uts >= ?")
    .all(fromUts);
}

/** Stores these proposals and deletes those before `fromUts`. Runs inside the caller's transaction. */
export function rememberProposals(
  database: Database,
  albums: readonly AlbumName[],
  { nowUts, fromUts }: { readonly nowUts: number; readonly fromUts: number },
): void {
  database.prepare("DELETE FROM proposal WHERE proposed_uts < ?").run(fromUts);
  const write = database.prepare("INSERT OR REPLACE INTO proposal VALUES (?, ?, ?)");
  for (const { artist, title } of albums) write.run(artist, title, nowUts);
}

export type ReviewVerdict = "skipped" | "dismissed";

export interface ReviewNote {
  readonly releaseId: number;
  /** The albums of the question. A question about other albums is a new one. */
  readonly subject: string;
}

export function readReviewNotes(database: Database): (note: ReviewNote) => ReviewVerdict | undefined {
  const rows = database
    .prepare<[], ReviewNote & { verdict: ReviewVerdict }>(
      "SELECT release_id AS releaseId, subject, verdict FROM review_note",
    )
    .all();
  const verdicts = new Map(rows.map((row) => [`${row.releaseId}/${row.subject}`, row.verdict]));
  return ({ releaseId, subject }) => verdicts.get(`${releaseId}/${subject}`);
}

export function writeReviewNote(
  database: Database,
  { releaseId, subject }: ReviewNote,
  verdict: ReviewVerdict,
  notedUts: number,
): void {
  database
    .prepare(
      "INSERT OR REPLACE INTO review_note (release_id, subject, verdict, noted_uts) VALUES (?, ?, ?, ?)",
    )
    .run(releaseId, subject, verdict, notedUts);
}

export function deleteReviewNote(database: Database, { releaseId, subject }: ReviewNote): void {
  database.prepare("DELETE FROM review_note WHERE release_id = ? AND subject = ?").run(releaseId, subject);
}
