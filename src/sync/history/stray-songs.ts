// Finds the records of songs that were heard without their album, where the tracklists tell.
import { songHomes, type ListedRelease } from "../../match/song-home.ts";
import { namedTracks } from "../../match/matcher.ts";
import { bareArtistName } from "../../model/names.ts";
import { creditLine } from "../../store/shelf/releases.ts";
import type { Database } from "../../store/file/database.ts";
import { readFact, writeFact } from "../../store/file/facts.ts";
import { shelvedReleases } from "../../store/plays/matches.ts";
import { straySongsDigest, uncreditedTracks, writeStraySongs } from "../../store/plays/stray-songs.ts";
import { countTracklists, tracklistReader } from "../../store/shelf/tracklists.ts";
import type { Run } from "../walks/run.ts";

const digestFact = "stray songs found by";

/** Only where something changed that they depend on. */
export function findStraySongs({ database, write }: Pick<Run, "database" | "write">): void {
  const digest = straySongsDigest(database);
  const before = readFact(database, digestFact);
  if (before === digest || (before === undefined && countTracklists(database) === 0)) return;
  const homeOf = songHomes(listedReleases(database));
  const songs: [number, number][] = [];
  for (const { id, artist, title } of uncreditedTracks(database)) {
    const home = homeOf(artist, title);
    if (home !== undefined) songs.push([id, home]);
  }
  write(() => {
    writeStraySongs(database, songs);
    writeFact(database, digestFact, digest);
  });
}

function* listedReleases(database: Database): Generator<ListedRelease> {
  const listOf = tracklistReader(database);
  for (const releases of shelvedReleases(database)) {
    for (const { id, artists } of releases) {
      const tracks = listOf(id);
      const names = artists.flatMap(({ name, anv }) => [bareArtistName(name), ...(anv === "" ? [] : [anv])]);
      yield {
        id,
        artists: [...new Set([...names, creditLine(artists)])],
        tracks: tracks && namedTracks(tracks),
      };
    }
  }
}
