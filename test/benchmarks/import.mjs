// Time and memory of an import of Spotify's JSON files, of the same as a zip, and of Apple's CSV.
//   npm run --silent build && npm run bench -- test/benchmarks/import.mjs [megabytes of each]
import { spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const megabytes = Number(process.argv[2] ?? 350);
const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));
const atExit =
  "data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,String(process.resourceUsage().maxRSS)))";

/** 96 plays a day for 15 years are 350 MB. */
const formatTime = (play) => new Date(1_300_000_000_000 + play * 900_000).toISOString();

function buildSpotifyRow(play) {
  return JSON.stringify({
    ts: formatTime(play).replace(/\.\d+/, ""),
    platform: "Android OS 10 API 29 (samsung, SM-G960F)",
    ms_played: 150_000 + ((play * 7919) % 90_000),
    conn_country: "DE",
    ip_addr: "203.0.113.7",
    master_metadata_track_name: `Track ${play % 9973}`,
    master_metadata_album_artist_name: `Artist ${(play % 9973) % 613}`,
    master_metadata_album_album_name: `Album ${(play % 9973) % 1201}`,
    spotify_track_uri: `spotify:track:${String(play % 9973).padStart(22, "x")}`,
    episode_name: null,
    episode_show_name: null,
    spotify_episode_uri: null,
    audiobook_title: null,
    audiobook_uri: null,
    audiobook_chapter_uri: null,
    audiobook_chapter_title: null,
    reason_start: "trackdone",
    reason_end: play % 5 === 0 ? "fwdbtn" : "trackdone",
    shuffle: true,
    skipped: false,
    offline: false,
    offline_timestamp: null,
    incognito_mode: false,
  });
}

const appleColumns = [
  "Album Name",
  "Event Type",
  "Event Start Timestamp",
  "Event End Timestamp",
  "Song Name",
  "Play Duration Milliseconds",
  "Media Duration In Milliseconds",
  "End Reason Type",
  ...Array.from({ length: 132 }, (_, column) => `Other Column ${column}`),
];

function buildAppleRow(play) {
  const half = play >> 1;
  const known = {
    "Album Name": `Album ${(half % 9973) % 1201}`,
    "Event Type": play % 2 === 0 ? "PLAY_START" : "PLAY_END",
    "Event Start Timestamp": formatTime(half),
    "Song Name": `Track ${half % 9973}`,
    "Play Duration Milliseconds": "180000",
    "Media Duration In Milliseconds": "200000",
    "End Reason Type": "NATURAL_END_OF_TRACK",
  };
  return appleColumns
    .map((column, place) => known[column] ?? (place % 9 === 0 ? `"value ${place}"` : ""))
    .join(",");
}

/** Writes rows until the file has the given size in bytes. Returns the number of the next row. */
async function writeRows(path, { start, separator, end, row, bytes, from }) {
  const file = createWriteStream(path);
  let written = 0;
  let play = from;
  file.write(start);
  while (written < bytes) {
    const text = (play === from ? "" : separator) + row(play);
    written += text.length;
    play += 1;
    if (!file.write(text)) await once(file, "drain");
  }
  file.end(end);
  await once(file, "finish");
  return play;
}

function measureImport(name, home, files) {
  const started = performance.now();
  const { status, stdout, stderr, output } = spawnSync(
    process.execPath,
    ["--import", atExit, program, "--db", join(home, `${name}.db`), "import", ...files],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"] },
  );
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${name}: ${seconds.toFixed(1)} s, ${(Number(output[3]) / 1024).toFixed(0)} MB of memory`);
  console.log(stdout.split("\n")[0]);
}

const home = mkdtempSync(join(tmpdir(), "rewind-bench-"));
try {
  const spotify = join(home, "spotify");
  mkdirSync(spotify);
  const size = 12_000_000;
  let play = 0;
  for (let file = 0; file * size < megabytes * 1e6; file += 1) {
    const path = join(spotify, `Streaming_History_Audio_${file}.json`);
    play = await writeRows(path, {
      start: "[",
      separator: ",",
      end: "]",
      row: buildSpotifyRow,
      bytes: size,
      from: play,
    });
  }
  const apple = join(home, "apple.csv");
  await writeRows(apple, {
    start: `${appleColumns.join(",")}\n`,
    separator: "\n",
    end: "\n",
    row: buildAppleRow,
    bytes: megabytes * 1e6,
    from: 0,
  });
  measureImport("spotify", home, [spotify]);
  if (spawnSync("zip", ["-qr1", "spotify.zip", "spotify"], { cwd: home }).status === 0) {
    measureImport("spotify-zip", home, [join(home, "spotify.zip")]);
  }
  measureImport("apple", home, [apple]);
} finally {
  rmSync(home, { recursive: true, force: true });
}
