import { namedTracks } from "../model/named-tracks.ts";
import { readAliases } from "./decisions/user-decisions.ts";
import type { Database } from "./file/database.ts";
import { heardTracks } from "./plays/track-albums.ts";
import type { ShelvedRelease } from "./plays/record-matches.ts";
import { mbidReader, otherTitlesReader } from "./shelf/musicbrainz-answers.ts";
import { tracklistReader } from "./shelf/tracklists.ts";

/** Evidence for the matcher, besides the names of records and albums. */
export function matchEvidence(database: Database) {
  const mbids = mbidReader(database);
  const otherTitlesOf = otherTitlesReader(database);
  const listOf = tracklistReader(database);
  return {
    ofAlbums: {
      aliases: readAliases(database),
      heard: heardTracks(database),
      mbids: mbids?.album ?? null,
    },
    /** Adds to a release what its lookups found. */
    ofRelease: (release: ShelvedRelease) => {
      const tracks = listOf(release.id);
      return {
        ...release,
        tracklist: tracks && namedTracks(tracks),
        mbids: mbids?.release(release.id),
        kind: mbids?.kind(release.id),
        otherTitles: otherTitlesOf(release.id),
      };
    },
  };
}
