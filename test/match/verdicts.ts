// What the matcher says of two titles of one artist, in one line for each test.
import { describe, expect, test } from "vitest";
import { createMatcher, type AlbumRow, type Match } from "../../src/match/matcher.ts";
import { releaseBy, rows } from "./scenarios.ts";

export type Titles = readonly [record: string, album: string];

export const lp = ["LP", "Album"];

export function verdict(artist: string, [record, album]: Titles, formats: readonly string[] = lp): Match {
  return createMatcher(rows([artist, album])).match(releaseBy([artist], record, formats));
}

export function idsOf(
  albums: readonly AlbumRow[],
  artists: readonly string[],
  title: string,
  formats = lp,
): number[] {
  const match = createMatcher(albums).match(releaseBy(artists, title, formats));
  return match.credited.map((credit) => credit.album.id).toSorted((a, b) => a - b);
}

/** Near-misses that no rung may credit, then what the rule credits. */
export function ruleOfTitles(
  rule: string,
  cases: { readonly not: readonly Titles[]; readonly same: readonly Titles[]; readonly oneWay?: boolean },
): void {
  describe(`the rung ${rule}`, () => {
    test.each(cases.not)("not: %s / %s", (...titles) => {
      expect(verdict("Cactus Meridian", titles).type).toBe("artist_only");
    });
    test.each(cases.same)("%s / %s", (...titles) => {
      expect(verdict("Cactus Meridian", titles).rule).toBe(rule);
      const turned = verdict("Cactus Meridian", cases.oneWay ? titles : [titles[1], titles[0]]);
      expect(turned.credited.length).toBe(1);
    });
  });
}
