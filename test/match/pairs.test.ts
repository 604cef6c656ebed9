// One record against one album, kind by kind: near-misses that no rung may credit, and what each rung is for.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createMatcher, type Match } from "../../src/match/matcher.ts";
import { releaseBy, rows } from "./scenarios.ts";
import { lp } from "./verdicts.ts";

interface Pair {
  readonly kind: string;
  readonly label: "same" | "different";
  /** The rung that credits the album. */
  readonly rule?: string;
  readonly artist: readonly string[];
  readonly title: string;
  readonly rows: readonly [readonly [artist: string, title: string]];
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

function judge(artists: readonly string[], title: string, row: readonly [string, string]): Match {
  return createMatcher(rows(row)).match(releaseBy(artists, title, lp));
}

function isAsLabelled({ label, rule, artist, title, rows: [row], bothWays }: Pair): boolean {
  const { credited, rule: found } = judge(artist, title, row);
  if (label === "different") return credited.length === 0;
  const isCredited = credited.length === 1 && found === rule;
  if (bothWays !== true) return isCredited;
  return isCredited && judge([row[0]], row[1], [artist.join(" & "), title]).credited.length === 1;
}

test.each([...kinds])("%s", (_, pairs) => {
  const wrong = pairs.filter((pair) => !isAsLabelled(pair));
  expect(wrong.map((pair) => [pair, judge(pair.artist, pair.title, pair.rows[0]).rule])).toEqual([]);
});
