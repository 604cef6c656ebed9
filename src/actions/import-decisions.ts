// Imports an exported document: decisions about matches, aliases, logged plays, hidden albums, snoozes, answers in reviews.
import { toEditionKey } from "../match/titles/title.ts";
import { playTargets, type PlayTarget } from "../model/play-targets.ts";
import type { ImportDocument } from "../queries/documents/decision-documents.ts";
import { findAlbumByName } from "../queries/find/find-albums.ts";
import type { UserDecisions } from "../store/decisions/decision-document.ts";
import {
  readLoggedPlay,
  sendingStates,
  saveLoggedPlays,
  type LoggedPlay,
  type LoggedTrack,
} from "../store/decisions/logged-plays.ts";
import {
  deleteSnooze,
  readHiddenAlbums,
  hideAlbum,
  readSnoozes,
  readDecision,
  createVerdictFinder,
  saveDecision,
  saveReviewAnswer,
  saveSnooze,
  type AlbumName,
} from "../store/decisions/user-decisions.ts";
import type { Database } from "../store/file/database.ts";
import { queryValue } from "../store/file/sql.ts";
import { createAliasWriter } from "./aliases.ts";

/** Replaces decisions and aliases with the same key. Everything else is only added. Runs inside the caller's transaction. */
export function importDecisions(database: Database, document: UserDecisions): ImportDocument {
  const { decisions, aliases, plays, snoozes, reviews } = document;
  const counts = { added: 0, changed: 0, unchanged: 0, without_record: 0, without_album: 0 };
  const countChange = (before: unknown, after: unknown): void => {
    if (before === undefined) counts.added += 1;
    else if (JSON.stringify(before) === JSON.stringify(after)) counts.unchanged += 1;
    else counts.changed += 1;
  };
  for (const decision of decisions) {
    const before = readDecision(database, decision);
    saveDecision(database, decision);
    countChange(before, readDecision(database, decision));
    const copies = queryValue(
      database,
      0,
    )`SELECT count(*) FROM record WHERE release_id = ${decision.releaseId}`;
    if (copies === 0) counts.without_record += 1;
    if (decision.add.some((name) => findAlbumByName(database, name) === undefined)) counts.without_album += 1;
  }
  const writeAlias = createAliasWriter(database);
  for (const alias of aliases) {
    const [before] = writeAlias(alias);
    countChange(before, alias);
  }
  importPlays(database, plays, countChange);
  const hiddenKeys = new Set(readHiddenAlbums(database).map(toAlbumKey));
  for (const album of document.hiddenAlbums) {
    countChange(hiddenKeys.has(toAlbumKey(album)) ? true : undefined, true);
    hideAlbum(database, album);
  }
  const snoozed = new Map(readSnoozes(database).map((each) => [toAlbumKey(each), each]));
  for (const imported of snoozes) {
    const before = snoozed.get(toAlbumKey(imported));
    const after = before === undefined || before.snoozedUts < imported.snoozedUts ? imported : before;
    if (before !== undefined) deleteSnooze(database, before);
    saveSnooze(database, after);
    snoozed.set(toAlbumKey(imported), after);
    countChange(before, after);
  }
  const getVerdict = createVerdictFinder(database);
  for (const review of reviews) {
    const before = getVerdict(review);
    // A question that was dismissed here stays dismissed.
    const after = before === "dismissed" ? before : review.verdict;
    if (after !== before) saveReviewAnswer(database, review);
    countChange(before, after);
  }
  return {
    decisions: decisions.length,
    aliases: aliases.length,
    logged_plays: plays.length,
    hidden_albums: document.hiddenAlbums.length,
    snoozes: snoozes.length,
    review_notes: reviews.length,
    ...counts,
  };
}

function toAlbumKey({ artist, title }: AlbumName): string {
  return toEditionKey(artist, title);
}

function importPlays(
  database: Database,
  plays: readonly LoggedPlay[],
  count: (before: unknown, after: unknown) => void,
): void {
  const playsByUuid = new Map<string, LoggedPlay>();
  for (const play of plays) {
    const before = playsByUuid.get(play.uuid) ?? readLoggedPlay(database, play.uuid);
    const after = before === undefined ? play : mergePlay(before, play);
    playsByUuid.set(play.uuid, after);
    count(before, after);
  }
  if (playsByUuid.size > 0) saveLoggedPlays(database, [...playsByUuid.values()]);
}

/** Keeps the play of this cache. The state of sending it only moves forward. */
function mergePlay(here: LoggedPlay, there: LoggedPlay): LoggedPlay {
  if (here.tracks.length === 0) return { ...here, tracks: there.tracks };
  if (here.tracks.length !== there.tracks.length) return here;
  return { ...here, tracks: here.tracks.map((track, at) => mergeTrack(track, there.tracks[at] ?? track)) };
}

/** The track that is further in sending to Last.fm has the names and times that were sent. */
function mergeTrack(here: LoggedTrack, there: LoggedTrack): LoggedTrack {
  const steps = [undefined, ...sendingStates];
  const stepAt = ({ sendings }: LoggedTrack, target: PlayTarget): number =>
    steps.indexOf(sendings[target]?.state);
  const further = playTargets.filter((target) => stepAt(there, target) > stepAt(here, target));
  const furtherSendings = Object.fromEntries(further.map((target) => [target, there.sendings[target]]));
  return {
    ...(further.includes("lastfm") ? there : here),
    sendings: { ...here.sendings, ...furtherSendings },
  };
}
