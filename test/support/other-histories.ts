// The plays of a world as other services wrote them down.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CliWorld } from "./cli-world.ts";
import { type ListenBrainzBehaviour, startListenBrainz } from "./listenbrainz-stand-in.ts";
import { listen, makeListenBrainzWorld } from "./listenbrainz-world.ts";
import { Listing } from "./listing.ts";
import type { Play } from "./world.ts";
import { zipFile } from "./zip-file.ts";

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
  const service = makeListenBrainzWorld({ listens: new Listing(listens) });
  const server = await startListenBrainz(service, { limit: null, ...behaviour });
  onTestFinished(() => server.close());
  return { LISTENBRAINZ_USERNAME: service.username, LISTENBRAINZ_API_URL: server.url };
}

/** Rows of Spotify's extended history. */
function spotifyRows(plays: readonly Play[]): object[] {
  return plays.map(({ uts, albumArtist, artist, track, album }, at) => ({
    ts: new Date((uts + 200) * 1000).toISOString().replace(".000Z", "Z"),
    ms_played: 200_000,
    master_metadata_track_name: track,
    master_metadata_album_artist_name: albumArtist === "" ? artist : albumArtist,
    master_metadata_album_album_name: album,
    spotify_track_uri: `spotify:track:${at}`,
    reason_start: "trackdone",
    reason_end: "trackdone",
    skipped: false,
    offline: false,
    offline_timestamp: uts,
    incognito_mode: false,
  }));
}

export function spotifyFile(directory: string, plays: readonly Play[]): string {
  const path = join(directory, "Streaming_History_Audio_2020.json");
  writeFileSync(path, JSON.stringify(spotifyRows(plays)));
  return path;
}

/** The zip as Spotify's download: the history in two files, one of videos, and a manual. */
export function spotifyZip(directory: string, plays: readonly Play[]): string {
  const path = join(directory, "my_spotify_data.zip");
  const rows = spotifyRows(plays);
  const half = Math.ceil(rows.length / 2);
  const folder = "Spotify Extended Streaming History";
  const entries = [
    { name: `${folder}/ReadMeFirst_ExtendedStreamingHistory.pdf`, content: "%PDF-1.7" },
    {
      name: `${folder}/Streaming_History_Audio_2019-2021_0.json`,
      content: JSON.stringify(rows.slice(0, half)),
    },
    { name: `${folder}/Streaming_History_Audio_2021-2026_1.json`, content: JSON.stringify(rows.slice(half)) },
    { name: `${folder}/Streaming_History_Video_2019-2026.json`, content: "[]" },
  ];
  writeFileSync(path, zipFile(entries));
  return path;
}
