// The plays of a world as other services wrote them down.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CliFixture } from "./cli-fixture.ts";
import { type SamplePlay, buildSpotifyRow, buildSpotifyZip } from "./export-formats.ts";
import { type ListenBrainzBehaviour, startFakeListenBrainz } from "./fake-listenbrainz.ts";
import { buildListen, createListenBrainzData } from "./listenbrainz-data.ts";
import type { Play } from "./service-data.ts";

/** Plays with a date, each once. */
export function listDatedPlays({ worlds }: CliFixture): Play[] {
  const seen = new Set<string>();
  return worlds.lastfm.listener.plays.rows.filter((play) => {
    const key = JSON.stringify([play.uts, play.artist, play.track]);
    const isNew = play.uts > 0 && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Starts a ListenBrainz with these plays; returns its settings. Only inside a test. */
export async function startListenBrainzWith(
  plays: readonly Play[],
  behaviour: Partial<ListenBrainzBehaviour> = {},
): Promise<Record<string, string>> {
  const listens = plays.map(({ uts, artist, track, album }) =>
    buildListen(uts, {
      artist_name: artist,
      track_name: track,
      ...(album === "" ? {} : { release_name: album }),
    }),
  );
  const service = createListenBrainzData(listens);
  const server = await startFakeListenBrainz(service, { limit: null, ...behaviour });
  return { LISTENBRAINZ_USERNAME: service.username, LISTENBRAINZ_API_URL: server.url };
}

const toSamplePlay = ({ uts, albumArtist, artist, track, album }: Play): SamplePlay => ({
  startUts: uts,
  artist: albumArtist === "" ? artist : albumArtist,
  album,
  title: track,
  seconds: 200,
});

/** The extended history in one file. */
export function writeSpotifyFile(directory: string, plays: readonly Play[]): string {
  const path = join(directory, "Streaming_History_Audio_2020.json");
  writeFileSync(path, JSON.stringify(plays.map((play) => buildSpotifyRow(toSamplePlay(play)))));
  return path;
}

export function writeSpotifyDownload(directory: string, plays: readonly Play[]): string {
  const path = join(directory, "my_spotify_data.zip");
  writeFileSync(path, buildSpotifyZip(plays.map(toSamplePlay)));
  return path;
}
