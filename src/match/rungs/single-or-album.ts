// A single often has the title of an album. The tracks heard under the title tell which of the two a row of the chart is.
import { ownBlocks, type MatchDecision, withCredited } from "./decide.ts";
import type { Library } from "../library/library.ts";
import type { AlbumRow } from "../library/entry.ts";
import { type MatchedRelease, releaseKind } from "./matched-release.ts";
import { parseTitle } from "../titles/title.ts";
import { isGenericTrack } from "../titles/track-title.ts";
import { creditsOf } from "./credits.ts";
import { trackKeys, type TrackHistory } from "./track-history.ts";
import { isDoubtful, looser } from "./ladder.ts";

/** Most tracks of a single with an unknown tracklist. */
const mostTracks = 6;
const twoSides = /\s\/\s/;

/** Removes albums from the credits of a single, and marks rows as doubtful that may be either. */
export function judgeSingle(
  decision: MatchDecision,
  release: MatchedRelease,
  library: Library,
  history: TrackHistory | null,
): MatchDecision {
  if (decision.credited.length === 0 || releaseKind(release) !== "single") return decision;
  const allCredits = decision.credited.flatMap(({ album, rule }) => {
    if (isAlbumByTracks(release, album, history)) return [];
    const isSingle = saysSingle(release, album) || isSingleByTracks(release, album, history);
    return [{ album, rule: isSingle ? rule : looser("single-or-album", rule) }];
  });
  const sure = allCredits.filter(({ rule }) => !isDoubtful(rule));
  const credits = sure.length > 0 ? sure : allCredits;
  const newDecision = withCredited(decision, credits);
  if (credits.length > 0) return newDecision;
  const artistBlock = ownBlocks(release, creditsOf(release, library), library)[0] ?? null;
  return { ...newDecision, rule: artistBlock === null ? "none" : "artist", artistBlock };
}

/** Returns true if more different tracks were heard from an album than the single has. */
export function isAlbumByTracks(
  release: MatchedRelease,
  album: AlbumRow,
  history: TrackHistory | null,
): boolean {
  if (history === null || releaseKind(release) !== "single" || parseTitle(album.title).format === "single")
    return false;
  const recordKeys = listedKeys(release);
  return history.keys(album.id).size > (recordKeys.size === 0 ? mostTracks : recordKeys.size);
}

/** Returns true if the single's tracklist is unknown and could settle the match. */
export function isOpenSingle(
  decision: MatchDecision,
  release: MatchedRelease,
  history: TrackHistory | null,
): boolean {
  if (history === null || release.tracklist !== undefined) return false;
  return decision.credited.some(
    ({ album, rule }) => rule === "single-or-album" && history.keys(album.id).size > 1,
  );
}

/** "Title - Single", "Title (feat. Name)", or both sides of the single as a title. */
function saysSingle(release: MatchedRelease, album: AlbumRow): boolean {
  const { format, extra, key } = parseTitle(album.title);
  return (
    format === "single" ||
    extra === "guests" ||
    (twoSides.test(release.title) && parseTitle(release.title).key === key)
  );
}

/** Returns true if all tracks heard are on the single, including one that is not the title track. */
function isSingleByTracks(release: MatchedRelease, album: AlbumRow, history: TrackHistory | null): boolean {
  if (history === null) return false;
  const recordKeys = listedKeys(release);
  const titles = [parseTitle(release.title).key, parseTitle(album.title).key];
  const keys = [...history.keys(album.id)];
  return (
    keys.every((key) => recordKeys.has(key)) &&
    keys.some((key) => !titles.includes(key) && !isGenericTrack(key))
  );
}

function listedKeys({ tracklist = [] }: MatchedRelease): ReadonlySet<string> {
  return trackKeys(tracklist);
}
