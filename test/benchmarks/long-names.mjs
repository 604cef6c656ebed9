// How the time of a question grows with the length of the names, kind by kind: ten times the length should cost ten
// times the time, not a hundred.
//   npm run --silent build && npm run bench -- test/benchmarks/long-names.mjs [letters]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../src/main.ts";
import { createMemoryServices } from "../../src/demo/memory-services.ts";

const [letters = 10_000] = process.argv.slice(2).map(Number);
const kinds = {
  words: "river deep mountain high ",
  "one word": "a",
  brackets: "(",
  "pairs of brackets": " ()",
  dashes: " - x",
  colons: "x: ",
  dots: "A. ",
  initials: "a.b.",
  stars: "*",
  numbers: " (2)",
  thousands: "1,234,",
  marks: "e\u0301",
  "one endless letter": "\u0301",
  families: "👨‍👩‍👧",
  ideographs: "無 罪 ",
  "joined names": "x & y, z feat. w ",
  commas: ", ",
  languages: "無 = mu / ",
  editions: " (deluxe edition)",
  discs: " cd 1",
  blanks: " \u3000",
};

const at = Date.UTC(2026, 2, 14, 12);
const repeatToLength = (unit, length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

function buildListings(unit, length) {
  const names = Array.from(
    { length: 8 },
    (_, each) => `Ab${each}${repeatToLength(unit, length)}${each % 2 ? "" : each}`,
  );
  const artist = `Q${repeatToLength(unit, length)}`;
  const buildAlbum = (name, each) => ({ artist, title: name, playCount: 10 + each, mbid: null, url: null });
  return {
    discogsUser: "CrateDigger",
    lastfmUser: "NightOwl",
    wants: [],
    folders: [{ id: 1, name: "Uncategorized" }],
    customFields: [],
    albums: names.map((name, each) => buildAlbum(name.replace("A", "a") + (each < 4 ? "" : "y"), each)),
    scrobbles: [],
    records: names.map((title, each) => ({
      instanceId: each + 1,
      folderId: 1,
      rating: 0,
      dateAdded: null,
      fieldValues: [],
      release: {
        id: each + 1,
        masterId: null,
        title,
        year: 1975,
        artists: [{ id: null, name: each < 6 ? artist : `${artist} and others`, anv: "", join: "" }],
        formats: [{ name: "Vinyl", quantity: 1, text: "", descriptions: ["LP"] }],
        labels: [],
        genres: ["Rock"],
        styles: [],
        coverUrl: null,
        thumbUrl: null,
      },
    })),
  };
}

async function runRewind(home, argv, services) {
  let stderr = "";
  const createStream = (keep) => ({
    isTTY: true,
    columns: 100,
    write(text, done) {
      if (keep) stderr += text;
      if (done) queueMicrotask(done);
      return true;
    },
    once: () => undefined,
  });
  const started = performance.now();
  const code = await run(argv, {
    version: "bench",
    stdin: { isTTY: false },
    stdout: createStream(false),
    stderr: createStream(true),
    env: { HOME: home, REWIND_DB: join(home, "rewind.db"), LANG: "C.UTF-8" },
    platform: "linux",
    clock: { now: () => at, elapsedMs: () => at, sleep: async () => {} },
    random: () => 0.5,
    signals: { on() {}, removeListener() {}, die() {} },
    ...(services ? { services, accounts: { collection: null, listening: "NightOwl" } } : {}),
  });
  if (code !== 0) throw new Error(`rewind ${argv.join(" ")} ended with ${code}: ${stderr.slice(0, 300)}`);
  return performance.now() - started;
}

const questions = [
  ["xref"],
  ["explain", "3"],
  ["gaps", "--plays", "1..", "--tracks", "0.."],
  ["stats"],
  ["review", "--list"],
  ["links"],
];

async function measureCommands(unit, length) {
  const home = mkdtempSync(join(tmpdir(), "rewind-bench-"));
  try {
    const times = {
      sync: await runRewind(
        home,
        ["sync", "--no-history"],
        createMemoryServices(buildListings(unit, length)),
      ),
    };
    for (const argv of questions) times[argv[0]] = await runRewind(home, argv).catch(() => Number.NaN);
    return times;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const formatSeconds = (ms) => (ms / 1000).toFixed(2).padStart(7);
await measureCommands(kinds.words, 100);
console.log(`${letters} and ${letters * 10} letters: seconds each, and how many times as long`);
for (const [kind, unit] of Object.entries(kinds)) {
  const short = await measureCommands(unit, letters);
  const tenfold = await measureCommands(unit, letters * 10);
  for (const name of Object.keys(short)) {
    if (tenfold[name] < 200) continue;
    const ratio = (tenfold[name] / short[name]).toFixed(0).padStart(4);
    console.log(
      `${formatSeconds(short[name])} ${formatSeconds(tenfold[name])} ${ratio} ×  ${kind}: rewind ${name}`,
    );
  }
}
