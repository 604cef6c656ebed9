// Finds the record of a song that was heard without its album.
import { toNamedTracks } from "../../model/named-tracks.ts";
import { type Database, transact } from "../../store/file/database.ts";
import {
  hashUnmatchedSongInputs,
  readUnmatchedTracks,
  saveUnmatchedSongs,
} from "../../store/plays/track-albums.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { type ListedRelease, createUniqueReleaseFinder } from "../../match/unique-release.ts";
import { stripArtistSuffix } from "../../model/names.ts";
import { formatArtistCredit } from "../../store/shelf/releases.ts";
import { readFact, saveFact } from "../../store/file/cache-facts.ts";
import { readCollectionReleases } from "../../store/plays/record-matches.ts";
import { countTracklists, createTracklistReader } from "../../store/shelf/tracklists.ts";

const digestFact = "stray songs found by";

/** Does nothing if nothing changed that stray songs depend on. */
export function refreshUnmatchedSongs(database: Database): void {
  const digest = `${rulesVersion} ${hashUnmatchedSongInputs(database)}`;
  const before = readFact(database, digestFact);
  if (before === digest || (before === undefined && countTracklists(database) === 0)) return;
  const findHome = createUniqueReleaseFinder(readListedReleases(database));
  const songs: [number, number][] = [];
  for (const { id, artist, title } of readUnmatchedTracks(database)) {
    const home = findHome(artist, title);
    if (home !== undefined) songs.push([id, home]);
  }
  transact(database, () => {
    saveUnmatchedSongs(database, songs);
    saveFact(database, digestFact, digest);
  });
}

function* readListedReleases(database: Database): Generator<ListedRelease> {
  const getTracklist = createTracklistReader(database);
  for (const { id, artists } of readCollectionReleases(database)) {
    const tracks = getTracklist(id);
    const names = artists.flatMap(({ name, anv }) => [stripArtistSuffix(name), ...(anv === "" ? [] : [anv])]);
    yield {
      id,
      artists: [...new Set([...names, formatArtistCredit(artists)])],
      tracks: tracks && toNamedTracks(tracks),
    };
  }
}
