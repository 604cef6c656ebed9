// One record against some albums, kind by kind: near-misses that no rule may credit, and what each rule is for.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMatcher, type Match, type MatchedRelease } from "../../src/match/matcher.ts";
import { lp, buildReleaseBy, buildRows } from "./scenarios.ts";

type Row = readonly [artist: string, title: string];

interface Pair extends Pick<MatchedRelease, "originalYear" | "genres" | "otherTitles"> {
  readonly kind: string;
  /** The special feature of the case. */
  readonly why?: string;
  readonly label: "same" | "different";
  /** The tightest rule that credits an album. */
  readonly rule?: string;
  readonly artist: readonly string[];
  readonly title: string;
  /** Discogs' descriptions of the format; those of an LP unless it says otherwise. */
  readonly formats?: readonly string[];
  /** The year of the pressing. */
  readonly year?: number;
  readonly kindByMusicBrainz?: MatchedRelease["kind"];
  readonly rows: readonly [Row, ...Row[]];
  /** The places of the rows that are credited, from 1; all rows unless it says otherwise. */
  readonly credited?: readonly number[];
  /** The record may also be called like the album, and the album like the record. */
  readonly bothWays?: true;
}

const kinds = new Map<string, Pair[]>();
for (const line of readFileSync(new URL("pairs.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")) {
  const pair = JSON.parse(line) as Pair;
  kinds.set(pair.kind, [...(kinds.get(pair.kind) ?? []), pair]);
}

function judge({ artist, title, formats = lp, kindByMusicBrainz: kind, rows: albums, ...pair }: Pair): Match {
  const { year = null, originalYear, genres, otherTitles } = pair;
  const release = {
    ...buildReleaseBy(artist, title, formats),
    year,
    originalYear,
    genres,
    otherTitles,
    kind,
  };
  return createMatcher(buildRows(...albums)).match(release);
}

function isAsLabelled(pair: Pair): boolean {
  const { credited, rule } = judge(pair);
  if (pair.label === "different") return credited.length === 0;
  const ids = credited.map(({ album }) => album.id).toSorted((a, b) => a - b);
  const expectedIds = pair.credited ?? pair.rows.map((_, at) => at + 1);
  const isCredited = ids.join() === expectedIds.join() && rule === pair.rule;
  if (pair.bothWays !== true) return isCredited;
  const [[artist, title]] = pair.rows;
  const turned: Pair = { ...pair, artist: [artist], title, rows: [[pair.artist.join(" & "), pair.title]] };
  return isCredited && judge(turned).credited.length === 1;
}

test.each([...kinds])("%s", (_, pairs) => {
  const wrong = pairs.filter((pair) => !isAsLabelled(pair));
  expect(wrong.map((pair) => [pair, judge(pair).rule])).toEqual([]);
});
