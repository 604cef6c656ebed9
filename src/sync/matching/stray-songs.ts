// Which record has a song that was heard without its album.
import { namedTracks } from "../../model/named-tracks.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { straySongsDigest, uncreditedTracks, writeStraySongs } from "../../store/plays/track-albums.ts";
import { type ListedRelease, songHomes } from "../../match/song-home.ts";
import { bareArtistName } from "../../model/names.ts";
import { creditLine } from "../../store/shelf/releases.ts";
import { readFact, writeFact } from "../../store/file/cache-facts.ts";
import { shelvedReleases } from "../../store/plays/record-matches.ts";
import { countTracklists, tracklistReader } from "../../store/shelf/tracklists.ts";

const digestFact = "stray songs found by";

/** Does nothing if nothing changed that stray songs depend on. */
export function findStraySongs(database: Database): void {
  const digest = straySongsDigest(database);
  const before = readFact(database, digestFact);
  if (before === digest || (before === undefined && countTracklists(database) === 0)) return;
  const homeOf = songHomes(listedReleases(database));
  const songs: [number, number][] = [];
  for (const { id, artist, title } of uncreditedTracks(database)) {
    const home = homeOf(artist, title);
    if (home !== undefined) songs.push([id, home]);
  }
  transact(database, () => {
    writeStraySongs(database, songs);
    writeFact(database, digestFact, digest);
  });
}

function* listedReleases(database: Database): Generator<ListedRelease> {
  const listOf = tracklistReader(database);
  for (const { id, artists } of shelvedReleases(database)) {
    const tracks = listOf(id);
    const names = artists.flatMap(({ name, anv }) => [bareArtistName(name), ...(anv === "" ? [] : [anv])]);
    yield {
      id,
      artists: [...new Set([...names, creditLine(artists)])],
      tracks: tracks && namedTracks(tracks),
    };
  }
}
