// Runs the matcher over labelled pairs of records and albums, and says how right it is.
//   npm run eval -- RECORDS ALBUMS PAIRS [--list] [--hard FILE] [--counts] [--heard FILE] [--tracklists FILE]
import { parseArgs } from "node:util";
import { createMatcher } from "../../src/match/matcher.ts";
import {
  getAnswer,
  countByRule,
  computeStatistics,
  computeHardCaseStatistics,
  printCases,
} from "./statistics.mjs";
import { readHeard, readLines, parseRelease, readTracklists } from "./labelled.mjs";

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
  const getTracklist = values.tracklists === undefined ? () => undefined : readTracklists(values.tracklists);
  const matcher = createMatcher(rows, heard === undefined ? {} : { heard });
  const answers = records.map((record) =>
    getAnswer(matcher, record, { ...parseRelease(record), tracklist: getTracklist(record) }),
  );
  const { figures, listed } = computeStatistics(pairs, answers);
  process.stdout.write(`${JSON.stringify(figures, null, 1)}\n`);
  if (values.counts) process.stdout.write(`${JSON.stringify(countByRule(pairs, answers))}\n`);
  if (values.list) printCases(listed);
  if (values.hard !== undefined) {
    const cases = readLines(values.hard);
    const verdicts = cases.map(({ library, record }) =>
      getAnswer(createMatcher(toRows(library)), record, parseRelease(record)),
    );
    const result = computeHardCaseStatistics(cases, verdicts);
    process.stdout.write(`${JSON.stringify(result.figures)}\n`);
    if (values.list) printCases({ "hard cases not as expected": result.listed });
  }
}
