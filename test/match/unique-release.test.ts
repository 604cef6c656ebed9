// A song has a home where exactly one record has it.
import { expect, test } from "vitest";
import { createUniqueReleaseFinder, type ListedRelease } from "../../src/match/unique-release.ts";

const buildRelease = (
  id: number,
  artists: string[],
  titles: readonly (string | [string, string])[] | null,
): ListedRelease => ({
  id,
  artists,
  tracks: titles?.map((title) =>
    typeof title === "string" ? { title, artists: [] } : { title: title[0], artists: [title[1]] },
  ),
});

const hejira = buildRelease(1, ["Joni Mitchell"], ["Coyote", "Amelia", "Intro"]);
const blue = buildRelease(2, ["Joni Mitchell"], ["Carey", "A Case Of You"]);
const hits = buildRelease(3, ["Joni Mitchell"], ["Carey"]);
const sampler = buildRelease(4, ["Various"], [["Blue Monday", "New Order"], "Nobody's Song"]);

test.each<[string, readonly ListedRelease[], string, string, number | undefined]>([
  ["on one record", [hejira, blue], "Joni Mitchell", "Coyote", 1],
  ["however it is written", [hejira], "joni mitchell", "coyote!", 1],
  ["played from a remaster", [hejira], "Joni Mitchell", "Coyote - Remastered", 1],
  ["listed with its edition", [buildRelease(9, ["A"], ["Anchor (Mono)"])], "A", "Anchor", 9],
  [
    "on two records, one of them a remaster",
    [blue, buildRelease(9, ["Joni Mitchell"], ["Carey - 2021 Remaster"])],
    "Joni Mitchell",
    "Carey",
    undefined,
  ],
  ["on two records", [hejira, blue, hits], "Joni Mitchell", "Carey", undefined],
  ["on one of them, and its artist has more", [hejira, blue, hits], "Joni Mitchell", "A Case Of You", 2],
  ["by another artist", [hejira], "James Taylor", "Coyote", undefined],
  ["live", [hejira], "Joni Mitchell", "Coyote (Live)", undefined],
  ["a remix", [hejira], "Joni Mitchell", "Coyote - Remix", undefined],
  ["called as many are", [hejira], "Joni Mitchell", "Intro", undefined],
  ["called as many are, from a remaster", [hejira], "Joni Mitchell", "Intro - Remastered", undefined],
  ["without a title", [buildRelease(5, ["A"], [""])], "A", "", undefined],
  ["of a compilation, under its own artist", [sampler], "New Order", "Blue Monday", 4],
  ["of a compilation, under no artist of its own", [sampler], "Various", "Nobody's Song", undefined],
  [
    "where another list of its artist isn't known",
    [hejira, buildRelease(6, ["Joni Mitchell"], null)],
    "Joni Mitchell",
    "Coyote",
    undefined,
  ],
  [
    "where a list of another artist isn't known",
    [hejira, buildRelease(6, ["New Order"], null)],
    "Joni Mitchell",
    "Coyote",
    1,
  ],
  [
    "where the list of a compilation isn't known",
    [hejira, buildRelease(6, ["Various"], null)],
    "Joni Mitchell",
    "Coyote",
    undefined,
  ],
  ["twice on one record", [buildRelease(7, ["A"], ["Anchor", "Anchor"])], "A", "Anchor", 7],
  ["by one of two artists", [buildRelease(8, ["A", "B", "A & B"], ["Anchor"])], "B", "Anchor", 8],
])("%s", (_, releases, artist, title, home) => {
  expect(createUniqueReleaseFinder(releases)(artist, title)).toBe(home);
  expect(createUniqueReleaseFinder(releases.toReversed())(artist, title)).toBe(home);
});
