// Imports an exported document: decisions about matches, aliases, logged plays, hidden albums, snoozes, answers in reviews.
import { editionKey } from "../match/titles/title.ts";
import { playTargets, type PlayTarget } from "../model/play-targets.ts";
import type { ImportDocument } from "../queries/documents/decision-documents.ts";
import { albumByName } from "../queries/find/find-albums.ts";
import type { UserDecisions } from "../store/decisions/decision-document.ts";
import {
  readNotedPlay,
  sendingStates,
  writeNotedPlays,
  type NotedPlay,
  type NotedTrack,
} from "../store/decisions/noted-plays.ts";
import {
  deleteSnooze,
  hiddenAlbums,
  hideAlbum,
  listSnoozes,
  readDecision,
  readReviewNotes,
  writeDecision,
  writeReviewNote,
  writeSnooze,
  type AlbumName,
} from "../store/decisions/user-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { valueOf } from "../store/file/sql.ts";
import { createAliasWriter } from "./aliases.ts";

/** Replaces decisions and aliases with the same key. Everything else is only added. Runs inside the caller's transaction. */
export function importDecisions(database: Database, document: UserDecisions): ImportDocument {
  const { decisions, aliases, plays, snoozes, reviews } = document;
  const counts = { added: 0, changed: 0, unchanged: 0, without_record: 0, without_album: 0 };
  const count = (before: unknown, after: unknown): void => {
    if (before === undefined) counts.added += 1;
    else if (JSON.stringify(before) === JSON.stringify(after)) counts.unchanged += 1;
    else counts.changed += 1;
  };
  for (const decision of decisions) {
    const before = readDecision(database, decision);
    writeDecision(database, decision);
    count(before, readDecision(database, decision));
    const copies = valueOf(database, 0)`SELECT count(*) FROM record WHERE release_id = ${decision.releaseId}`;
    if (copies === 0) counts.without_record += 1;
    if (decision.add.some((name) => albumByName(database, name) === undefined)) counts.without_album += 1;
  }
  const writeAlias = createAliasWriter(database);
  for (const alias of aliases) {
    const [before] = writeAlias(alias);
    count(before, alias);
  }
  importPlays(database, plays, count);
  const hiddenKeys = new Set(hiddenAlbums(database).map(keyOf));
  for (const album of document.hiddenAlbums) {
    count(hiddenKeys.has(keyOf(album)) ? true : undefined, true);
    hideAlbum(database, album);
  }
  const snoozed = new Map(listSnoozes(database).map((each) => [keyOf(each), each]));
  for (const imported of snoozes) {
    const before = snoozed.get(keyOf(imported));
    const after = before === undefined || before.snoozedUts < imported.snoozedUts ? imported : before;
    if (before !== undefined) deleteSnooze(database, before);
    writeSnooze(database, after);
    snoozed.set(keyOf(imported), after);
    count(before, after);
  }
  const verdictOf = readReviewNotes(database);
  for (const review of reviews) {
    const before = verdictOf(review);
    // A question that was dismissed here stays dismissed.
    const after = before === "dismissed" ? before : review.verdict;
    if (after !== before) writeReviewNote(database, review);
    count(before, after);
  }
  return {
    decisions: decisions.length,
    aliases: aliases.length,
    noted_plays: plays.length,
    hidden_albums: document.hiddenAlbums.length,
    snoozes: snoozes.length,
    review_notes: reviews.length,
    ...counts,
  };
}

function keyOf({ artist, title }: AlbumName): string {
  return editionKey(artist, title);
}

function importPlays(
  database: Database,
  plays: readonly NotedPlay[],
  count: (before: unknown, after: unknown) => void,
): void {
  const playsByUuid = new Map<string, NotedPlay>();
  for (const play of plays) {
    const before = playsByUuid.get(play.uuid) ?? readNotedPlay(database, play.uuid);
    const after = before === undefined ? play : mergedPlay(before, play);
    playsByUuid.set(play.uuid, after);
    count(before, after);
  }
  if (playsByUuid.size > 0) writeNotedPlays(database, [...playsByUuid.values()]);
}

/** Keeps the play of this cache. The state of sending it only moves forward. */
function mergedPlay(here: NotedPlay, there: NotedPlay): NotedPlay {
  if (here.tracks.length === 0) return { ...here, tracks: there.tracks };
  if (here.tracks.length !== there.tracks.length) return here;
  return { ...here, tracks: here.tracks.map((track, at) => furtherTrack(track, there.tracks[at] ?? track)) };
}

/** The track that is further in sending to Last.fm has the names and times that were sent. */
function furtherTrack(here: NotedTrack, there: NotedTrack): NotedTrack {
  const steps = [undefined, ...sendingStates];
  const stepAt = ({ sendings }: NotedTrack, target: PlayTarget): number =>
    steps.indexOf(sendings[target]?.state);
  const further = playTargets.filter((target) => stepAt(there, target) > stepAt(here, target));
  const furtherSendings = Object.fromEntries(further.map((target) => [target, there.sendings[target]]));
  return {
    ...(further.includes("lastfm") ? there : here),
    sendings: { ...here.sendings, ...furtherSendings },
  };
}
