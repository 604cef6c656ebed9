import { toNamedTracks } from "../model/named-tracks.ts";
import { readAliases } from "./decisions/user-decisions.ts";
import type { Database } from "./file/database.ts";
import { queryValue } from "./file/sql.ts";
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

/** Returns a function that counts the albums in your plays and the releases on your shelf with an artist, or with a title by that artist. */
export function createNameCounter(database: Database) {
  return (
    field: "artist" | "title",
    { artist, title }: { readonly artist: string; readonly title: string },
  ) =>
    queryValue(database, 0)`
      SELECT count(*) FROM (SELECT artist, title FROM album UNION ALL
        SELECT artist, title FROM release WHERE id IN (SELECT release_id FROM record))
      WHERE artist = ${artist} AND (${field} = 'artist' OR title = ${title}
        OR substr(title, 1, length(${title}) + 2) = ${title} || ' (')`;
}
