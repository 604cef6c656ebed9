// The user's decisions: matches, aliases, hidden albums, snoozes, answers in a review. They are stored by names and
// release ids, because the cache's own ids belong to one cache.
import type { Database } from "../file/database.ts";
import { execute, iterateRows, rawSql, queryRows, sql, type Sql } from "../file/sql.ts";

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
export type FindDecision = (releaseId: number, instanceId: number) => StoredDecision | undefined;

export function createDecisionFinder(database: Database): FindDecision {
  const decisions = new Map(
    readStoredDecisions(database).map((row) => [`${row.releaseId}/${row.instanceId}`, row]),
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
  return queryRows<NamePair>(database)`SELECT name, same_as AS sameAs FROM alias ORDER BY name`;
}

export interface StoredAlbum extends AlbumName {
  readonly id: number;
  readonly playCount: number;
}

export function readAlbums(database: Database): IterableIterator<StoredAlbum> {
  return iterateRows<StoredAlbum>(database)`
    SELECT id, artist, title, play_count AS playCount FROM album ORDER BY id`;
}

export interface DecisionKey {
  readonly releaseId: number;
  /** 0: the decision holds for all copies of the release. */
  readonly instanceId: number;
}

export interface StoredDecision extends DecisionKey, Decision {
  readonly decidedUts: number;
}

/** The oldest decision first. */
export function readStoredDecisions(database: Database): StoredDecision[] {
  return readDecisionsWhere(database, rawSql("true"));
}

export function readDecision(database: Database, key: DecisionKey): StoredDecision | undefined {
  const { releaseId, instanceId } = key;
  return readDecisionsWhere(database, sql`(release_id, instance_id) = (${releaseId}, ${instanceId})`)[0];
}

function readDecisionsWhere(database: Database, condition: Sql): StoredDecision[] {
  return queryRows<Record<"add" | "not", string> & Omit<StoredDecision, "add" | "not">>(database)`
    SELECT release_id AS releaseId, instance_id AS instanceId, mode, decided_uts AS decidedUts,
      ${buildNamesSql("add")} AS "add", ${buildNamesSql("not")} AS "not"
    FROM decision WHERE ${condition} ORDER BY decided_uts, release_id, instance_id`.map((row) => ({
    ...row,
    add: JSON.parse(row.add) as AlbumName[],
    not: JSON.parse(row.not) as AlbumName[],
  }));
}

function buildNamesSql(verdict: "add" | "not"): Sql {
  return sql`(SELECT json_group_array(json_object('artist', artist, 'title', title) ORDER BY artist, title)
    FROM decision_album AS a WHERE (a.release_id, a.instance_id) = (decision.release_id, decision.instance_id)
      AND verdict = ${verdict})`;
}

/** Replaces the decision for the same key. */
export function saveDecision(database: Database, decision: StoredDecision): void {
  const { releaseId, instanceId, mode, decidedUts, add, not } = decision;
  deleteDecision(database, decision);
  execute(database)`INSERT INTO decision (release_id, instance_id, mode, decided_uts)
    VALUES (${releaseId}, ${instanceId}, ${mode}, ${decidedUts})`;
  const write = database.prepare("INSERT OR REPLACE INTO decision_album VALUES (?, ?, ?, ?, ?)");
  for (const { artist, title } of not) write.run(releaseId, instanceId, artist, title, "not");
  for (const { artist, title } of add) write.run(releaseId, instanceId, artist, title, "add");
}

/** Returns whether there was one. */
export function deleteDecision(database: Database, { releaseId, instanceId }: DecisionKey): boolean {
  const count = execute(database)`
    DELETE FROM decision WHERE (release_id, instance_id) = (${releaseId}, ${instanceId})`;
  return count > 0;
}

export function saveAlias(database: Database, name: string, sameAs: string): void {
  execute(database)`INSERT OR REPLACE INTO alias (name, same_as) VALUES (${name}, ${sameAs})`;
}

export function deleteAlias(database: Database, name: string): void {
  execute(database)`DELETE FROM alias WHERE name = ${name}`;
}

export interface HiddenAlbum extends AlbumName {
  readonly hiddenUts: number;
}

export function readHiddenAlbums(database: Database): HiddenAlbum[] {
  return queryRows<HiddenAlbum>(database)`
    SELECT artist, title, hidden_uts AS hiddenUts FROM hidden_album ORDER BY artist, title`;
}

export function hideAlbum(database: Database, { artist, title, hiddenUts }: HiddenAlbum): void {
  execute(database)`INSERT OR IGNORE INTO hidden_album VALUES (${artist}, ${title}, ${hiddenUts})`;
}

export function unhideAlbum(database: Database, { artist, title }: AlbumName): void {
  execute(database)`DELETE FROM hidden_album WHERE artist = ${artist} AND title = ${title}`;
}

export interface Snooze extends AlbumName {
  /** null: the snooze has no end. */
  readonly untilUts: number | null;
  readonly snoozedUts: number;
}

/** All snoozes, also those that have ended, the newest first. */
export function readSnoozes(database: Database): Snooze[] {
  return queryRows<Snooze>(database)`SELECT artist, title, until_uts AS untilUts, snoozed_uts AS snoozedUts
    FROM snooze ORDER BY snoozed_uts DESC, artist, title`;
}

export function readActiveSnoozes(database: Database, nowUts: number): Snooze[] {
  return readSnoozes(database).filter(({ untilUts }) => untilUts === null || untilUts > nowUts);
}

export function saveSnooze(database: Database, { artist, title, untilUts, snoozedUts }: Snooze): void {
  execute(database)`INSERT OR REPLACE INTO snooze VALUES (${artist}, ${title}, ${untilUts}, ${snoozedUts})`;
}

export function deleteSnooze(database: Database, { artist, title }: AlbumName): void {
  execute(database)`DELETE FROM snooze WHERE artist = ${artist} AND title = ${title}`;
}

/** Albums that rewind pick proposed, which it should not propose again too soon. */
export function readProposals(database: Database, fromUts: number): AlbumName[] {
  return queryRows<AlbumName>(database)`SELECT artist, title FROM proposal WHERE proposed_uts >= ${fromUts}`;
}

/** Stores these proposals and deletes those before `fromUts`. Runs inside the caller's transaction. */
export function saveProposals(
  database: Database,
  albums: readonly AlbumName[],
  { nowUts, fromUts }: { readonly nowUts: number; readonly fromUts: number },
): void {
  execute(database)`DELETE FROM proposal WHERE proposed_uts < ${fromUts}`;
  const write = database.prepare("INSERT OR REPLACE INTO proposal VALUES (?, ?, ?)");
  for (const { artist, title } of albums) write.run(artist, title, nowUts);
}

export type ReviewVerdict = "skipped" | "dismissed";

export interface ReviewKey {
  readonly releaseId: number;
  /** The albums of the question. A question about other albums is a new one. */
  readonly subject: string;
}

export interface StoredReviewAnswer extends ReviewKey {
  readonly verdict: ReviewVerdict;
  readonly answeredUts: number;
}

export function readReviewAnswers(database: Database): StoredReviewAnswer[] {
  return queryRows<StoredReviewAnswer>(database)`
    SELECT release_id AS releaseId, subject, verdict, answered_uts AS answeredUts FROM review_answer ORDER BY 1, 2`;
}

export function createVerdictFinder(database: Database): (key: ReviewKey) => ReviewVerdict | undefined {
  const verdicts = new Map(
    readReviewAnswers(database).map((row) => [`${row.releaseId}/${row.subject}`, row.verdict]),
  );
  return ({ releaseId, subject }) => verdicts.get(`${releaseId}/${subject}`);
}

export function saveReviewAnswer(database: Database, answer: StoredReviewAnswer): void {
  const { releaseId, subject, verdict, answeredUts } = answer;
  execute(database)`INSERT OR REPLACE INTO review_answer (release_id, subject, verdict, answered_uts)
    VALUES (${releaseId}, ${subject}, ${verdict}, ${answeredUts})`;
}

/** The answer "another album" in a review, about the pressings of one album. */
export interface Dismissal {
  readonly releaseIds: readonly [number, ...number[]];
  readonly albums: readonly AlbumName[];
  readonly answeredUts: number;
}

/** The oldest first. Leaves out answers about the names of artists. */
export function readDismissals(database: Database): Dismissal[] {
  return queryRows<Record<"releaseIds" | "albums", string> & Pick<Dismissal, "answeredUts">>(database)`
    SELECT json_group_array(release_id ORDER BY release_id) AS releaseIds, answered_uts AS answeredUts,
      (SELECT json_group_array(json_object('artist', value ->> 0, 'title', value ->> 1)
        ORDER BY value ->> 1, value ->> 0) FROM json_each(subject) WHERE type = 'array') AS albums
    FROM review_answer WHERE verdict = 'dismissed' AND release_id > 0 AND json_valid(subject)
    GROUP BY subject, answered_uts ORDER BY answered_uts, min(release_id)`.map((row) => ({
    ...row,
    releaseIds: JSON.parse(row.releaseIds) as [number, ...number[]],
    albums: JSON.parse(row.albums) as AlbumName[],
  }));
}

/** The answer "two artists" in a review. */
export interface NameDismissal extends NamePair {
  readonly answeredUts: number;
}

/** The oldest first. */
export function readNameDismissals(database: Database): NameDismissal[] {
  return queryRows<NameDismissal>(database)`
    SELECT subject ->> 1 AS name, subject ->> 2 AS sameAs, answered_uts AS answeredUts FROM review_answer
    WHERE verdict = 'dismissed' AND release_id = 0 AND json_valid(subject) ORDER BY answered_uts, subject`;
}

/** Deletes the answers about a release, also for the other pressings that they are about. Returns how many there were. */
export function deleteDismissals(database: Database, releaseId: number): number {
  const answers = queryRows<ReviewKey & { answeredUts: number }>(database)`
    SELECT release_id AS releaseId, subject, answered_uts AS answeredUts FROM review_answer
    WHERE verdict = 'dismissed' AND release_id = ${releaseId}`;
  for (const { subject, answeredUts } of answers) {
    execute(database)`DELETE FROM review_answer
      WHERE verdict = 'dismissed' AND release_id > 0 AND (subject, answered_uts) = (${subject}, ${answeredUts})`;
  }
  return answers.length;
}

export function deleteReviewAnswer(database: Database, { releaseId, subject }: ReviewKey): void {
  execute(database)`DELETE FROM review_answer WHERE release_id = ${releaseId} AND subject = ${subject}`;
}
