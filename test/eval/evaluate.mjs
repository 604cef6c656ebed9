// Runs the matcher over labelled pairs of records and albums, and says how right it is.
//   npm run eval -- RECORDS ALBUMS PAIRS [--list] [--hard FILE] [--counts] [--heard FILE] [--tracklists FILE]
import { parseArgs } from "node:util";
import { createMatcher } from "../../dist-modules/match/matcher.js";
import { countsByRule, figuresOf, hardFigures, print } from "./figures.mjs";
import { readHeard, readLines, readRelease, readTracklists } from "./labelled.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: "boolean", default: false },
    counts: { type: "boolean", default: false },
    hard: { type: "string" },
    heard: { type: "string" },
    tracklists: { type: "string" },
  },
});

function answer(matcher, record, tracklist) {
  const match = matcher.match({ ...readRelease(record), tracklist });
  return {
    n: record.n,
    record: `${record.artists.join(", ")} – ${record.title} [${record.format ?? ""}]`,
    match_type: match.type,
    confidence: match.confidence,
    rule: match.rule,
    credited: match.credited.map(({ album, rule, confidence }) => ({
      artist: album.artist,
      album: album.title,
      plays: album.playCount,
      rule,
      confidence,
    })),
  };
}

const toRows = (library) =>
  library.map((row, at) => ({ id: at + 1, artist: row.artist, title: row.album, playCount: row.plays ?? 1 }));

const [recordsPath, albumsPath, pairsPath] = positionals;
if (recordsPath === undefined || albumsPath === undefined || pairsPath === undefined) {
  process.stderr.write(
    "npm run eval -- RECORDS ALBUMS PAIRS [--list] [--hard FILE] [--counts] [--heard FILE] [--tracklists FILE]\n",
  );
  process.exitCode = 2;
} else {
  const records = readLines(recordsPath);
  const pairs = readLines(pairsPath);
  const rows = toRows(readLines(albumsPath));
  const heard = values.heard === undefined ? undefined : readHeard(values.heard, rows);
  const tracklistOf = values.tracklists === undefined ? () => undefined : readTracklists(values.tracklists);
  const matcher = createMatcher(rows, heard === undefined ? {} : { heard });
  const answers = records.map((record) => answer(matcher, record, tracklistOf(record)));
  const { figures, listed } = figuresOf(pairs, answers);
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
  if (values.counts) process.stdout.write(`${JSON.stringify(countsByRule(pairs, answers))}\n`);
  if (values.list) print(listed);
  if (values.hard !== undefined) {
    const cases = readLines(values.hard);
    const verdicts = cases.map((hard) => answer(createMatcher(toRows(hard.library)), hard.record));
    const result = hardFigures(cases, verdicts);
    process.stdout.write(`${JSON.stringify(result.figures)}\n`);
    if (values.list) print({ "hard cases not as expected": result.listed });
  }
}
