// Listening histories as services and tools export them, each shape in every generation that is known.
import { toUuid } from "./random.ts";
import { buildZip } from "./build-zip.ts";

export interface SamplePlay {
  readonly startUts: number;
  readonly artist: string;
  readonly album: string;
  readonly title: string;
  readonly seconds: number;
}

export interface ExportFormat {
  /** The name in `rewind import --json`. */
  readonly format: string;
  readonly generation: string;
  readonly source: string;
  readonly precisionSeconds: 1 | 60 | 86_400;
  readonly hasAlbum: boolean;
  readonly text: (plays: readonly SamplePlay[]) => string;
}

const toIsoTime = (uts: number): string => new Date(uts * 1000).toISOString().replace(".000Z", "Z");
const quoteCell = (value: string | number): string => `"${String(value).replaceAll('"', '""')}"`;
const formatCsvRow = (values: readonly (string | number)[], delimiter = ","): string =>
  values.map(quoteCell).join(delimiter);
const joinLines = (rows: readonly string[]): string => `${rows.join("\n")}\n`;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "23 Feb 2016 17:59" */
function formatMinute(uts: number): string {
  const [day = "", time = ""] = toIsoTime(uts).split("T");
  const [year = "", month = "1", date = ""] = day.split("-");
  return `${Number(date)} ${months[Number(month) - 1] ?? ""} ${year} ${time.slice(0, 5)}`;
}

/** Personal data of the real files: none of it may reach the cache. */
export const personalData = {
  username: "private-name",
  ip_addr: "203.0.113.77",
  ip_addr_decrypted: "203.0.113.77",
  user_agent_decrypted: "private-agent",
  platform: "private-platform",
  conn_country: "private-country",
};

/** A row of Spotify's extended history. */
export function buildSpotifyRow(play: SamplePlay, changed: Readonly<Record<string, unknown>> = {}): object {
  return {
    ts: toIsoTime(play.startUts + play.seconds),
    ...personalData,
    ms_played: play.seconds * 1000,
    master_metadata_track_name: play.title,
    master_metadata_album_artist_name: play.artist,
    master_metadata_album_album_name: play.album,
    spotify_track_uri: `spotify:track:${toUuid(play.artist + play.title)}`,
    episode_name: null,
    episode_show_name: null,
    spotify_episode_uri: null,
    reason_start: "trackdone",
    reason_end: "trackdone",
    shuffle: false,
    skipped: null,
    offline: false,
    offline_timestamp: play.startUts,
    incognito_mode: false,
    ...changed,
  };
}

export const appleColumns = [
  "Album Name",
  "Client IP Address",
  "Container Album Name",
  "Container Artist Name",
  "Container Type",
  "End Position In Milliseconds",
  "End Reason Type",
  "Event End Timestamp",
  "Event Start Timestamp",
  "Event Type",
  "Item Type",
  "Media Duration In Milliseconds",
  "Media Type",
  "Play Duration Milliseconds",
  "Song Name",
  "Start Position In Milliseconds",
  "UTC Offset In Seconds",
] as const;

/** A row of Apple's Play Activity, by column. */
export function buildAppleRow(
  play: SamplePlay,
  changed: Readonly<Record<string, string | number>> = {},
): Readonly<Record<string, string | number>> {
  return {
    "Album Name": play.album,
    "Client IP Address": personalData.ip_addr,
    "Container Type": "PLAYLIST",
    "End Position In Milliseconds": play.seconds * 1000,
    "End Reason Type": "NATURAL_END_OF_TRACK",
    "Event End Timestamp": toIsoTime(play.startUts + play.seconds).replace("Z", ".250Z"),
    "Event Start Timestamp": toIsoTime(play.startUts).replace("Z", ".250Z"),
    "Event Type": "PLAY_END",
    "Item Type": "ITUNES_STORE_CONTENT",
    "Media Duration In Milliseconds": play.seconds * 1000,
    "Media Type": "AUDIO",
    "Play Duration Milliseconds": play.seconds * 1000,
    "Song Name": play.title,
    "Start Position In Milliseconds": 0,
    "UTC Offset In Seconds": 3600,
    ...changed,
  };
}

export function formatCsv(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number>>[],
): string {
  return joinLines([
    formatCsvRow(columns),
    ...rows.map((row) => formatCsvRow(columns.map((column) => row[column] ?? ""))),
  ]);
}

