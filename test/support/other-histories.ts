// The plays of a world as other services wrote them down.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliWorld } from "./cli-world.ts";
import { type MadePlay, spotifyRow, spotifyZip } from "./exported-files.ts";
import { type ListenBrainzBehaviour, startListenBrainz } from "./listenbrainz-stand-in.ts";
import { listen, makeListenBrainzWorld } from "./listenbrainz-world.ts";
import type { Play } from "./world.ts";

/** Plays with a date, each once. */
export function datedPlays({ worlds }: CliWorld): Play[] {
  const seen = new Set<string>();
  return worlds.lastfm.listener.plays.rows.filter((play) => {
    const key = JSON.stringify([play.uts, play.artist, play.track]);
    const isNew = play.uts > 0 && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Starts a ListenBrainz with these plays; returns its settings. Only inside a test. */
export async function listenBrainzOf(
  plays: readonly Play[],
  behaviour: Partial<ListenBrainzBehaviour> = {},
): Promise<Record<string, string>> {
  const listens = plays.map(({ uts, artist, track, album }) =>
    listen(uts, { artist_name: artist, track_name: track, ...(album === "" ? {} : { release_name: album }) }),
  );
  const service = makeListenBrainzWorld(listens);
  const server = await startListenBrainz(service, { limit: null, ...behaviour });
  return { LISTENBRAINZ_USERNAME: service.username, LISTENBRAINZ_API_URL: server.url };
}

const madePlay = ({ uts, albumArtist, artist, track, album }: Play): MadePlay => ({
  startUts: uts,
  artist: albumArtist === "" ? artist : albumArtist,
  album,
  title: track,
  seconds: 200,
});

/** The extended history in one file. */
export function spotifyFile(directory: string, plays: readonly Play[]): string {
  const path = join(directory, "Streaming_History_Audio_2020.json");
  writeFileSync(path, JSON.stringify(plays.map((play) => spotifyRow(madePlay(play)))));
  return path;
}

export function spotifyDownload(directory: string, plays: readonly Play[]): string {
  const path = join(directory, "my_spotify_data.zip");
  writeFileSync(path, spotifyZip(plays.map(madePlay)));
  return path;
}
