// A single often has the title of an album. The tracks heard under the title tell which of the two a row of the chart is.
import { ownBlocks, type MatchDecision, withCredited } from "./decide.ts";
import type { Library } from "../library/library.ts";
import type { AlbumRow } from "../library/entry.ts";
import { type MatchedRelease, releaseKind } from "./matched-release.ts";
import { parseTitle } from "../titles/title.ts";
import { isGenericTrack } from "../titles/track-title.ts";
import { creditsOf } from "./credits.ts";
import { trackKeys, type Heard } from "./heard.ts";
import { isDoubtful, looser } from "./ladder.ts";

/** Most tracks of a single with an unknown tracklist. */
const [mostOn7Inches, mostOfOthers] = [4, 6];
const twoSides = /\s\/\s/;

/** Removes albums from the credits of a single, and marks rows as doubtful that may be either. */
export function judgeSingle(
  decision: MatchDecision,
  release: MatchedRelease,
  library: Library,
  heard: Heard | null,
): MatchDecision {
  if (decision.credited.length === 0 || releaseKind(release) !== "single") return decision;
  const judged = decision.credited.flatMap(({ album, rule }) => {
    if (isAlbumByTracks(release, album, heard)) return [];
    const isSingle = saysSingle(release, album) || isSingleByTracks(release, album, heard);
    return [{ album, rule: isSingle ? rule : looser("single-or-album", rule) }];
  });
  const sure = judged.filter(({ rule }) => !isDoubtful(rule));
  const credited = sure.length > 0 ? sure : judged;
  const isSame =
    credited.length === decision.credited.length &&
    credited.every(({ rule }, at) => rule === decision.credited[at]?.rule);
  if (isSame) return decision;
  const left = withCredited(decision, credited);
  if (credited.length > 0) return left;
  const artistBlock = ownBlocks(release, creditsOf(release, library), library)[0] ?? null;
  return { ...left, rule: artistBlock === null ? "none" : "artist", artistBlock };
}

/** Returns true if more different tracks were heard from an album than the single has. */
export function isAlbumByTracks(release: MatchedRelease, album: AlbumRow, heard: Heard | null): boolean {
  if (heard === null || releaseKind(release) !== "single" || parseTitle(album.title).format === "single")
    return false;
  const listed = listedKeys(release);
  return heard.keys(album.id).size > (listed.size === 0 ? mostTracksOf(release) : listed.size);
}

/** Returns true if the single's tracklist is unknown and could settle the match. */
export function isOpenSingle(decision: MatchDecision, release: MatchedRelease, heard: Heard | null): boolean {
  if (heard === null || release.tracklist !== undefined) return false;
  return decision.credited.some(
    ({ album, rule }) => rule === "single-or-album" && heard.keys(album.id).size > 1,
  );
}

function mostTracksOf({ formats }: MatchedRelease): number {
  return formats.some(({ descriptions }) => descriptions.includes('7"')) ? mostOn7Inches : mostOfOthers;
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
function isSingleByTracks(release: MatchedRelease, album: AlbumRow, heard: Heard | null): boolean {
  if (heard === null) return false;
  const listed = listedKeys(release);
  const titles = [parseTitle(release.title).key, parseTitle(album.title).key];
  const keys = [...heard.keys(album.id)];
  return (
    keys.every((key) => listed.has(key)) && keys.some((key) => !titles.includes(key) && !isGenericTrack(key))
  );
}

function listedKeys({ tracklist = [] }: MatchedRelease): ReadonlySet<string> {
  return trackKeys(tracklist);
}
