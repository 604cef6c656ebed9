// The user's decisions and aliases as they are made, listed and undone.
import type { AlbumName, Decision } from "./decisions.ts";
import type { Database } from "./database.ts";

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
  const named = (wanted: "add" | "not"): AlbumName[] =>
    albums.filter(([, , verdict]) => verdict === wanted).map(([artist, title]) => ({ artist, title }));
  return {
    releaseId: row.release_id,
    instanceId: row.instance_id,
    mode: row.mode,
    decidedUts: row.decided_uts,
    add: named("add"),
    not: named("not"),
  };
}

/** Takes the place of what was decided under this key before. */
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

/** Tells whether there was one. */
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

/** Tells whether there was one. */
export function deleteAlias(database: Database, name: string): boolean {
  return database.prepare("DELETE FROM alias WHERE name = ?").run(name).changes > 0;
}
