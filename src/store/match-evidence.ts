import { addToList } from "../model/grouping.ts";
import { toNamedTracks } from "../model/named-tracks.ts";
import { readAliases } from "./decisions/user-decisions.ts";
import type { Database } from "./file/database.ts";
import { iterateTuples, queryValues } from "./file/sql.ts";
import { createHeardTracksReader } from "./plays/track-albums.ts";
import type { CollectionRelease } from "./plays/record-matches.ts";
import { createMbidReader, createOtherTitlesReader } from "./shelf/musicbrainz-cache.ts";
import { createTracklistReader } from "./shelf/tracklists.ts";

/** Evidence for the matcher, besides the names of records and albums. */
export function createMatchEvidence(database: Database) {
  const mbids = createMbidReader(database);
  const getOtherTitles = createOtherTitlesReader(database);
  const getTracklist = createTracklistReader(database);
  const sharingIds = new Set(
    queryValues<number>(database)`SELECT id FROM release WHERE album_key <> edition_key`,
  );
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
        sharesName: sharingIds.has(release.id),
      };
    },
  };
}

/**
 * Returns a function that counts the albums in your plays and the releases on your shelf with an artist, or with a title by
 * that artist. It reads all names when it is first called, since a rematch of a large shelf has thousands of calls.
 */
export function createNameCounter(
  database: Database,
): (field: "artist" | "title", named: { readonly artist: string; readonly title: string }) => number {
  let titlesByArtist: Map<string, string[]> | undefined;
  return (field, { artist, title }) => {
    titlesByArtist ??= readTitlesByArtist(database);
    const titles = titlesByArtist.get(artist) ?? [];
    if (field === "artist") return titles.length;
    return titles.filter((each) => each === title || each.startsWith(`${title} (`)).length;
  };
}

function readTitlesByArtist(database: Database): Map<string, string[]> {
  const titlesByArtist = new Map<string, string[]>();
  const names = iterateTuples<[artist: string, title: string]>(database)`
    SELECT artist, title FROM album UNION ALL
    SELECT artist, title FROM release WHERE id IN (SELECT release_id FROM record)`;
  for (const [artist, title] of names) addToList(titlesByArtist, artist, title);
  return titlesByArtist;
}
