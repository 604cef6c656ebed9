// A single often has the title of an album. The tracks heard under the title tell which of the two a row of the chart is.
import { type MatchDecision, withCredited } from "./decide.ts";
import type { Entry } from "../library/entry.ts";
import type { Target } from "./target.ts";
import { identities, isTelling, type TrackHistory, type TrackIdentity } from "./track-history.ts";
import { isDoubtful, looser } from "./ladder.ts";

const twoSides = /\s\/\s/;

/** Removes albums from the credits of a single, and marks rows as doubtful that may be either. */
export function judgeSingle(
  decision: MatchDecision,
  target: Target,
  history: TrackHistory | null,
): MatchDecision {
  if (decision.credited.length === 0 || target.kind !== "single") return decision;
  const allCredits = decision.credited.flatMap(({ entry, rule }) => {
    if (isAlbumByTracks(target, entry, history)) return [];
    const isSingle = saysSingle(target, entry) || isSingleByTracks(target, entry, history);
    return [{ entry, rule: isSingle ? rule : looser("single-or-album", rule) }];
  });
  const sure = allCredits.filter(({ rule }) => !isDoubtful(rule));
  return withCredited(decision, sure.length > 0 ? sure : allCredits);
}

/** Returns true if more different tracks were heard from an album than the single has. */
export function isAlbumByTracks(
  target: Target,
  { album, title }: Entry,
  history: TrackHistory | null,
): boolean {
  if (history === null || target.kind !== "single" || title.format === "single") return false;
  return history(album.id).length > (listedTracks(target).length || target.mostTracks);
}

/** Returns true if the single's tracklist is unknown and could settle the match. */
export function isOpenSingle(
  decision: MatchDecision,
  { release }: Target,
  history: TrackHistory | null,
): boolean {
  if (history === null || release.tracklist !== undefined) return false;
  return decision.credited.some(
    ({ entry, rule }) => rule === "single-or-album" && history(entry.album.id).length > 1,
  );
}

/** "Title - Single", "Title (feat. Name)", or both sides of the single as a title. */
function saysSingle({ title }: Target, { title: other }: Entry): boolean {
  return (
    other.format === "single" ||
    other.extra === "guests" ||
    (twoSides.test(title.raw) && title.key === other.key)
  );
}

/** Returns true if all tracks heard are on the single, including one that is not the title track. */
function isSingleByTracks(target: Target, { album, title }: Entry, history: TrackHistory | null): boolean {
  const heardTracks = history?.(album.id) ?? [];
  const recordKeys = new Set(listedTracks(target).map(({ key }) => key));
  const titles = [target.title.key, title.key];
  return (
    heardTracks.every(({ key }) => recordKeys.has(key)) &&
    heardTracks.some((track) => !titles.includes(track.key) && isTelling(track))
  );
}

function listedTracks({ release }: Target): readonly TrackIdentity[] {
  return identities(release.tracklist ?? []);
}
