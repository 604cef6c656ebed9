import { toNamedTracks } from "../model/named-tracks.ts";
import { readAliases } from "./decisions/user-decisions.ts";
import type { Database } from "./file/database.ts";
import { createHeardTracksReader } from "./plays/track-albums.ts";
import type { CollectionRelease } from "./plays/record-matches.ts";
import { createMbidReader, createOtherTitlesReader } from "./shelf/musicbrainz-cache.ts";
import { createTracklistReader } from "./shelf/tracklists.ts";

/** Evidence for the matcher, besides the names of records and albums. */
export function createMatchEvidence(database: Database) {
  const mbids = createMbidReader(database);
  const getOtherTitles = createOtherTitlesReader(database);
  const getTracklist = createTracklistReader(database);
  return {
    ofAlbums: {
      aliases: readAliases(database),
      heard: createHeardTracksReader(database),
      mbids: mbids?.album ?? null,
    },
    /** Adds to a release what its lookups found. */
    ofRelease: (release: CollectionRelease) => {
      const tracks = getTracklist(release.id);
      return {
        ...release,
        tracklist: tracks && toNamedTracks(tracks),
        mbids: mbids?.release(release.id),
        kind: mbids?.kind(release.id),
        otherTitles: getOtherTitles(release.id),
      };
    },
  };
}
