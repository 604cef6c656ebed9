import { expect, test } from "vitest";
import type { SourcePlay } from "../../../src/model/source-play.ts";
import { emptyCache } from "../../../src/store/open-cache.ts";
import {
  addSourcePlays,
  sourceImport,
  noteSourceRead,
  removeSource,
  removeSourcePlays,
} from "../../../src/store/plays/source-plays.ts";
import { mergeSources } from "../../../src/sync/merging/merge-sources.ts";
import { sourcePlay } from "../../support/source-plays.ts";

const play = (startUts: number, title: string, sourceKey: string | null = null): SourcePlay =>
  sourcePlay(startUts, title, { sourceKey });

const spotify = { name: "spotify", kind: "file" } as const;

test("a second import adds only what the first did not have", () => {
  const database = emptyCache();
  const first = [
    play(1_500_000_000, "Vitamin C"),
    play(1_500_000_000, "Vitamin C"),
    play(1_500_000_300, "Soup"),
  ];
  expect(addSourcePlays(database, spotify, first)).toEqual({ added: 3, known: 0 });
  expect(addSourcePlays(database, spotify, first)).toEqual({ added: 0, known: 3 });
  expect(addSourcePlays(database, spotify, [...first, play(1_500_000_900, "Spoon")])).toEqual({
    added: 1,
    known: 3,
  });
});

test("single plays are removed by the source's own key, a source whole", () => {
  const database = emptyCache();
  addSourcePlays(database, spotify, [play(1_500_000_000, "Spoon", "a"), play(1_500_000_000, "Spoon", "b")]);
  noteSourceRead(database, spotify, 1_600_000_000);
  expect(removeSourcePlays(database, spotify, [{ startUts: 1_500_000_000, sourceKey: "a" }])).toBe(1);
  expect(removeSource(database, "spotify")).toBe(1);
  expect(removeSource(database, "lastfm")).toBe(0);
  mergeSources(database);
});

test("batches of one import count repeats together", () => {
  const database = emptyCache();
  const add = sourceImport(database, spotify);
  expect(add([play(1_500_000_000, "Spoon")])).toEqual({ added: 1, known: 0 });
  expect(add([play(1_500_000_000, "Spoon")])).toEqual({ added: 1, known: 0 });
});
