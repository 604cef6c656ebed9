// Reads the user's decisions from an exported document.
import type { ImportDocument } from "../queries/documents/decision-documents.ts";
import { UsageError } from "../model/errors.ts";
import {
  idAt,
  invalid,
  listAt,
  nameAt,
  objectAt,
  timeAt,
  importKept,
  keptPartsOf,
  type KeptParts,
} from "./document-parts.ts";
import {
  readDecision,
  writeDecision,
  type AlbumName,
  type NamePair,
  type StoredDecision,
} from "../store/decisions/user-decisions.ts";
import { documentVersion } from "../store/decisions/saved-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { aliasSetter } from "./aliases.ts";
import { albumByName } from "../queries/find/find-albums.ts";

export interface ReadDocument extends KeptParts {
  readonly decisions: readonly StoredDecision[];
  readonly aliases: readonly NamePair[];
}

/** Throws UsageError with the first wrong field. */
export function parseDecisionDocument(text: string): ReadDocument {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw invalid("it is not JSON");
  }
  const document = objectAt(value, "the document");
  if (typeof document["version"] === "number" && document["version"] > documentVersion) {
    throw new UsageError("the file was written by a newer rewind", "Update rewind, then import it again.");
  }
  if (document["version"] !== 1 && document["version"] !== documentVersion) {
    throw invalid(`"version" should be ${documentVersion}`);
  }
  return {
    decisions: listAt(document["decisions"], "decisions").map((each, at) =>
      decisionAt(each, `decisions[${at}]`),
    ),
    aliases: listAt(document["aliases"] ?? [], "aliases").map((each, at) => aliasAt(each, `aliases[${at}]`)),
    ...keptPartsOf(document),
  };
}

function decisionAt(value: unknown, place: string): StoredDecision {
  const entry = objectAt(value, place);
  const mode = entry["mode"];
  if (mode !== "adjust" && mode !== "only" && mode !== "none") {
    throw invalid(`${place}.mode should be "adjust", "only" or "none"`);
  }
  const add = albumsAt(entry["add"] ?? [], `${place}.add`);
  const not = albumsAt(entry["not"] ?? [], `${place}.not`);
  if (mode === "only" && add.length === 0) throw invalid(`${place}.add should name an album`);
  return {
    releaseId: idAt(entry["release_id"], `${place}.release_id`),
    instanceId: entry["instance_id"] == null ? 0 : idAt(entry["instance_id"], `${place}.instance_id`),
    mode,
    add,
    not,
    decidedUts: timeAt(entry["decided_at"], `${place}.decided_at`),
  };
}

function albumsAt(value: unknown, place: string): AlbumName[] {
  return listAt(value, place).map((each, at) => {
    const entry = objectAt(each, `${place}[${at}]`);
    return {
      artist: nameAt(entry["artist"], `${place}[${at}].artist`),
      title: nameAt(entry["album"], `${place}[${at}].album`),
    };
  });
}

function aliasAt(value: unknown, place: string): NamePair {
  const entry = objectAt(value, place);
  return {
    name: nameAt(entry["name"], `${place}.name`),
    sameAs: nameAt(entry["same_as"], `${place}.same_as`),
  };
}

export interface ImportCounts {
  readonly decisions: number;
  readonly aliases: number;
  readonly plays: number;
  readonly hidden: number;
  readonly snoozes: number;
  readonly reviews: number;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Decisions for releases outside the collection, and decisions that credit an album outside the chart. */
  readonly withoutRecord: number;
  readonly withoutAlbum: number;
}

/** Replaces decisions with the same key. Everything else is only added. */
export function importDecisions(
  database: Database,
  { decisions, aliases, ...kept }: ReadDocument,
): ImportCounts {
  const onShelf = database
    .prepare<[number], number>("SELECT 1 FROM record WHERE release_id = ? LIMIT 1")
    .pluck();
  const counts = { added: 0, changed: 0, same: 0, withoutRecord: 0, withoutAlbum: 0 };
  const count = (before: unknown, after: unknown): void => {
    if (before === undefined) counts.added += 1;
    else if (JSON.stringify(before) === JSON.stringify(after)) counts.same += 1;
    else counts.changed += 1;
  };
  for (const decision of decisions) {
    const before = readDecision(database, decision);
    writeDecision(database, decision);
    count(before, readDecision(database, decision));
    if (onShelf.get(decision.releaseId) === undefined) counts.withoutRecord += 1;
    if (decision.add.some((name) => albumByName(database, name) === undefined)) counts.withoutAlbum += 1;
  }
  const setAlias = aliasSetter(database);
  for (const alias of aliases) {
    const [before] = setAlias(alias);
    count(before, alias);
  }
  importKept(database, kept, count);
  return {
    decisions: decisions.length,
    aliases: aliases.length,
    plays: kept.plays.length,
    hidden: kept.hidden.length,
    snoozes: kept.snoozes.length,
    reviews: kept.reviews.length,
    ...counts,
  };
}

export function importDocument(counts: ImportCounts): ImportDocument {
  return {
    decisions: counts.decisions,
    aliases: counts.aliases,
    noted_plays: counts.plays,
    hidden_albums: counts.hidden,
    snoozes: counts.snoozes,
    review_notes: counts.reviews,
    added: counts.added,
    changed: counts.changed,
    unchanged: counts.same,
    without_record: counts.withoutRecord,
    without_album: counts.withoutAlbum,
  };
}