const buildRecentTrack = (play: SamplePlay): object => ({
  artist: { mbid: "", "#text": play.artist },
  streamable: "0",
  name: play.title,
  mbid: "",
  album: { mbid: "", "#text": play.album },
  url: "https://www.last.fm/music/x",
  date: { uts: String(play.startUts), "#text": formatMinute(play.startUts) },
});

const nowPlaying = { artist: { "#text": "Now" }, name: "Playing", "@attr": { nowplaying: "true" } };

/** The same in every export, whatever the names are by then. */
const toMsid = ({ startUts }: Pick<SamplePlay, "startUts">): string => toUuid(String(startUts));

const buildListen = ({ startUts, artist, album, title, seconds }: SamplePlay): object => ({
  listened_at: startUts,
  inserted_at: startUts + 1.5,
  track_metadata: {
    artist_name: artist,
    track_name: title,
    release_name: album,
    recording_msid: toMsid({ startUts }),
    additional_info: { duration_ms: seconds * 1000, media_player: "player" },
    mbid_mapping: null,
  },
});

const buildAliases = (name: string): object[] => [
  { alias: `${name} (old)`, source: "import", is_primary: false },
  { alias: name, source: "canonical", is_primary: true },
];

type FormatDefinition = Pick<ExportFormat, "format" | "source" | "text"> & Partial<ExportFormat>;

const createJsonWriter =
  (row: (play: SamplePlay) => object): ExportFormat["text"] =>
  (plays) =>
    JSON.stringify(plays.map((play) => row(play)));

const createTableWriter =
  (
    columns: readonly string[],
    row: (play: SamplePlay) => Readonly<Record<string, string | number>>,
  ): ExportFormat["text"] =>
  (plays) =>
    formatCsv(columns, plays.map(row));

const createLineWriter =
  (head: readonly string[], row: (play: SamplePlay) => string): ExportFormat["text"] =>
  (plays) =>
    joinLines([...head, ...plays.map((play) => row(play))]);

