// Six scrobblers as a server sees them: the headers and bodies that each sends, and its habit of sending plays one by one or
// together. The names in them are invented.
import { pickInteger, pickItem, toUuid } from "./random.ts";

/** A track that was really played. */
interface TruePlay {
  readonly startUts: number;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly seconds: number;
}

export interface ScrobblingClient {
  /** The name that rewind stores; "" if the client does not name itself. */
  readonly name: string;
  readonly path: string;
  readonly headers: (key: string) => Readonly<Record<string, string>>;
  /** How many plays it sends at once. */
  readonly batch: number;
  /** The metadata of a play. A report of what plays now has the same. */
  readonly buildTrack: (play: TruePlay) => object;
}

const jsonType = { "content-type": "application/json" };

export const scrobblingClients: readonly ScrobblingClient[] = [
  {
    name: "Navidrome",
    path: "/1/submit-listens",
    headers: (key) => ({
      "user-agent": "Go-http-client/1.1",
      "content-type": "application/json; charset=UTF-8",
      authorization: `Token ${key}`,
      "accept-encoding": "gzip",
    }),
    batch: 1,
    buildTrack: ({ artist, title, album, seconds }) => ({
      artist_name: artist,
      track_name: title,
      release_name: album,
      additional_info: {
        submission_client: "Navidrome",
        submission_client_version: "0.60.0",
        tracknumber: 3,
        artist_names: [artist],
        artist_mbids: [toUuid(artist)],
        recording_mbid: toUuid(title),
        release_mbid: toUuid(album),
        release_group_mbid: toUuid(`group ${album}`),
        duration_ms: seconds * 1000,
      },
    }),
  },
  {
    name: "Pano Scrobbler",
    path: "/apis/listenbrainz/1/submit-listens",
    headers: (key) => ({ ...jsonType, accept: "application/json", authorization: `token ${key}` }),
    batch: 20,
    buildTrack: ({ artist, title, album, seconds }) => ({
      artist_name: artist,
      release_name: album,
      track_name: title,
      additional_info: {
        duration_ms: seconds * 1000,
        submission_client: "Pano Scrobbler",
        submission_client_version: "4.13",
      },
    }),
  },
  {
    name: "",
    path: "/1/submit-listens",
    headers: (key) => ({
      accept: "*/*",
      "user-agent": "mpris-scrobbler/0.5",
      "content-type": "application/json",
      authorization: `Token ${key}`,
    }),
    batch: 5,
    buildTrack: ({ artist, title, album }) => ({
      release_name: album,
      artist_name: artist,
      track_name: title,
      additional_info: { recording_mbid: toUuid(title), artist_mbids: [toUuid(artist)] },
    }),
  },
  {
    name: "Web Scrobbler",
    path: "/1/1/submit-listens",
    headers: (key) => ({
      origin: "chrome-extension://hhinaapppaileiechjoiifaancjggfjm",
      "content-type": "application/json; charset=UTF-8",
      authorization: `Token ${key}`,
      "accept-encoding": "gzip, deflate, br, zstd",
    }),
    batch: 1,
    buildTrack: ({ artist, title, seconds }) => ({
      artist_name: artist,
      track_name: title,
      additional_info: {
        submission_client: "Web Scrobbler",
        submission_client_version: "3.20.0",
        music_service_name: "Somewhere",
        origin_url: "https://music.example/track/1",
        duration: seconds + 0.5,
      },
    }),
  },
  {
    name: "multi-scrobbler",
    path: "//1/submit-listens",
    headers: (key) => ({ ...jsonType, "user-agent": "multi-scrobbler/0.21", authorization: `Token ${key}` }),
    batch: 1,
    buildTrack: ({ artist, title, album, seconds }) => ({
      artist_name: artist,
      track_name: title,
      release_name: album,
      additional_info: {
        duration: seconds,
        media_player: "Chromecast",
        submission_client: "multi-scrobbler",
        submission_client_version: "0.21.2",
        release_artist_name: artist,
        release_artist_names: [artist],
        track_name: title,
        tags: [],
      },
    }),
  },
  {
    name: "kitchen speaker",
    path: "/submit-listens",
    headers: (key) => ({ "user-agent": "python-requests/2.32", authorization: `Token ${key}` }),
    batch: 1,
    buildTrack: ({ artist, title, album }) => ({
      artist_name: artist,
      track_name: title,
      release_name: album,
      additional_info: {
        listening_from: "music-assistant",
        media_player: "kitchen speaker",
        artist_mbids: [toUuid(artist)],
        recording_mbid: toUuid(title),
        tags: [],
      },
    }),
  },
];

/** A play as a client reports it: a little early or late by its own clock. */
export interface Report {
  readonly client: ScrobblingClient;
  readonly play: TruePlay;
  readonly listenedUts: number;
}

const firstUts = Date.UTC(2024, 0, 6) / 1000;

/** Plays one after another, each reported by one client, or by two whose clocks differ. */
export function generateReports(random: () => number, plays: number): Report[] {
  let uts = firstUts;
  return Array.from({ length: plays }, (): Report[] => {
    const seconds = pickInteger(random, 130, 300);
    uts += seconds;
    const artist = `Artist ${pickInteger(random, 1, 40)}`;
    const play = {
      startUts: uts,
      artist,
      title: `Song ${pickInteger(random, 1, 12)} by ${artist}`,
      album: `Album ${pickInteger(random, 1, 3)} by ${artist}`,
      seconds,
    };
    const first = pickItem(random, scrobblingClients);
    const second = pickItem(random, scrobblingClients);
    const report = { client: first, play, listenedUts: uts };
    if (second === first || random() < 0.5) return [report];
    return [report, { client: second, play, listenedUts: uts + pickInteger(random, 1, 8) }];
  }).flat();
}

/** The reports of one client in the batches that it sends, each as a body. */
export function buildBodies(reports: readonly Report[], { batch, buildTrack }: ScrobblingClient): string[] {
  return Array.from({ length: Math.ceil(reports.length / batch) }, (_, at) => {
    const payload = reports
      .slice(at * batch, (at + 1) * batch)
      .map(({ play, listenedUts }) => ({ listened_at: listenedUts, track_metadata: buildTrack(play) }));
    return JSON.stringify({ listen_type: payload.length === 1 ? "single" : "import", payload });
  });
}

export function buildPlayingNowBody({ play, client }: Report): string {
  const track = client.buildTrack({ ...play, title: "Never stored" });
  return JSON.stringify({ listen_type: "playing_now", payload: [{ track_metadata: track }] });
}
