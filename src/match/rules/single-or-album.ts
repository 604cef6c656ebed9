// A single often has the title of an album. The tracks heard under the title tell which of the two a row of the chart is.
import { type MatchDecision, replaceMatches } from "./name-rules.ts";
import type { AlbumEntry } from "../albums/album-block.ts";
import type { Target } from "./target.ts";
import {
  toTrackIdentities,
  isSignificantTrack,
  type TrackHistory,
  type TrackIdentity,
} from "./track-history.ts";
import { isUnreliable, getWeakerRule } from "./rule-order.ts";

const sideSeparator = /\s\/\s/;

/** Removes albums from the matches of a single, and marks rows as uncertain that may be either. */
export function decideSingle(
  decision: MatchDecision,
  target: Target,
  history: TrackHistory | null,
): MatchDecision {
  if (decision.credited.length === 0 || target.kind !== "single") return decision;
  const allCredits = decision.credited.flatMap(({ entry, rule }) => {
    if (isAlbumByTracks(target, entry, history)) return [];
    const isSingle = isMarkedAsSingle(target, entry) || isSingleByTracks(target, entry, history);
    return [{ entry, rule: isSingle ? rule : getWeakerRule("single-or-album", rule) }];
  });
  const sure = allCredits.filter(({ rule }) => !isUnreliable(rule));
  return replaceMatches(decision, sure.length > 0 ? sure : allCredits);
}

/** Returns true if more different tracks were heard from an album than the single has. */
export function isAlbumByTracks(
  target: Target,
  { album, title }: AlbumEntry,
  history: TrackHistory | null,
): boolean {
  if (history === null || target.kind !== "single" || title.format === "single") return false;
  return history(album.id).length > (getListedTracks(target).length || target.maxSingleTracks);
}

/** Returns true if the single's tracklist is unknown and could settle the match. */
export function canTracklistDecideSingle(
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
function isMarkedAsSingle({ title }: Target, { title: other }: AlbumEntry): boolean {
  return (
    other.format === "single" ||
    other.extra === "guests" ||
    (sideSeparator.test(title.raw) && title.key === other.key)
  );
}

/** Returns true if all tracks heard are on the single, including one that is not the title track. */
function isSingleByTracks(
  target: Target,
  { album, title }: AlbumEntry,
  history: TrackHistory | null,
): boolean {
  const heardTracks = history?.(album.id) ?? [];
  const recordKeys = new Set(getListedTracks(target).map(({ key }) => key));
  const titles = [target.title.key, title.key];
  return (
    heardTracks.every(({ key }) => recordKeys.has(key)) &&
    heardTracks.some((track) => !titles.includes(track.key) && isSignificantTrack(track))
  );
}

function getListedTracks({ release }: Target): readonly TrackIdentity[] {
  return toTrackIdentities(release.tracklist ?? []);
}