const formatDefinitions: readonly FormatDefinition[] = [
  {
    format: "spotify-history",
    generation: "endsong, with milliseconds",
    source: "spotify",
    text: createJsonWriter((play) =>
      buildSpotifyRow(play, { offline_timestamp: play.startUts * 1000 + 296 }),
    ),
  },
  {
    format: "spotify-history",
    generation: "Streaming_History_Audio, with audiobooks",
    source: "spotify",
    text: (plays) =>
      JSON.stringify(
        plays.map((play) => buildSpotifyRow(play, { audiobook_title: null })),
        null,
        2,
      ),
  },
  {
    format: "spotify-account",
    source: "spotify-account",
    precisionSeconds: 60,
    hasAlbum: false,
    text: createJsonWriter(({ startUts, artist, title, seconds }) => ({
      endTime: toIsoTime(startUts + seconds)
        .slice(0, 16)
        .replace("T", " "),
      artistName: artist,
      trackName: title,
      msPlayed: seconds * 1000,
    })),
  },
  {
    format: "apple-play-activity",
    generation: "before 2022, in another order, with artists",
    source: "apple",
    text: createTableWriter(
      [
        "Artist Name",
        ...appleColumns.toReversed().map((column) => (column === "Song Name" ? "Content Name" : column)),
      ],
      (play) => ({ ...buildAppleRow(play), "Artist Name": play.artist, "Content Name": play.title }),
    ),
  },
  {
    format: "apple-play-activity",
    generation: "current, with the artist of the album it was played from",
    source: "apple",
    text: createTableWriter(appleColumns, (play) =>
      buildAppleRow(play, { "Container Type": "ALBUM", "Container Artist Name": play.artist }),
    ),
  },
  {
    format: "apple-daily-tracks",
    source: "apple-daily",
    precisionSeconds: 86_400,
    hasAlbum: false,
    text: createTableWriter(
      [
        "Country",
        "Track Identifier",
        "Media type",
        "Date Played",
        "Hours",
        "Play Count",
        "Track Description",
      ],
      ({ startUts, artist, title }) => ({
        "Media type": "AUDIO",
        "Date Played": toIsoTime(startUts).slice(0, 10).replaceAll("-", ""),
        Hours: "18, 19",
        "Play Count": 1,
        "Track Description": `${artist} - ${title}`,
      }),
    ),
  },
  {
    format: "listenbrainz-lines",
    source: "listenbrainz-file",
    text: createLineWriter([], (play) => JSON.stringify(buildListen(play))),
  },
  {
    format: "listenbrainz-json",
    source: "listenbrainz-file",
    text: createJsonWriter((play) => ({
      ...buildListen(play),
      recording_msid: toMsid(play),
      user_name: personalData.username,
    })),
  },
  {
    format: "rewind-lines",
    source: "rewind",
    text: createLineWriter([], (play) => {
      const { track_metadata: track, ...listen } = buildListen(play) as { track_metadata: object };
      const info = { rewind_sources: [{ source: "spotify", listened_at: 1 }] };
      return JSON.stringify({ ...listen, track_metadata: { ...track, additional_info: info } });
    }),
  },
  {
    format: "rewind-table",
    source: "rewind",
    text: createTableWriter(
      [
        "played_at",
        "artist_name",
        "track_name",
        "album_name",
        "album_artist_name",
        "duration_seconds",
        "precision_seconds",
        "is_end",
        "album_of_track",
        "recording_mbid",
        "release_mbid",
        "release_group_mbid",
        "sources",
      ],
      ({ startUts, artist, album, title, seconds }) => ({
        played_at: toIsoTime(startUts),
        artist_name: artist,
        track_name: title,
        album_name: album,
        duration_seconds: seconds,
        precision_seconds: 1,
        is_end: "false",
        album_of_track: "false",
        sources: "lastfm; spotify",
      }),
    ),
  },
  {
    format: "lastfm-csv",
    source: "lastfm-file",
    text: createLineWriter(
      [
        "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid",
        formatCsvRow(["", "", "Now", "", "", "", "Playing", ""]),
      ],
      ({ startUts, artist, album, title }) =>
        formatCsvRow([startUts, formatMinute(startUts), artist, "", album, "", title, ""]),
    ),
  },
  {
    format: "lastfm-json",
    generation: "pages",
    source: "lastfm-file",
    text: (plays) =>
      JSON.stringify([
        { track: [nowPlaying, ...plays.slice(0, 2).map(buildRecentTrack)], "@attr": { page: "1" } },
        { track: plays.slice(2).map(buildRecentTrack), "@attr": { page: "2" } },
      ]),
  },
  {
    format: "lastfm-json",
    generation: "one answer, names as text",
    source: "lastfm-file",
    text: (plays) => {
      const track = plays.map((play) => ({
        ...buildRecentTrack(play),
        artist: { name: play.artist },
        album: play.album,
      }));
      return JSON.stringify({ recenttracks: { "@attr": { user: personalData.username }, track } });
    },
  },
  {
    format: "lastfm-to-csv",
    source: "lastfm-to-csv",
    precisionSeconds: 60,
    text: createLineWriter(["Now,,Playing,"], ({ startUts, artist, album, title }) =>
      [artist, album, title, formatMinute(startUts)].map((value) => value.replace(/[",]/g, "")).join(","),
    ),
  },
  {
    format: "lastfmstats-csv",
    generation: "with AlbumId",
    source: "lastfm-file",
    text: createLineWriter(
      [`\ufeffArtist;Album;AlbumId;Track;Date#${personalData.username}`],
      ({ startUts, artist, album, title }) => formatCsvRow([artist, album, "", title, startUts * 1000], ";"),
    ),
  },
  {
    format: "lastfmstats-csv",
    generation: "older, of four columns",
    source: "lastfm-file",
    text: createLineWriter(
      [`\ufeffArtist;Album;Track;Date#${personalData.username}`],
      ({ startUts, artist, album, title }) => formatCsvRow([artist, album, title, startUts * 1000], ";"),
    ),
  },
  {
    format: "lastfmstats-json",
    source: "lastfm-file",
    text: (plays) => {
      const scrobbles = plays.map(({ startUts, artist, album, title }) => ({
        track: title,
        artist,
        album,
        albumId: "",
        date: startUts * 1000,
      }));
      return JSON.stringify({ username: personalData.username, scrobbles });
    },
  },
  {
    format: "maloja-export",
    source: "maloja",
    text: (plays) => {
      const scrobbles = plays.map(({ startUts, artist, album, title, seconds }) => ({
        time: startUts,
        track: {
          artists: [artist],
          title,
          album: { artists: [artist], albumtitle: album },
          length: seconds,
        },
        duration: null,
        origin: "client:x",
      }));
      return JSON.stringify({ maloja: { export_time: 1_700_000_000 }, scrobbles });
    },
  },
  {
    format: "koito-export",
    source: "koito",
    text: (plays) => {
      const listens = plays.map(({ startUts, artist, album, title, seconds }) => ({
        listened_at: toIsoTime(startUts).replace("Z", "+00:00"),
        track: { mbid: null, duration: seconds, aliases: buildAliases(title) },
        album: { mbid: null, aliases: buildAliases(album), image_url: "", various_artists: false },
        artists: [{ mbid: null, is_primary: true, aliases: buildAliases(artist) }],
      }));
      const head = { version: "1", exported_at: "2026-05-21T10:00:00Z", user: personalData.username };
      return JSON.stringify({ ...head, listens });
    },
  },
  {
    format: "pano-scrobbler",
    source: "pano",
    text: createLineWriter([], ({ startUts, artist, album, title, seconds }) => {
      const play = {
        timeMs: startUts * 1000,
        artist,
        track: title,
        album,
        albumArtist: artist,
        durationMs: seconds * 1000,
        mediaPlayerPackage: "com.example",
      };
      return ["nowplaying", "scrobble"].map((event) => JSON.stringify({ ...play, event })).join("\n");
    }),
  },
  {
    format: "librefm-csv",
    generation: "with comments",
    source: "librefm",
    text: createLineWriter(
      ["# an export", "# in CSV", "Track,Artist,Album,UserId,Time"],
      ({ startUts, artist, album, title }) => formatCsvRow([title, artist, album, 7, startUts]),
    ),
  },
  {
    format: "librefm-csv",
    generation: "comments in UTF-7",
    source: "librefm",
    text: createLineWriter(
      ["+ACM- an export", "artist,track,album,time"],
      ({ startUts, artist, album, title }) => formatCsvRow([artist, title, album, startUts]),
    ),
  },
  {
    format: "scrobbler-log",
    generation: "1.1",
    source: "rockbox",
    text: createLineWriter(
      ["#AUDIOSCROBBLER/1.1", "#TZ/UTC", "#CLIENT/Rockbox ipodvideo"],
      ({ startUts, artist, album, title, seconds }) =>
        [artist, album, title, "3", seconds, "L", startUts, ""].join("\t"),
    ),
  },
  {
    format: "scrobbler-log",
    generation: "1.0, lines of Windows",
    source: "rockbox",
    text: createLineWriter(
      ["#AUDIOSCROBBLER/1.0\r", "#TZ/UTC\r", "#CLIENT/Other\r"],
      ({ startUts, artist, album, title, seconds }) =>
        [artist, album, title, "", seconds, "L", `${startUts}\r`].join("\t"),
    ),
  },
];

export const exportFormats: readonly ExportFormat[] = formatDefinitions.map((shape) => ({
  generation: "",
  precisionSeconds: 1,
  hasAlbum: true,
  ...shape,
}));

export function getExportFormat(format: string): ExportFormat {
  const shape = exportFormats.find((each) => each.format === format);
  if (shape === undefined) throw new Error(`no shape of ${format}`);
  return shape;
}

/** A zip as Spotify sends it, with files of audio out of order, one of videos, and a manual. */
export function buildSpotifyZip(plays: readonly SamplePlay[]): Buffer {
  const folder = "Spotify Extended Streaming History";
  const half = Math.ceil(plays.length / 2);
  return buildZip([
    { name: `${folder}/ReadMeFirst_ExtendedStreamingHistory.pdf`, content: "%PDF-1.4" },
    {
      name: `${folder}/Streaming_History_Audio_2019-2020_0.json`,
      content: JSON.stringify(plays.slice(half).map((play) => buildSpotifyRow(play))),
    },
    {
      name: `${folder}/Streaming_History_Audio_2018_1.json`,
      content: JSON.stringify(plays.slice(0, half).map((play) => buildSpotifyRow(play))),
    },
    {
      name: `${folder}/Streaming_History_Video_2018-2020.json`,
      content: JSON.stringify(plays.slice(0, 1).map((play) => buildSpotifyRow(play))),
    },
  ]);
}
