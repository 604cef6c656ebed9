// How recorded tracklists are read: FIXTURES=<folder of recorded bodies>; every tracklist in its JSON files is printed.
//   FIXTURES=… npx vitest run --config test/trials/vitest.config.ts tracklists
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../src/model/decode.ts";
import type { ListedTrack } from "../../src/model/model.ts";
import { playableTracks } from "../../src/model/playable-tracks.ts";
import { decodeTracklist } from "../../src/sources/discogs/rows.ts";

const folder = process.env["FIXTURES"];

function bodiesIn(path: string): unknown[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return bodiesIn(join(path, entry.name));
    try {
      return entry.name.endsWith(".json")
        ? [JSON.parse(readFileSync(join(path, entry.name), "utf8")) as unknown]
        : [];
    } catch {
      return [];
    }
  });
}

function* listed(value: unknown): Generator<{ title?: unknown; tracklist: unknown }> {
  if (typeof value !== "object" || value === null) return;
  if ("tracklist" in value) yield value;
  for (const inner of Object.values(value)) yield* listed(inner);
}

const leaves = (list: readonly ListedTrack[]): ListedTrack[] =>
  list.flatMap((track) =>
    track.parts.length > 0 ? leaves(track.parts) : track.kind === "heading" ? [] : [track],
  );

test.skipIf(folder === undefined)(
  "each recorded list is read, and nothing in it is lost or told twice",
  () => {
    const found = bodiesIn(folder ?? "").flatMap((body) => [...listed(body)]);
    const counts = { lists: 0, tracks: 0, lines: 0, withoutLength: 0 };
    for (const body of found) {
      const list = decodeTracklist(root(body));
      const tracks = playableTracks(list);
      const lines = leaves(list);
      counts.lists += 1;
      counts.tracks += tracks.length;
      counts.lines += lines.length;
      counts.withoutLength += tracks.filter(({ durationSeconds }) => durationSeconds === null).length;
      expect(tracks.length).toBeLessThanOrEqual(lines.length);
      // No two lines are one track here: all of them are there, in their order.
      const plain = list.every(({ parts }) => parts.length === 0) && tracks.length === lines.length;
      const titlesOf = (rows: readonly { title: string }[]): string[] =>
        plain ? rows.map(({ title }) => title) : [];
      expect(titlesOf(tracks)).toEqual(titlesOf(lines));
      const shown = tracks.map(
        ({ disc, side, position, title, durationSeconds }) =>
          `  ${disc}${side ?? ""}\t${position}\t${title}\t${durationSeconds ?? "?"}`,
      );
      process.stdout.write(`${String(body.title)}\n${shown.join("\n")}\n`);
    }
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    expect(counts.lists).toBeGreaterThan(0);
  },
);
